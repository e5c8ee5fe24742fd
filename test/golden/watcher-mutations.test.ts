import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/config/catalog.ts';
import { checkShape } from '../../src/core/extract/extraction.ts';
import { textOf } from '../../src/core/extract/text.ts';
import { buildNames } from '../../src/core/names/names.ts';
import { primaryStatements } from '../../src/core/vendor-text/vendor-statements.ts';
import type { Capture } from '../../src/domain/capture.ts';
import { canonicalJson } from '../../src/domain/ids.ts';
import type { Watcher } from '../../src/domain/watcher.ts';
import { openRegistry } from '../../src/watch/registry.ts';
import { language } from '../support/names.ts';
import { processorTime } from '../support/processor-time.ts';
import { goldenCases, WATCHERS } from './watcher-cases.ts';

const registry = await openRegistry(WATCHERS);
const catalog = await loadCatalog(fileURLToPath(new URL('../../data/catalog', import.meta.url)));
const names = buildNames(catalog.subjects, catalog);
const sound = goldenCases().filter(({ fails }) => fails === null);
/** `FIRSTHAND_RUNS` raises it; 20,000 take about 10 seconds. */
const RUNS = Math.max(2000, Number(process.env['FIRSTHAND_RUNS'] ?? 0));
/**
 * The same mutations every time: about one in 150,000 takes a letter out of an id or a gate and leaves another id or no
 * gate, which nobody could tell from what a page means to say. `FIRSTHAND_MUTATIONS` draws others.
 */
const SEED = Number(process.env['FIRSTHAND_MUTATIONS'] ?? 20_260_421);

/** What happens to bodies on their way: each takes the text and a number from 0 to 1 that says where. */
const MUTATIONS: Readonly<Record<string, (text: string, at: number, more: number) => string>> = {
  'cut off': (text, at) => text.slice(0, Math.floor(text.length * at)),
  'cut at the front': (text, at) => text.slice(Math.floor(text.length * at)),
  'a stretch lost': (text, at, more) => {
    const start = Math.floor(text.length * at);
    return text.slice(0, start) + text.slice(start + Math.ceil(more * 400));
  },
  'lines turned round': (text, at) => {
    const lines = text.split('\n');
    const start = Math.floor(lines.length * at);
    return [...lines.slice(0, start), ...lines.slice(start).reverse()].join('\n');
  },
  'tags unclosed': (text, at, more) => {
    let left = Math.ceil(more * 5);
    const from = Math.floor(text.length * at);
    return (
      text.slice(0, from) + text.slice(from).replace(/<\/\w+>|>/g, (tag) => (left-- > 0 ? '' : tag))
    );
  },
  'entities nested': (text, at, more) => {
    const start = Math.floor(text.length * at);
    const nested = (part: string) => part.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    let middle = text.slice(start, start + 600);
    for (let depth = 0; depth < more * 4; depth += 1) middle = nested(middle);
    return text.slice(0, start) + middle + text.slice(start + 600);
  },
  'a part repeated': (text, at, more) => {
    const start = Math.floor(text.length * at);
    const part = text.slice(start, start + Math.ceil(more * 2000));
    return text.slice(0, start) + part.repeat(3) + text.slice(start);
  },
  'signs that mean nothing': (text, at, more) => {
    const start = Math.floor(text.length * at);
    return (
      text.slice(0, start) +
      '\u0000\u0007|#`[](<&*'.repeat(Math.ceil(more * 20)) +
      text.slice(start)
    );
  },
};
const TYPES = [
  'text/html; charset=utf-16',
  'text/plain; charset=iso-8859-1',
  'application/json',
  '',
  'text/html',
  'image/png',
];

interface Read {
  items: number;
  proven: ReadonlySet<string>;
}

/** Reads a capture as the line does; what it proves is compared, not where it stands. */
async function read(watcher: Watcher, capture: Capture): Promise<Read> {
  const items = await watcher.extract(capture);
  const text = textOf(capture.body, capture.contentType);
  checkShape(watcher, { text, items: items.length, lastItems: null });
  const publisher = {
    domain: 'openai.com',
    name: 'OpenAI',
    class:
      watcher.kind === 'model-list' || watcher.kind === 'package'
        ? ('P0' as const)
        : ('P1' as const),
    group: 'openai.com',
    vendor: 'openai',
  };
  const said = items.flatMap((item) =>
    primaryStatements(item, {
      names,
      publisher,
      watcher,
      at: capture.fetchedAt,
      ...language(watcher.vendor),
    }).map((one) => ({
      ...one,
      text: item.text,
    })),
  );
  for (const { text: whole, span, quote } of said) expect(whole.slice(...span)).toBe(quote);
  const proving = said.filter(
    ({ evidentiality, polarity }) => evidentiality === 'primary_artefact' && polarity === 'support',
  );
  // A figure is part of the proof and not of what is compared.
  const claims = proving.map(({ claim }) =>
    canonicalJson({ ...claim, value: claim.facet === 'priced' ? null : claim.value }),
  );
  return { items: items.length, proven: new Set(claims) };
}

function watcherOf(id: string): Watcher {
  const watcher = registry.get(id);
  if (watcher === null) throw new Error(`There is no watcher ${id}.`);
  return watcher;
}

const clean = new Map(
  await Promise.all(
    sound.map(
      async (golden) => [golden, await read(watcherOf(golden.watcher), golden.capture)] as const,
    ),
  ),
);

/** What a mangled body may come to: items, or an error with a kind; and nothing proven that the clean one does not prove. */
async function survives(golden: (typeof sound)[number], capture: Capture): Promise<void> {
  const before = clean.get(golden)?.proven ?? new Set<string>();
  try {
    const { proven } = await read(watcherOf(golden.watcher), capture);
    expect([...proven].filter((claim) => !before.has(claim))).toEqual([]);
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.name !== 'ExtractError') throw thrown;
    expect(thrown).toHaveProperty('kind');
  }
}

test(`a body that was mangled on its way gives items or a typed error, and proves nothing the clean one does not (${RUNS} of them)`, async () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sound),
      fc.array(fc.tuple(fc.constantFrom(...Object.keys(MUTATIONS)), share, share), {
        minLength: 1,
        maxLength: 2,
      }),
      async (golden, steps) => {
        let text = new TextDecoder().decode(golden.capture.body);
        for (const [name, at, more] of steps) text = MUTATIONS[name]?.(text, at, more) ?? text;
        await survives(golden, { ...golden.capture, body: new TextEncoder().encode(text) });
      },
    ),
    { numRuns: RUNS, seed: SEED },
  );
});

test('a body that was mangled on its way gives items or a typed error under any type it claims to have', async () => {
  for (const golden of sound) {
    for (const contentType of TYPES) {
      await survives(golden, { ...golden.capture, contentType });
    }
  }
});

test('a body that was mangled on its way is read in bounded time with a line of 2 MB anywhere in it', async () => {
  const long = ['x', '[a](b) ', '<b>', '| ', '`', '&amp;', '"', '# '].map((part) =>
    part.repeat(2_000_000 / part.length),
  );
  const first = sound.filter(
    ({ watcher }, at) => sound.findIndex((one) => one.watcher === watcher) === at,
  );
  for (const [at, golden] of first.entries()) {
    const text = new TextDecoder().decode(golden.capture.body);
    const middle = Math.floor(text.length / 2);
    const line = long[at % long.length] ?? '';
    const body = new TextEncoder().encode(
      `${text.slice(0, middle)}\n${line}\n${text.slice(middle)}`,
    );
    const took = await processorTime(() => survives(golden, { ...golden.capture, body }));
    expect(took, `${golden.watcher} ${golden.file}`).toBeLessThan(30_000);
  }
});
