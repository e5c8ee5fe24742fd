import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { changesOf, typedIds } from '../../../../src/core/extract/package-files.ts';

test('the ids a package types are those of types and properties that are about models', () => {
  const source = `
      export type ChatModel = 'a-1' | "a-2";
      type Sizes = '1024x1024';
      interface Y {
        model: (string & {}) | 'b-2';
        readonly model?: 'b-3' | null;
        effort: 'low';
      }`;
  expect(typedIds({ 'x.d.ts': source })).toEqual([
    { id: 'a-1', types: ['ChatModel'], notes: [] },
    { id: 'a-2', types: ['ChatModel'], notes: [] },
    { id: 'b-2', types: ['model'], notes: [] },
    { id: 'b-3', types: ['model'], notes: [] },
  ]);
});

test('the ids a package types are never those of comments, which only say something of them', () => {
  const source = `/**
 * Like \`c-9\`.
 *
 * - "c-1", "c-2": Announced shutdown date:
 *   2027-01-01. See https://example.org for more.
 * - "c-3": Not a supported model ID.
 */
export type SomeModel = 'c-1' | 'c-3';`;
  expect(typedIds({ 'x.d.ts': source })).toEqual([
    { id: 'c-1', types: ['SomeModel'], notes: ['Announced shutdown date: 2027-01-01.'] },
    { id: 'c-3', types: ['SomeModel'], notes: ['Not a supported model ID.'] },
  ]);
});

test('the ids a package types are gathered over files, in an order that does not depend on theirs', () => {
  const a = { 'a.d.ts': "type AModel = 'x-1';", 'b.d.ts': "type BModel = 'x-1' | 'x-2';" };
  const b = { 'b.d.ts': a['b.d.ts'], 'a.d.ts': a['a.d.ts'] };
  expect(typedIds(b)).toEqual(typedIds(a));
  expect(typedIds(a)[0]).toEqual({ id: 'x-1', types: ['AModel', 'BModel'], notes: [] });
});

test('the ids a package types are found in the package this project itself depends on', () => {
  const root = fileURLToPath(new URL('../../../../node_modules/openai/resources', import.meta.url));
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.d.ts'),
  );
  const files = Object.fromEntries(
    paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  );
  const ids = typedIds(files).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(100);
  expect(ids).toEqual(
    expect.arrayContaining([
      'gpt-image-2',
      'gpt-image-2-2026-04-21',
      'gpt-5.6-sol',
      'o3',
      'sora-2',
      'gpt-realtime',
    ]),
  );
  expect(ids).not.toContain('1024x1024');
});

describe('a change log', () => {
  const log = `# Changelog

## [7.10.0](https://example.org/compare/v7.9.0...v7.10.0) (2026-09-03)

### Features

* **api:** ten

## 7.1.0 (2026-07-20)

* one

## 7.0.0

* zero
`;

  test.each([
    ['7.10.0', '2026-09-03', '### Features\n\n* **api:** ten'],
    ['7.1.0', '2026-07-20', '* one'],
    ['7.0.0', null, '* zero'],
  ])('a change log says of %s what stands under its heading', (version, day, text) => {
    expect(changesOf(log, version)).toEqual({ day, text });
  });

  test('a change log says nothing of a version it does not have', () => {
    expect(changesOf(log, '7.1')).toBeNull();
    expect(changesOf('', '1.0.0')).toBeNull();
  });
});

test.each([
  ["export type ChatModel = 'acme-1' // | 'acme-2'\n  | (string & {});", ['acme-1']],
  ["export type ChatModel = 'acme-1' /* | 'acme-2' */;", ['acme-1']],
  ["export type ChatModel = Exclude<AllModels, 'acme-2'> | 'acme-1';", ['acme-1']],
  ["export type UnsupportedModels = 'acme-2';\nexport type ChatModel = 'acme-1';", ['acme-1']],
  ['ChatModel: TypeAlias = Literal[\n    "acme-1",\n    # "acme-2", not yet\n]\n', ['acme-1']],
])('what the types of a package leave out is not typed: %s', (source, ids) => {
  expect(typedIds({ 'models.d.ts': source }).map(({ id }) => id)).toEqual(ids);
});
