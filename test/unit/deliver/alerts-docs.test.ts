import { expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { CHANNEL_KINDS, channelsSchema } from '../../../src/deliver/registry.ts';
import { ALERT_KINDS } from '../../../src/domain/alert.ts';
import { routeSchema } from '../../../src/domain/route.ts';
import { textOf } from '../../support/project-files.ts';

const page = await textOf('docs/alerts.md');
const examples = [...page.matchAll(/```yaml config\n([\s\S]*?)```/g)].map(([, text = '']) => text);

/** The part of a config that alerts are about; its secrets stand as they are written. */
const part = z.object({ channels: channelsSchema, routes: z.array(routeSchema) });

it.each(ALERT_KINDS)('docs/alerts.md explains what %s tells', (kind) => {
  expect(page).toMatch(new RegExp(`^\\| \`${kind}\` \\|`, 'm'));
});

it.each(CHANNEL_KINDS.map((kind) => [kind.kind, kind] as const))(
  'docs/alerts.md names %s with every key of its own',
  (name, kind) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
    for (const key of Object.keys(kind.config.shape)) {
      expect(key === 'timeoutSeconds' ? page : row).toContain(`\`${key}\``);
    }
  },
);

it.each([
  ...Object.keys(routeSchema.shape).filter((key) => key !== 'match'),
  ...Object.keys(matchKeys()),
])('docs/alerts.md explains the key %s of a route', (key) => {
  expect(page).toMatch(new RegExp(`\`(match\\.)?${key}\``));
});

it('docs/alerts.md shows examples that the schemas take once secrets are filled in', () => {
  expect(examples).not.toEqual([]);
  for (const example of examples) {
    const filled = example.replaceAll(/\$\{(\w+)\}/g, 'https://secret.example/$1');
    const { channels, routes } = part.parse(parse(filled));
    const names = routes.flatMap(({ to }) => to);
    for (const name of names) expect(Object.keys(channels)).toContain(name);
  }
});

function matchKeys(): Record<string, unknown> {
  return routeSchema.shape.match.unwrap().shape;
}
