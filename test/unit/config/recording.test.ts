import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadRecording } from '../../../src/config/recording.ts';
import type { RecordedCapture } from '../../../src/domain/capture.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'recording-'));
});

afterAll(async () => {
  await rm(root, { recursive: true });
});

/** A fresh folder that holds the given files. */
async function folder(files: Record<string, string | Uint8Array>): Promise<string> {
  const made = await mkdtemp(join(root, 'r-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(made, name, '..'), { recursive: true });
    await writeFile(join(made, name), content);
  }
  return made;
}

function jsonLines(name: string, captures: readonly object[]): string {
  return [{ version: 1, name }, ...captures].map((line) => `${JSON.stringify(line)}\n`).join('');
}

async function bodyText(capture: RecordedCapture | undefined): Promise<string> {
  if (capture === undefined) throw new Error('There is no such capture.');
  return new TextDecoder().decode(await capture.body());
}

const YAML = `version: 1
name: a-day
captures:
  - at: "2026-04-21T21:10:00+02:00"
    url: https://openai.com/news/rss.xml
    finalUrl: https://openai.com/news/rss.xml/
    status: 200
    contentType: application/rss+xml
    headers: { ETag: '"n1"', last-modified: "Tue, 21 Apr 2026 19:05:00 GMT" }
    body: bodies/news.xml
  - { at: "2026-04-21T18:30:00Z", url: "https://openai.com/news/rss.xml", error: timeout }
  - { at: "2026-04-21T18:40:00Z", url: "https://blog.example/", status: 404, text: "nothing here" }
`;

test('a recording in YAML is read with its answers, its failed fetches and its bodies', async () => {
  const path = await folder({ 'recording.yaml': YAML, 'bodies/news.xml': '<rss/>' });
  const recording = await loadRecording(path);
  const [failed, missing, news] = recording.captures;
  expect(recording.name).toBe('a-day');
  expect(failed?.outcome).toEqual({ kind: 'failure', failure: 'timeout' });
  expect(await bodyText(failed)).toBe('');
  expect(missing?.outcome).toEqual({
    kind: 'answer',
    status: 404,
    contentType: '',
    headers: {},
  });
  expect(await bodyText(missing)).toBe('nothing here');
  expect(news).toMatchObject({
    at: '2026-04-21T19:10:00.000Z',
    url: 'https://openai.com/news/rss.xml',
    finalUrl: 'https://openai.com/news/rss.xml/',
    outcome: {
      kind: 'answer',
      status: 200,
      contentType: 'application/rss+xml',
      headers: { etag: '"n1"', 'last-modified': 'Tue, 21 Apr 2026 19:05:00 GMT' },
    },
  });
  expect(await bodyText(news)).toBe('<rss/>');
});

test('a recording in YAML may be named by its file, and may have any name of its own', async () => {
  const path = await folder({ 'launch.yml': YAML, 'bodies/news.xml': '<rss/>' });
  const recording = await loadRecording(join(path, 'launch.yml'));
  expect(recording.captures).toHaveLength(3);
});

test('a recording in YAML may share headers by YAML aliases', async () => {
  const text = `version: 1
name: shared
captures:
  - { at: "2026-04-21T10:00:00Z", url: "https://a.example/", status: 200, headers: &h { etag: x }, text: "" }
  - { at: "2026-04-21T11:00:00Z", url: "https://a.example/", status: 200, headers: *h, text: "" }
`;
  const recording = await loadRecording(await folder({ 'recording.yaml': text }));
  const headers = recording.captures.map(({ outcome }) =>
    outcome.kind === 'answer' ? outcome.headers : {},
  );
  expect(headers).toEqual([{ etag: 'x' }, { etag: 'x' }]);
});

describe('a recording in JSON lines', () => {
  const captures = [
    { at: '2026-04-21T10:00:00Z', url: 'https://a.example/', status: 200, text: 'Grüße \u2028 👋' },
    { at: '2026-04-21T09:00:00Z', url: 'https://a.example/', status: 200, body: 'a.html' },
  ];

  test.each([
    ['recording.jsonl', (text: string) => text],
    ['recording.jsonl.gz', (text: string) => gzipSync(text)],
  ])('a recording in JSON lines is read from %s', async (name, written) => {
    const text = jsonLines('lines', captures);
    const path = await folder({ [name]: written(text), 'a.html': '<p>a</p>' });
    const recording = await loadRecording(path);
    expect(recording.name).toBe('lines');
    expect(await Promise.all(recording.captures.map(bodyText))).toEqual([
      '<p>a</p>',
      'Grüße \u2028 👋',
    ]);
  });

  test('a recording in JSON lines may end without a line end, hold empty lines and come from Windows', async () => {
    const text = jsonLines('lines', captures.slice(0, 1)).trimEnd().replaceAll('\n', '\r\n\r\n');
    const recording = await loadRecording(await folder({ 'recording.jsonl': text }));
    expect(recording.captures).toHaveLength(1);
  });
});

test('the bodies are read when they are asked for, not before', async () => {
  const path = await folder({ 'recording.yaml': YAML, 'bodies/news.xml': 'early' });
  const recording = await loadRecording(path);
  await writeFile(join(path, 'bodies/news.xml'), 'late');
  expect(await bodyText(recording.captures[2])).toBe('late');
});

test('the bodies may be anything: no byte of a file is changed', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const path = await folder({ 'recording.yaml': YAML, 'bodies/news.xml': bytes });
  const recording = await loadRecording(path);
  expect(await recording.captures[2]?.body()).toEqual(Buffer.from(bytes));
});

test('the bodies are none for a status that has none', async () => {
  const text = `version: 1
name: n
captures:
  - { at: "2026-04-21T10:00:00Z", url: "https://a.example/", status: 304 }
`;
  const recording = await loadRecording(await folder({ 'recording.yaml': text }));
  expect(await bodyText(recording.captures[0])).toBe('');
});

describe('whatever is written', () => {
  const moment = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString());

  test('whatever is written, captures come by time, and those of one moment in the order of the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { minLength: 1, maxLength: 8 }), async (moments) => {
        const written = [...moments, ...moments].map((at, index) => ({
          at,
          url: `https://a.example/${index}`,
          status: 200,
          text: `${index}`,
        }));
        const path = await folder({ 'recording.jsonl': jsonLines('many', written) });
        const { captures } = await loadRecording(path);
        const expected = written
          .map((capture, index) => ({ ...capture, index }))
          .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.index - b.index);
        expect(captures.map(({ url }) => url)).toEqual(expected.map(({ url }) => url));
        expect(await Promise.all(captures.map(bodyText))).toEqual(expected.map(({ text }) => text));
      }),
      { numRuns: 25 },
    );
  });

  test('a time comes out in UTC, whatever its offset', async () => {
    await fc.assert(
      fc.asyncProperty(moment, fc.integer({ min: -14 * 60, max: 14 * 60 }), async (utc, shift) => {
        const local = new Date(Date.parse(utc) + shift * 60_000).toISOString().slice(0, -1);
        const hours = String(Math.floor(Math.abs(shift) / 60)).padStart(2, '0');
        const minutes = String(Math.abs(shift) % 60).padStart(2, '0');
        const at = `${local}${shift < 0 ? '-' : '+'}${hours}:${minutes}`;
        const capture = { at, url: 'https://a.example/', status: 204 };
        const path = await folder({ 'recording.jsonl': jsonLines('one', [capture]) });
        const { captures } = await loadRecording(path);
        expect(captures[0]?.at).toBe(utc);
      }),
      { numRuns: 25 },
    );
  });
});
