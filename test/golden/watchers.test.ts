import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/config/catalog.ts';
import { checkShape } from '../../src/core/extract/extraction.ts';
import { textOf } from '../../src/core/extract/text.ts';
import { buildNames } from '../../src/core/names/names.ts';
import type { PrimaryStatement } from '../../src/core/vendor-text/statement.ts';
import { primaryStatements } from '../../src/core/vendor-text/vendor-statements.ts';
import { facetLabel } from '../../src/domain/claim.ts';
import { ExtractError } from '../../src/domain/errors.ts';
import { type Item, keptItem } from '../../src/domain/item.ts';
import type { Publisher } from '../../src/domain/publisher.ts';
import type { Watcher } from '../../src/domain/watcher.ts';
import { openRegistry } from '../../src/watch/registry.ts';
import { language } from '../support/names.ts';
import { FIXTURES, type GoldenCase, goldenCases, WATCHERS } from './watcher-cases.ts';

const registry = await openRegistry(WATCHERS);
const catalog = await loadCatalog(fileURLToPath(new URL('../../data/catalog', import.meta.url)));
const names = buildNames(catalog.subjects, catalog);
const cases = goldenCases();

const vendor = (domain: string, isMachine: boolean): Publisher => ({
  domain,
  name: 'OpenAI',
  class: isMachine ? 'P0' : 'P1',
  group: 'openai.com',
  vendor: 'openai',
});

/** A statement as one line of a review: what is claimed, how firmly, and the words. */
function line({
  claim,
  polarity,
  force,
  evidentiality,
  validTime,
  artefact,
  aliasClaimed,
  quote,
}: PrimaryStatement) {
  const sign = polarity === 'deny' ? ' denied' : '';
  const when = validTime === null ? '' : ` from ${validTime.from}`;
  const alias = aliasClaimed ? ' (unverified alias)' : '';
  const proof = evidentiality === 'primary_artefact' ? `${artefact}` : `${evidentiality}, no proof`;
  return `${claim.subject} ${facetLabel(claim)}${when}${sign} [${force}, ${proof}]${alias}: ${quote}`;
}

function statementsOf(watcher: Watcher, { capture }: GoldenCase, items: readonly Item[]) {
  const { hostname } = new URL(capture.finalUrl);
  const publisher = vendor(hostname, hostname === 'api.openai.com' || watcher.kind === 'package');
  return Object.fromEntries(
    items
      .map((item): [string, PrimaryStatement[]] => [
        item.key,
        [
          ...primaryStatements(item, {
            names,
            publisher,
            watcher,
            at: capture.fetchedAt,
            ...language(watcher.vendor),
          }),
        ],
      ])
      .filter(([, statements]) => statements.length > 0),
  );
}

/** Reads a capture as the line does: extract, then compare with the shape of a healthy answer. */
async function read(watcher: Watcher, { capture }: GoldenCase): Promise<readonly Item[]> {
  const items = await watcher.extract(capture);
  const text = textOf(capture.body, capture.contentType);
  checkShape(watcher, { text, items: items.length, lastItems: null });
  return items;
}

describe.each(cases)('$watcher reads $file ($trap)', (golden) => {
  const watcher = registry.get(golden.watcher);
  if (watcher === null) throw new Error(`There is no watcher ${golden.watcher}.`);

  if (golden.fails !== null) {
    test(`a watcher reads a capture as ${golden.fails}, so that nothing counts as withdrawn`, async () => {
      await expect(read(watcher, golden)).rejects.toMatchObject({
        name: 'ExtractError',
        kind: golden.fails,
      });
    });
    return;
  }

  test('a watcher reads a capture as the items and statements kept beside it', async () => {
    const items = await read(watcher, golden);
    const statements = statementsOf(watcher, golden, items);
    const lines = Object.fromEntries(
      Object.entries(statements).map(([key, said]) => [key, said.map(line)]),
    );
    await expect(
      `${JSON.stringify({ items: items.map(keptItem), statements: lines }, null, 2)}\n`,
    ).toMatchFileSnapshot(golden.expected);
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
  });

  test('a watcher reads a capture with every quote standing in its item’s text', async () => {
    const items = await read(watcher, golden);
    const texts = new Map(items.map((item) => [item.key, item.text]));
    for (const [key, said] of Object.entries(statementsOf(watcher, golden, items))) {
      for (const { quote, span } of said) {
        expect(texts.get(key)?.slice(...span)).toBe(quote);
        expect(quote.trim()).not.toBe('');
      }
    }
  });

  test('a watcher reads a capture the same way twice', async () => {
    expect(await read(watcher, golden)).toEqual(await read(watcher, golden));
  });

  test('a watcher reads a capture as its own: no other watcher owns the address', () => {
    const owners = registry.watchers.filter(({ owns }) => owns(new URL(golden.capture.finalUrl)));
    expect(owners.map(({ id }) => id)).toEqual(watcher.kind === 'report' ? [] : [watcher.id]);
  });
});

test.each(registry.watchers.map((watcher) => [watcher.id, watcher] as const))(
  'every watcher: %s has a golden capture it reads',
  (id) => {
    expect(cases.some(({ watcher, fails }) => watcher === id && fails === null)).toBe(true);
  },
);

test.each(registry.watchers.map((watcher) => [watcher.id, watcher] as const))(
  'every watcher: %s owns the addresses it asks for, and asks for pages the config adds',
  (_id, watcher) => {
    const pages = ['https://added.example/page'];
    const { subjects, vendors } = catalog;
    const targets = watcher.targets({ subjects, controls: [], vendors, pages });
    expect(new Set(targets.map(({ url }) => url)).size).toBe(targets.length);
    for (const { url } of targets) {
      expect(() => new URL(url)).not.toThrow();
      if (!pages.includes(url) && watcher.kind !== 'report')
        expect(watcher.owns(new URL(url))).toBe(true);
    }
  },
);

test('every watcher is kept with no fixture of a watcher that is gone, and no body without a case', () => {
  for (const folder of readdirSync(FIXTURES)) {
    expect(registry.get(folder)?.id).toBe(folder);
    const known = cases.filter(({ watcher }) => watcher === folder);
    const files = readdirSync(join(FIXTURES, folder)).filter(
      (file) => file !== 'cases.json' && !file.endsWith('.expected.json'),
    );
    expect(files.sort()).toEqual(known.map(({ file }) => file).sort());
    for (const { expected, fails } of known) expect(existsSync(expected)).toBe(fails === null);
  }
});

test('every watcher throws nothing but an extract error at a body that is not its own', async () => {
  const bodies = [
    '',
    ' ',
    '<html></html>',
    '{}',
    '[]',
    'null',
    '# x',
    '<rss version="2.0"><channel/></rss>',
  ];
  for (const watcher of registry.watchers) {
    for (const body of bodies) {
      const [golden] = cases.filter((one) => one.watcher === watcher.id);
      if (golden === undefined) continue;
      const capture = { ...golden.capture, body: new TextEncoder().encode(body) };
      const thrown = await watcher.extract(capture).catch((error: unknown) => error);
      expect(
        Array.isArray(thrown) || thrown instanceof ExtractError,
        `${watcher.id} of ${body}`,
      ).toBe(true);
    }
  }
});
