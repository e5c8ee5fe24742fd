import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { edgesBetween, type PrintedPage } from '../../src/core/provenance/edges.ts';
import { readRecordingPages } from '../support/recorded-pages.ts';
import { frequencyAmong, printedPage, talkFromHtml, talkItem } from '../support/talk-pages.ts';

const CORPUS =
  process.env['FIRSTHAND_CORPUS'] ??
  fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const AT = '2026-05-01T00:00:00.000Z';
const hasCorpus = existsSync(CORPUS);
if (!hasCorpus) process.stdout.write(`No corpus at ${CORPUS}: its pages are not compared.\n`);

interface Joined {
  pair: string;
  isHouse: boolean;
}

/** Every pair of groups that is joined, over all pages. */
function joined(pages: readonly PrintedPage[]): { pairs: number; found: readonly Joined[] } {
  const frequency = frequencyAmong(pages);
  const found = new Map<string, Joined>();
  let pairs = 0;
  for (const [at, a] of pages.entries()) {
    for (const b of pages.slice(at + 1)) {
      if (a.group === b.group) continue;
      pairs += 1;
      const edges = edgesBetween(a, b, frequency, AT);
      if (edges.length === 0) continue;
      const pair = [a.group, b.group].sort().join(' ');
      const isHouse = edges.some(({ item }) => item === null);
      found.set(pair, { pair, isHouse: isHouse || (found.get(pair)?.isHouse ?? false) });
    }
  }
  return { pairs, found: [...found.values()] };
}

function seeds(): readonly PrintedPage[] {
  const hosts = ['ai7bot.com', 'agntai.net', 'earlyterms.com', 'goimg.ai', 'vasundhara.io'];
  const folder = join(CORPUS, 'seeds');
  const files = readdirSync(folder).filter((file) => file.endsWith('.txt'));
  return files.sort().map((file, at) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const title = text.split('\n').find((line) => line.trim().length > 20) ?? '';
    return printedPage(talkItem(`https://${hosts[at]}/${file}`, title.trim(), text));
  });
}

function corpusPages(): readonly PrintedPage[] {
  const lines = readFileSync(join(CORPUS, 'pages.jsonl'), 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const { file, url } = JSON.parse(line) as { file: string; url: string };
    const path = join(CORPUS, 'pages', file);
    if (!existsSync(path)) return [];
    const source = readFileSync(path, 'utf8');
    const isMarkup = file.endsWith('.html');
    return [printedPage(isMarkup ? talkFromHtml(url, source) : talkItem(url, '', source))];
  });
}

/** The documentation as it stood on three days, each day as if another site had it. */
function documentation(): readonly PrintedPage[] {
  const folder = join(CORPUS, 'openai-docs');
  return readdirSync(folder).flatMap((day) =>
    readdirSync(join(folder, day)).map((file) => {
      const text = readFileSync(join(folder, day, file), 'utf8');
      return printedPage(
        talkItem(`https://${file.replace('.md', '')}.on-${day}.example/`, '', text),
      );
    }),
  );
}

describe.skipIf(!hasCorpus)('the voices of the corpus', () => {
  test('the voices of the corpus: 000 and 001 of the seeds are one, and no others are', () => {
    const { pairs, found } = joined(seeds());
    expect(pairs).toBe(10);
    expect(found).toEqual([{ pair: 'agntai.net ai7bot.com', isHouse: true }]);
  });

  test('the voices of the corpus: 009 and 011 of the pages are one, and no others are', () => {
    const pages = corpusPages();
    const { pairs, found } = joined(pages);
    process.stdout.write(`${pages.length} pages, ${pairs} pairs, ${found.length} joined.\n`);
    expect(pages.length).toBeGreaterThanOrEqual(49);
    expect(found).toEqual([{ pair: 'agntai.net ai7bot.com', isHouse: true }]);
  });

  test('the voices of the corpus stay apart when pages, seeds and the recording are put together', async () => {
    const all = [...corpusPages(), ...seeds(), ...(await readRecordingPages())];
    const { pairs, found } = joined(all);
    process.stdout.write(`${all.length} texts, ${pairs} pairs, ${found.length} joined.\n`);
    expect(found.map(({ pair }) => pair).sort()).toEqual([
      'agentloom.example botkettle.example',
      'agntai.net ai7bot.com',
    ]);
  });

  test('the voices of the corpus documentation that was edited between two days is a copy, and other documentation is none', () => {
    const { pairs, found } = joined(documentation());
    process.stdout.write(`Documentation of three days: ${pairs} pairs, ${found.length} joined.\n`);
    const about = (group: string) => group.split('.on-')[0];
    for (const { pair, isHouse } of found) {
      const [a, b] = pair.split(' ');
      expect(about(a ?? '')).toBe(about(b ?? ''));
      expect(isHouse).toBe(false);
    }
    // Of the twelve pairs four were written anew in between.
    expect(found).toHaveLength(8);
  });
});
