import { readFile } from 'node:fs/promises';
import { expect, it, vi } from 'vitest';
import { FetchError } from '../../src/domain/errors.ts';
import { type LogOptions, openLog, silentLogger } from '../../src/log.ts';

function sink(isTTY = false) {
  const lines: string[] = [];
  return { lines, isTTY, write: (line: string) => lines.push(line) };
}

async function lineOf(fields: object, options: LogOptions = {}) {
  const out = sink();
  const log = await openLog({ out, ...options });
  log.info({ ...fields }, 'checked');
  return { text: out.lines.join(''), fields: JSON.parse(out.lines.join('')) };
}

it('the log writes one JSON line with the level by name, the time in UTC and no process facts', async () => {
  const line = await lineOf({ target: 'openai-news', ms: { fetch: 12 } });
  expect(line.fields).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
    target: 'openai-news',
    ms: { fetch: 12 },
    msg: 'checked',
  });
  expect(line.text.endsWith('\n')).toBe(true);
});

it('the log cuts what nobody would read to its end, and says how much that was', async () => {
  const { fields } = await lineOf({
    said: 'x'.repeat(10_000),
    err: new Error('y'.repeat(9_000)),
  });
  expect(fields.said).toMatch(/^x{4000} … \(6000 characters left out\)$/);
  expect(fields.err.message).toMatch(/^y{4000} … \(5000 characters left out\)$/);
});

it('the log strikes out the names that hold bodies, secrets and headers, however deep and however spelled', async () => {
  const held = {
    authorization: 'a1',
    headers: 'h1',
    body: 'b1',
    'set-cookie': 'c1',
    token: 't1',
  };
  const { fields } = await lineOf({ ...held, request: { ...held, inner: { list: [held] } } });
  const struck = Object.fromEntries(Object.keys(held).map((name) => [name, '[redacted]']));
  expect(fields).toMatchObject({
    ...struck,
    request: { ...struck, inner: { list: [struck] } },
  });
});

it('the log strikes out a known secret wherever it turns up, escaped or not', async () => {
  const secret = 'p"ss\\word-of-mail';
  const { text } = await lineOf(
    { url: `smtp://me:${secret}@mail.example`, deep: { list: [secret] } },
    { secrets: [secret] },
  );
  expect(text).not.toContain('word-of-mail');
  expect(text.match(/\[redacted\]/g)).toHaveLength(2);
});

it('the log strikes out a secret that stands in an address', async () => {
  const secret = 'pass/word&more';
  const { text } = await lineOf(
    { url: `https://mail.example/?key=${encodeURIComponent(secret)}` },
    { secrets: [secret] },
  );
  expect(text).toContain('key=[redacted]');
});

it('the log lets words from outside end no line, move no cursor and turn no text around', async () => {
  const hostile =
    'x\r\n{"level":"info","msg":"delivered"}\u001b[2J\u001b]0;title\u0007\u009b1A\u2028\u202e\u061cgnp.exe';
  const error = new Error(hostile, { cause: new Error(hostile) });
  vi.stubEnv('NO_COLOR', '1');
  for (const isTTY of [false, true]) {
    const out = sink(isTTY);
    const log = await openLog({ out });
    log.warn({ title: hostile, list: [hostile] }, 'checked');
    log.error({ err: error }, 'check crashed');
    const written = out.lines.join('');
    expect(written.split('\n').filter((line) => line.startsWith('{"level":"info"'))).toEqual([]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there.
    expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u2028\u202e]/);
  }
});

it('the log says of bytes only how many there are', async () => {
  const { fields } = await lineOf({ page: { raw: Buffer.from('the whole page') } });
  expect(fields.page.raw).toBe('[14 bytes]');
});

it('the log keeps words that a very short secret would strike out', async () => {
  const { fields } = await lineOf({ reason: 'connect' }, { secrets: ['con'] });
  expect(fields.reason).toBe('connect');
});

it('the log writes an error with its kind and causes, without what a library hung on it', async () => {
  const cause = Object.assign(new Error('socket hang up'), {
    code: 'ECONNRESET',
    response: { body: 'the whole page' },
  });
  const error = new FetchError('connect', 'The site closed the connection.', { cause });
  const { fields, text } = await lineOf({ err: error });
  expect(fields.err).toMatchObject({
    name: 'FetchError',
    kind: 'connect',
    message: 'The site closed the connection.',
    cause: { message: 'socket hang up', code: 'ECONNRESET' },
  });
  expect(text).not.toContain('the whole page');
});

it('the log ends when an error is its own cause', async () => {
  const error = new Error('round');
  error.cause = error;
  const { fields } = await lineOf({ err: error });
  expect(fields.err.cause.cause.message).toBe('round');
  expect(JSON.stringify(fields)).toContain('[left out]');
});

it('the log leaves out what lies below its level, and everything when silent', async () => {
  const out = sink();
  const log = await openLog({ out, level: 'warn' });
  log.info({}, 'left out');
  log.warn({}, 'kept');
  expect(out.lines).toHaveLength(1);
  expect(await openLog({ level: 'silent', out })).toBe(silentLogger);
  silentLogger.child({ a: 1 }).error({}, 'left out');
  expect(out.lines).toHaveLength(1);
});

it('the log leaves out lines of one warning beyond a hundred a minute, and says so at once and how many later', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const out = sink();
  const log = await openLog({ out });
  for (let n = 0; n < 250; n += 1) log.child({ n }).warn({}, 'source failed');
  log.error({}, 'check crashed');
  for (let n = 0; n < 250; n += 1) log.info({ n }, 'checked');
  vi.advanceTimersByTime(60_000);
  log.warn({}, 'source failed');
  vi.useRealTimers();
  const lines = out.lines.map((line) => JSON.parse(line));
  expect(lines.filter(({ msg }) => msg === 'source failed')).toHaveLength(101);
  expect(lines.filter(({ msg }) => msg === 'check crashed')).toHaveLength(1);
  expect(lines.filter(({ msg }) => msg === 'checked')).toHaveLength(250);
  expect(lines.filter(({ of }) => of === 'source failed')).toMatchObject([
    { msg: 'lines like the last are left out', seconds: 60 },
    { msg: 'lines were left out', left: 150 },
  ]);
});

it('the log adds the fields of a child to every line, redacted as well', async () => {
  const out = sink();
  const log = (await openLog({ out })).child({ watcher: 'openai-news', token: 't1' });
  log.info({ items: 3 }, 'checked');
  expect(JSON.parse(out.lines.join(''))).toMatchObject({
    watcher: 'openai-news',
    token: '[redacted]',
    items: 3,
  });
});

it('the log writes for people on a terminal', async () => {
  const out = sink(true);
  const log = await openLog({ out });
  log.info({ items: 3, body: 'the whole page' }, 'checked');
  expect(out.lines.join('')).toContain('checked');
  expect(out.lines.join('')).toContain('"items":3');
  expect(out.lines.join('')).not.toContain('the whole page');
  expect(() => JSON.parse(out.lines.join(''))).toThrow();
});

it('the log loads its libraries only when a logger is opened', async () => {
  const source = await readFile(new URL('../../src/log.ts', import.meta.url), 'utf8');
  expect(source).toContain("await import('pino')");
  expect(source.match(/^import (?!type\b).*/gm)).toBeNull();
});
