import { textOf } from './project-files.ts';

/** A shape as docs/json.md writes it. */
export type Shape = string | readonly [Shape] | { readonly [key: string]: Shape };

const WORDS: Readonly<Record<string, readonly string[]>> = {
  'a level': ['unknown', 'rumor', 'secondary', 'confirmed', 'withdrawn', 'contradicted'],
  'a status': [
    ...['current', 'in_effect', 'scheduled', 'due', 'withdrawn', 'contradicted', 'denied'],
    ...['never_reported', 'stale', 'expired'],
  ],
  'a story': [
    ...['launch', 'retirement', 'availability', 'withdrawal', 'price', 'documentation'],
    ...['rumor', 'source'],
  ],
};

/** The shapes of docs/json.md, by the call they belong to. */
export async function documentedShapes(): Promise<ReadonlyMap<string, Shape>> {
  const text = await textOf('docs/json.md');
  const blocks = text.matchAll(/^```json shape=(.*)\n([\s\S]*?)^```$/gm);
  return new Map([...blocks].map(([, name = '', shape = '']) => [name, JSON.parse(shape)]));
}

/** Where what a command printed is not as docs/json.md has it, a line each. */
export async function undocumentedIn(command: string, printed: string): Promise<readonly string[]> {
  const shape = (await documentedShapes()).get(command);
  if (shape === undefined) return [`docs/json.md has no shape of ${command}`];
  return shapeFaults(JSON.parse(printed), shape);
}

/** Where a document is not of a shape, a line each. */
export function shapeFaults(value: unknown, shape: Shape, path = '$'): readonly string[] {
  if (typeof shape === 'string') {
    return shape.split(' | ').some((word) => isOf(value, word))
      ? []
      : [`${path} is ${JSON.stringify(value)?.slice(0, 60)}, not ${shape}`];
  }
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((one, at) => shapeFaults(one, shape[0], `${path}[${at}]`));
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return [`${path} is no object`];
  }
  return fieldFaults(value as Record<string, unknown>, shape, path);
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function fieldFaults(
  value: Readonly<Record<string, unknown>>,
  shape: { readonly [key: string]: Shape },
  path: string,
): readonly string[] {
  const fields = Object.entries(shape).map(([key, of]) => {
    const [, name = key, optional, nullable] = /^(.*?)(\?)?( or null)?$/.exec(key) ?? [];
    return { name, of, isOptional: optional !== undefined, isNullable: nullable !== undefined };
  });
  const known = new Set(fields.map(({ name }) => name));
  const extra = known.has('*') ? [] : Object.keys(value).filter((key) => !known.has(key));
  return [
    ...extra.map((key) => `${path}.${key} is not documented`),
    ...fields
      .filter(({ name }) => name !== '*')
      .flatMap(({ name, of, isOptional, isNullable }) => {
        if (!(name in value)) return isOptional ? [] : [`${path}.${name} is missing`];
        if (value[name] === null && isNullable) return [];
        return shapeFaults(value[name], of, `${path}.${name}`);
      }),
  ];
}

function isOf(value: unknown, word: string): boolean {
  switch (word) {
    case 'any':
      return true;
    case 'null':
      return value === null;
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === word;
    case 'time':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
    default:
      return typeof value === 'string' && (WORDS[word]?.includes(value) ?? value === word);
  }
}
