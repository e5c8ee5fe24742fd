import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/config.ts';
import { keptDocuments } from '../../../src/config/kept-documents.ts';
import { ConfigError } from '../../../src/domain/errors.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firsthand-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = () => ({ XDG_CACHE_HOME: folder });

function keptFiles(): readonly string[] {
  const place = join(folder, 'firsthand', 'config');
  return readdirSync(place).map((name) => readFileSync(join(place, name), 'latin1'));
}

test('a document comes out as it went in, or is not kept', () => {
  const kept = keptDocuments(environment());
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), (text, document) => {
      kept?.keep(text, document);
      const found = kept?.get(text);
      if (found !== undefined) expect(JSON.stringify(found)).toBe(JSON.stringify(document));
    }),
    { numRuns: 30 },
  );
  kept?.keep('without end', { every: Number.POSITIVE_INFINITY });
  expect(kept?.get('without end')).toBeUndefined();
});

test('a config that is kept is the one that was read, and its faults still tell their line', async () => {
  const file = join(folder, 'config.yaml');
  writeFileSync(file, '# one\nfetch:\n  contact: "who@example.org"\nlog: { level: warn }\n');
  const first = await loadConfig(file, environment());
  const second = await loadConfig(file, environment());
  const plain = await loadConfig(file, {});
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  expect(JSON.stringify(second)).toBe(JSON.stringify(plain));
  expect(second.faultAt(['log', 'level'], 'is wrong')).toEqual(
    plain.faultAt(['log', 'level'], 'is wrong'),
  );
  expect(keptFiles()).toHaveLength(1);
  expect(keptFiles()[0]).not.toContain('who@example.org');
});

test('a config with a fault is not kept', async () => {
  const file = join(folder, 'config.yaml');
  writeFileSync(file, 'fetch: { contact: 3 }\n');
  for (const _again of [1, 2]) {
    await expect(loadConfig(file, environment())).rejects.toThrow(ConfigError);
  }
  expect(() => keptFiles()).toThrow();
});
