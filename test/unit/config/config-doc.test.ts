import { expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { configFile } from '../../../src/config/config-schema.ts';
import { configSchema } from '../../../src/operations/config-check.ts';
import { textOf } from '../../support/project-files.ts';

const page = await textOf('docs/config.md');
const examples = [...page.matchAll(/```yaml config\n([\s\S]*?)```/g)].map(([, text = '']) =>
  parse(text),
);

interface Key {
  path: string;
  /** As the row of the key says it. */
  default: string;
}

/** What has pages of its own: the kinds of channels, the routes, the names of hosts. */
const ELSEWHERE = new Set(['channels', 'routes', 'fetch.headers', 'fetch.hosts']);

/** Every key a person may write, with `NAME` where they choose the name. */
function keysOf(schema: z.core.$ZodType, path: string): readonly Key[] {
  const inner = bare(schema);
  if (ELSEWHERE.has(path)) return [];
  if (inner instanceof z.ZodRecord) return keysOf(inner.valueType, `${path}.NAME`);
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape).flatMap(([name, child]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const below = keysOf(child, at);
    const isGroup = bare(child) instanceof z.ZodObject && !isOptional(child);
    return isGroup ? below : [{ path: at, default: defaultOf(child) }, ...below];
  });
}

function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const { innerType } = schema._zod.def as Partial<z.core.$ZodDefaultDef>;
  return innerType === undefined ? schema : bare(innerType);
}

function isOptional(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodOptional;
}

function defaultOf(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodDefault) {
    const value: unknown = schema.def.defaultValue;
    return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
  }
  return isOptional(schema) ? 'none' : 'must be given';
}

const keys = keysOf(configFile, '');

function rowOf(path: string): readonly string[] {
  const row = page.split('\n').find((line) => line.startsWith(`| \`${path}\` |`)) ?? '';
  return row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''));
}

/** Whether an example shows a key; a name somebody chooses is any name. */
function shows(example: unknown, path: readonly string[]): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return true;
  if (example === null || typeof example !== 'object') return false;
  const entries = Object.entries(example);
  return entries.some(
    ([name, value]) => (first === 'NAME' || first === name) && shows(value, rest),
  );
}

it('docs/config.md finds the keys of the configuration, those in groups and those by name', () => {
  const paths = keys.map(({ path }) => path);
  expect(paths).toContain('follow.subjects');
  expect(paths).toContain('watchers.NAME.every');
  expect(paths).toContain('retention.backup.keep');
  expect(paths.length).toBeGreaterThan(35);
});

it.each(keys.map(({ path, default: usual }) => [path, usual]))(
  'docs/config.md explains %s with its default %s',
  (path, usual) => {
    const [, means, says] = rowOf(path);
    expect(means?.length).toBeGreaterThan(10);
    expect(says).toBe(usual);
  },
);

it.each(keys.map(({ path }) => [path]))('docs/config.md shows %s in an example', (path) => {
  expect(examples.some((example) => shows(example, path.split('.')))).toBe(true);
});

it('docs/config.md names no key that is not there', () => {
  const told = [...page.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, path]) => path);
  const known = keys.map(({ path }) => path);
  expect(told.filter((path) => !known.includes(path ?? ''))).toEqual([]);
});

it('config.schema.json is what `firsthand config schema` prints, and what config.yaml names', async () => {
  // When it is not: npx firsthand config schema > config.schema.json && npm run fix
  expect(JSON.parse(await textOf('config.schema.json'))).toEqual(
    JSON.parse(JSON.stringify(configSchema())),
  );
  expect(await textOf('config.yaml')).toMatch(
    /^# yaml-language-server: \$schema=\.\/config\.schema\.json\n/,
  );
  const { files } = JSON.parse(await textOf('package.json')) as { files: string[] };
  expect(files).toContain('config.schema.json');
});

it('config.schema.json says of each key what the configuration says of it, and takes no other', () => {
  const schema = configSchema() as { properties: object; additionalProperties: boolean };
  expect(Object.keys(schema.properties)).toEqual(Object.keys(configFile.shape));
  expect(schema.additionalProperties).toBe(false);
  expect(JSON.stringify(schema)).toContain('Lets the model list be read');
});
