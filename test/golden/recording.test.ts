import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { loadRecording } from '../../src/config/recording.ts';
import type { RecordedCapture } from '../../src/domain/capture.ts';

const FOLDER = fileURLToPath(new URL('../../data/recordings/gpt-image-2-launch', import.meta.url));
const CORPUS =
  process.env['FIRSTHAND_CORPUS'] ??
  fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

const VENDOR = /^(openai\.com|(developers|api|help)\.openai\.com)$/;

const texts = await corpusTexts();

interface Read {
  capture: RecordedCapture;
  host: string;
  status: number | null;
  etag: string | null;
  text: string;
}

let all: readonly Read[];

beforeAll(async () => {
  const { captures } = await loadRecording(FOLDER);
  all = await Promise.all(captures.map(read));
});

async function read(capture: RecordedCapture): Promise<Read> {
  const answer = capture.outcome.kind === 'answer' ? capture.outcome : null;
  return {
    capture,
    host: new URL(capture.url).hostname,
    status: answer?.status ?? null,
    etag: answer?.headers['etag'] ?? null,
    text: new TextDecoder('utf-8', { fatal: true }).decode(await capture.body()),
  };
}

function pagesOfOthers(): readonly Read[] {
  return all.filter(({ host }) => !VENDOR.test(host));
}

test('the recorded launch holds every kind of moment the story needs', () => {
  const count = (holds: (one: Read) => boolean): number => all.filter(holds).length;
  expect({
    captures: all.length,
    vendor: count(({ host }) => VENDOR.test(host)),
    others: pagesOfOthers().length,
    ok: count(({ status }) => status === 200),
    missing: count(({ status }) => status === 404),
    blocked: count(({ text }) => text.includes('/cdn-cgi/challenge-platform/')),
    broken: count(({ status }) => status === 502 || status === 503),
    failed: count(({ status }) => status === null),
    redirected: count(({ capture }) => capture.finalUrl !== capture.url),
  }).toEqual({
    captures: 67,
    vendor: 53,
    others: 14,
    ok: 59,
    missing: 4,
    blocked: 2,
    broken: 2,
    failed: 1,
    redirected: 1,
  });
});

test('the recorded launch runs from 4 April to 13 May 2026', () => {
  expect(all[0]?.capture.at).toBe('2026-04-04T08:00:00.000Z');
  expect(all.at(-1)?.capture.at).toBe('2026-05-13T05:05:00.000Z');
});

test('the recorded launch has a body for every answer', () => {
  const empty = all.filter(({ status, text }) => status !== null && text.trim() === '');
  expect(empty).toEqual([]);
});

test('the recorded launch names the vendor by its own hosts and everybody else by an invented one', () => {
  const foreign = pagesOfOthers().filter(({ host }) => !host.endsWith('.example'));
  expect(foreign).toEqual([]);
});

test('the recorded launch serves the same bytes under the same tag, and other bytes under another', () => {
  const bytes = new Map<string, string>();
  const tags = new Map<string, string>();
  for (const { capture, etag, text } of all) {
    if (etag === null) continue;
    expect(bytes.get(`${capture.url} ${etag}`) ?? text).toBe(text);
    expect(tags.get(`${capture.url} ${text}`) ?? etag).toBe(etag);
    bytes.set(`${capture.url} ${etag}`, text);
    tags.set(`${capture.url} ${text}`, etag);
  }
  const repeats = all.filter(({ etag }) => etag !== null).length - bytes.size;
  expect(repeats).toBe(18);
});

test('the recorded launch shows the model list as it was, id by id', () => {
  const lists = all
    .filter(({ host }) => host === 'api.openai.com')
    .map(({ capture, text }) => {
      const { data }: { data: { id: string }[] } = JSON.parse(text);
      const ids = new Set(data.map(({ id }) => id));
      const of = ['gpt-image-2', 'gpt-image-2-2026-04-21', 'gpt-5.5', 'dall-e-2', 'dall-e-3'];
      return [capture.at.slice(5, 16), ids.size, of.filter((id) => ids.has(id)).join(' ')];
    });
  const before = 'dall-e-2 dall-e-3';
  expect(lists).toEqual([
    ['04-04T08:02', 120, before],
    ['04-07T20:02', 120, before],
    ['04-17T20:02', 120, before],
    ['04-21T13:56', 120, before],
    ['04-21T19:00', 121, `gpt-image-2 ${before}`],
    ['04-21T20:41', 122, `gpt-image-2 gpt-image-2-2026-04-21 ${before}`],
    ['04-24T18:39', 126, `gpt-image-2 gpt-image-2-2026-04-21 gpt-5.5 ${before}`],
    ['04-25T04:30', 126, `gpt-image-2 gpt-image-2-2026-04-21 gpt-5.5 ${before}`],
    ['05-12T22:06', 130, `gpt-image-2 gpt-image-2-2026-04-21 gpt-5.5 ${before}`],
    ['05-13T02:27', 128, 'gpt-image-2 gpt-image-2-2026-04-21 gpt-5.5'],
    ['05-13T05:00', 128, 'gpt-image-2 gpt-image-2-2026-04-21 gpt-5.5'],
  ]);
});

test('the recorded launch does not name the model on a page of the vendor before the launch', () => {
  const early = all.filter(
    ({ capture, host, text }) =>
      VENDOR.test(host) &&
      capture.at < '2026-04-21T19:00' &&
      /gpt[ -]image[ -]2|images 2\.0/i.test(text),
  );
  expect(early).toEqual([]);
});

test('the wording is shared by the two sister sites, and by no other two sites', () => {
  const close = new Set<string>();
  for (const a of pagesOfOthers()) {
    const runs = runsOf(a.text, 11);
    for (const b of pagesOfOthers()) {
      if (a.host < b.host && [...runsOf(b.text, 11)].some((run) => runs.has(run))) {
        close.add(`${a.host} ${b.host}`);
      }
    }
  }
  expect([...close]).toEqual(['agentloom.example botkettle.example']);
});

test.skipIf(texts.length === 0)(
  `the wording is our own: no run of eight words stands in one of the ${texts.length} texts of the corpus`,
  () => {
    const known = new Set(texts.flatMap((text) => [...runsOf(text, 8)]));
    const copied = all
      .filter(({ host }) => host !== 'api.openai.com')
      .flatMap(({ capture, text }) =>
        [...runsOf(text, 8)].filter((run) => known.has(run)).map((run) => `${capture.url}: ${run}`),
      );
    expect([...new Set(copied)]).toEqual([]);
  },
);

/** Every run of so many words, ids and numbers whole, tags and case apart. */
function runsOf(text: string, length: number): Set<string> {
  const plain = text.replace(/<(script|style)[\s\S]*?<\/\1>|<!\[CDATA\[|\]\]>|<[^>]*>/gi, ' ');
  const words = plain.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}._-]*/gu) ?? [];
  return new Set(
    Array.from({ length: Math.max(0, words.length - length + 1) }, (_, start) =>
      words.slice(start, start + length).join(' '),
    ),
  );
}

/** The texts that may not stand in the project, and the renditions written beside them. */
async function corpusTexts(): Promise<readonly string[]> {
  const folders = ['seeds', 'pages', 'openai-docs', 'openai-docs-html', 'rss'];
  const files = await Promise.all(
    folders.map(async (folder) => {
      const path = join(CORPUS, folder);
      const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile() && /\.(txt|html|md|xml)$/.test(entry.name))
        .filter((entry) => !entry.parentPath.endsWith('primary'))
        .map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  return Promise.all(files.flat().map((file) => readFile(file, 'utf8')));
}
