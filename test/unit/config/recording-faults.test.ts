import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadRecording } from '../../../src/config/recording.ts';
import { ConfigError, type Fault, faultLine } from '../../../src/domain/errors.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recording-faults-'));
  await mkdir(join(folder, 'bodies'));
  await writeFile(join(folder, 'bodies/news.xml'), '<rss/>');
  await writeFile(join(folder, '..', `outside-${process.pid}.txt`), 'outside');
  await symlink(join(folder, '..', `outside-${process.pid}.txt`), join(folder, 'link.txt'));
});

afterAll(async () => {
  await rm(join(folder, '..', `outside-${process.pid}.txt`));
  await rm(folder, { recursive: true });
});

/** The faults of a recording that must be refused. */
async function faultsOf(name: string, content: string | Uint8Array): Promise<readonly Fault[]> {
  const file = join(folder, name);
  await writeFile(file, content);
  return refusedAt(file);
}

async function refusedAt(path: string): Promise<readonly Fault[]> {
  try {
    await loadRecording(path);
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.faults;
    throw thrown;
  }
  throw new Error(`${path} was not refused.`);
}

/** `line path: message (suggestion)`, as a person sees it after the file name. */
function told(faults: readonly Fault[]): string[] {
  return faults.map((fault) =>
    faultLine({ ...fault, file: 'f' })
      .replace(/^f:?/, '')
      .trim(),
  );
}

const GOOD = '{ at: "2026-04-21T10:00:00Z", url: "https://a.example/", status: 200, text: "" }';

function yamlOf(...captures: string[]): string {
  return ['version: 1', 'name: n', 'captures:', ...captures.map((text) => `  - ${text}`)].join(
    '\n',
  );
}

test('every fault of a recording is told at once, each with its place and what to write', async () => {
  const faults = await faultsOf(
    'all.yaml',
    `version: 2
nmae: launch
captures:
  - at: "2026-04-21T10:00:00"
    url: openai.com/news/rss.xml
    stauts: 200
    body: bodies/newz.xml
  - ${GOOD}
  - at: "2026-04-21T12:00:00+02:00"
    url: "https://a.example/#top"
    status: 200
    text: "the same again"
  - { at: "2026-02-30T10:00:00Z", url: "https://a.example/", error: time-out }
  - { at: yesterday, url: "https://a.example/", status: 200, body: ../secret.txt }
`,
  );
  expect(told(faults)).toEqual([
    '1: version: "2" is not known here (did you mean 1?)',
    '1: name: is missing',
    '2: nmae: is not a known key (did you mean name?)',
    '4: captures[0].at: "2026-04-21T10:00:00" is not a time with an offset (write it like 2026-04-21T10:00:00Z)',
    '5: captures[0].url: "openai.com/news/rss.xml" is not a web address (start it with https://)',
    '6: captures[0].stauts: is not a known key (did you mean status?)',
    '4: captures[0]: has no `status` (add one, or an `error` for a fetch that failed)',
    '7: captures[0].body: "bodies/newz.xml" is not there (did you mean news.xml?)',
    '9: captures[2]: is the same moment and address as captures[1] (leave one of the two out)',
    '13: captures[3].at: "2026-02-30T10:00:00Z" is not a time with an offset (write it like 2026-04-21T19:10:00Z)',
    '13: captures[3].error: "time-out" is not known here (did you mean timeout?)',
    '14: captures[4].at: "yesterday" is not a time with an offset (write it like 2026-04-21T19:10:00Z)',
    '14: captures[4].body: "../secret.txt" leaves the folder of the recording (put the file beside the recording)',
  ]);
});

describe('a capture is refused', () => {
  const AT = 'at: "2026-04-21T10:00:00Z", url: "https://a.example/"';

  test.each([
    ['a day for a time', `{ at: "2026-04-21", url: "https://a.example/", status: 204 }`, /offset/],
    ['a month 13', `{ at: "2026-13-01T10:00:00Z", url: "https://a.example/", status: 204 }`, /off/],
    ['a time that is a number', '{ at: 7, url: "https://a.example/", status: 204 }', /not text/],
    [
      'a file address',
      '{ at: "2026-04-21T10:00:00Z", url: "file:///etc/passwd", status: 204 }',
      /web/,
    ],
    ['no address', '{ at: "2026-04-21T10:00:00Z", status: 204 }', /url: is missing/],
    [
      'a final address without a scheme',
      `{ ${AT}, finalUrl: "a.example", status: 204 }`,
      /web add/,
    ],
    ['a status out of range', `{ ${AT}, status: 600, text: "" }`, /not the status of an answer/],
    ['a status as text', `{ ${AT}, status: "200", text: "" }`, /is text, not a number/],
    ['an answer without a body', `{ ${AT}, status: 200 }`, /has no body/],
    ['two bodies', `{ ${AT}, status: 200, body: bodies/news.xml, text: "" }`, /beside `body`/],
    ['a 304 with a body', `{ ${AT}, status: 304, text: "" }`, /beside status 304/],
    ['a failure with a body', `{ ${AT}, error: dns, text: "" }`, /text: cannot stand beside/],
    ['a failure with a status', `{ ${AT}, error: dns, status: 500 }`, /status: cannot stand/],
    ['an unknown failure', `{ ${AT}, error: flood }`, /known: dns, connect, tls, timeout/],
    ['an empty body name', `{ ${AT}, status: 200, body: "" }`, /body: is empty/],
    ['a folder for a body', `{ ${AT}, status: 200, body: bodies }`, /is not a file/],
    ['an absolute body', `{ ${AT}, status: 200, body: /etc/hosts }`, /leaves the folder/],
    ['a link that leads out', `{ ${AT}, status: 200, body: link.txt }`, /leaves the folder/],
    ['a bad header name', `{ ${AT}, status: 204, headers: { "a b": x } }`, /not a header name/],
    ['a header over two lines', `{ ${AT}, status: 204, headers: { a: "b\\nc" } }`, /no header can/],
    ['a header twice', `{ ${AT}, status: 204, headers: { etag: a, ETag: b } }`, /written twice/],
    ['a header number', `{ ${AT}, status: 204, headers: { age: 5 } }`, /is a number, not text/],
    ['a cookie', `{ ${AT}, status: 204, headers: { Set-Cookie: a } }`, /cookies are not recorded/],
    ['a length', `{ ${AT}, status: 204, headers: { content-length: "5" } }`, /that of the body/],
    ['a list for a capture', '[1, 2]', /is a list, not a map of keys/],
    ['nothing for a capture', '', /is empty, not a map of keys/],
  ])('a capture is refused for %s', async (_, capture, message) => {
    const faults = await faultsOf('one.yaml', yamlOf(capture));
    expect(told(faults)).toEqual([expect.stringMatching(message)]);
    expect(told(faults)[0]).toMatch(/^4: captures\[0\]/);
  });
});

test.each([
  ['not YAML', 'a.yaml', 'version: 1\nname: [n', /^2: is not YAML/],
  ['a key twice', 'a.yaml', 'version: 1\nname: n\nname: m\ncaptures: []', /^3: is not YAML/],
  ['a scalar', 'a.yaml', 'hello', /is not a recording/],
  ['no captures', 'a.yaml', 'version: 1\nname: n', /has no `captures`/],
  ['captures that are no list', 'a.yaml', 'version: 1\nname: n\ncaptures: 3', /^3: `captures` is/],
  ['an empty list', 'a.yaml', 'version: 1\nname: n\ncaptures: []', /holds no captures/],
  ['an alias without an anchor', 'a.yaml', 'version: 1\nname: *x\ncaptures: []', /is not YAML/],
  ['Latin-1', 'a.yaml', Buffer.from('version: 1 # \xe9', 'latin1'), /is not UTF-8/],
  ['an empty file', 'a.jsonl', '', /is empty/],
  ['a head alone', 'a.jsonl', '{"version":1,"name":"n"}', /holds no captures/],
  ['no head', 'a.jsonl', '{"at":"2026-04-21T10:00:00Z"}', /^1: has no head/],
  ['Latin-1 in a line', 'a.jsonl', Buffer.from('"\xe9"\n', 'latin1'), /^1: is not UTF-8/],
  ['what is not gzip', 'a.jsonl.gz', 'plain', /cannot be read on/],
  ['gzip cut off', 'a.jsonl.gz', gzipSync('x'.repeat(5000)).subarray(0, 25), /cannot be read on/],
  ['another ending', 'a.txt', 'version: 1', /a recording ends in \.yaml/],
])('a file is refused for %s', async (_, name, content, message) => {
  expect(told(await faultsOf(name, content))).toEqual([expect.stringMatching(message)]);
});

test('a file is refused that is not there', async () => {
  expect(told(await refusedAt(join(folder, 'gone.yaml')))).toEqual(['is not there']);
});

test('a file is refused in a folder without one, or with two', async () => {
  expect(told(await refusedAt(join(folder, 'bodies')))).toEqual([
    expect.stringContaining('holds no recording'),
  ]);
  await writeFile(join(folder, 'recording.yaml'), yamlOf(GOOD));
  await writeFile(join(folder, 'recording.jsonl'), '');
  expect(told(await refusedAt(folder))).toEqual([
    expect.stringContaining('holds both recording.yaml and recording.jsonl'),
  ]);
});

test('faults in JSON lines carry the number of their line, broken lines included', async () => {
  const text = [
    '{"version":1,"name":"n"}',
    '{"at":"2026-04-21T10:00:00Z","url":"https://a.example/","status":200,"text":""}',
    '{"at":"2026-04-21T11:00:00Z","url":',
    '{"at":"2026-04-21T10:00:00Z","url":"https://a.example/","status":200,"text":"","note":"x"}',
  ].join('\n');
  expect(told(await faultsOf('many.jsonl', text))).toEqual([
    expect.stringMatching(/^3: captures\[1\]: is not JSON/),
    '4: captures[2].note: is not a known key',
  ]);
});
