import type { Logger as PinoLogger } from 'pino';

/** Data about what happened. Bodies, secrets and full headers have no place here; names that hold them are struck out. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where the program tells what it did: constant messages, data in fields. Others take it as an argument. */
export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  /** A logger that adds `fields` to every line. */
  child(fields: LogFields): Logger;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LogOptions {
  level?: LogLevel;
  /** Where lines go; standard error when nothing else is said. */
  out?: LogOutput;
  /** For people instead of programs; by default when `out` is a terminal. */
  pretty?: boolean;
  /** Values that must never be written, wherever they turn up: what the config took from the environment. */
  secrets?: readonly string[];
}

/** The part of a stream that a log needs. */
export interface LogOutput {
  write(line: string): unknown;
  isTTY?: boolean;
}

const STRUCK = '[redacted]';

/** Field names whose value is never written, however deep they stand; compared without case, `-` and `_`. */
const REDACTED: ReadonlySet<string> = new Set([
  'apikey',
  'authorization',
  'body',
  'cookie',
  'credentials',
  'headers',
  'html',
  'pass',
  'password',
  'secret',
  'setcookie',
  'text',
  'token',
  'webhook',
  'webhookurl',
]);

/** What lies deeper is left out: no line of ours needs it, and a structure may hold itself. */
const DEPTH = 6;

/** What moves the cursor, ends a line or turns text around on the terminal of whoever reads the log. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

/** Shorter values would strike out ordinary words. */
const SHORTEST_SECRET = 6;

/** A part of a path as long as this is no word. */
const LONG_AS_A_TOKEN = 16;

/** Says nothing, costs nothing. */
export const silentLogger: Logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  child: () => silentLogger,
};

/** Opens a log. The libraries are loaded here, so that a command that logs nothing does not pay for them. */
export async function openLog(options: LogOptions = {}): Promise<Logger> {
  const level = options.level ?? 'info';
  if (level === 'silent') return silentLogger;
  const out = options.out ?? process.stderr;
  const { pino } = await import('pino');
  const write = await lineWriter(out, options.pretty ?? out.isTTY === true);
  const hide = strikeOut(options.secrets ?? []);
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: writable },
      serializers: { err: asItIs },
    },
    { write: (line: string) => write(hide(line)) },
  );
  return closedLogger(logger, new Map());
}

/** pino offers more than the interface, and does not pass a child's own fields through its formatters. */
function closedLogger(logger: PinoLogger, alike: Alike): Logger {
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => capped(logger, 'warn', fields, message, alike),
    error: (fields, message) => capped(logger, 'error', fields, message, alike),
    child: (fields) => closedLogger(logger.child(writable(fields)), alike),
  };
}

/** How often each message was written since a moment; messages are constants, so that there are only so many. */
type Alike = Map<string, { since: number; count: number }>;

/** So many lines of one warning or error in so many milliseconds: what ten thousand addresses suffer fills no disk. */
const MOST_ALIKE = 100;
const ALIKE_WITHIN = 60_000;

/** Writes a line, unless too many had its message of late; then it is counted, and the count is written later. */
function capped(
  logger: PinoLogger,
  level: 'warn' | 'error',
  fields: LogFields,
  message: string,
  alike: Alike,
): void {
  const now = performance.now();
  const last = alike.get(message);
  const isOver = last === undefined || now - last.since >= ALIKE_WITHIN;
  const counted = isOver ? { since: now, count: 1 } : { ...last, count: last.count + 1 };
  alike.set(message, counted);
  const left = isOver ? (last?.count ?? 0) - MOST_ALIKE : 0;
  if (left > 0) logger.warn({ of: message, left }, 'lines were left out');
  if (counted.count <= MOST_ALIKE) logger[level](fields, message);
  else if (counted.count === MOST_ALIKE + 1) {
    logger.warn({ of: message, seconds: ALIKE_WITHIN / 1_000 }, 'lines like the last are left out');
  }
}

async function lineWriter(out: LogOutput, pretty: boolean): Promise<(line: string) => void> {
  if (!pretty) return (line) => void out.write(line);
  const { default: prettyLibrary } = await import('pino-pretty');
  const format = prettyLibrary.prettyFactory({
    colorize: out.isTTY === true && process.env['NO_COLOR'] === undefined,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
  });
  return (line) => void out.write(format(line));
}

/**
 * The fields as they may be written. pino's own `redact` does this by paths of a fixed depth, at 60 microseconds a line
 * where this takes under two.
 */
function writable(fields: LogFields): Record<string, unknown> {
  return writableEntries(fields, 0);
}

function writableEntries(fields: object, depth: number): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const isRedacted = REDACTED.has(name.toLowerCase().replaceAll(/[-_]/g, ''));
    written[name] = isRedacted ? STRUCK : writableValue(value, depth + 1);
  }
  return written;
}

function writableValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return shortened(value).replace(UNSEEN, '\u{fffd}');
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEPTH) return '[left out]';
  if (value instanceof Error) return writableError(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((entry) => writableValue(entry, depth + 1));
  return 'toJSON' in value ? value : writableEntries(value, depth);
}

/** Nobody reads on in a log; what a far side says may be as long as it likes, in characters. */
const LONGEST_VALUE = 4_000;

function shortened(text: string): string {
  const left = text.length - LONGEST_VALUE;
  return left <= 0 ? text : `${text.slice(0, LONGEST_VALUE)} … (${left} characters left out)`;
}

/** An error without what libraries hang on it (whole answers, headers, requests). */
function writableError(error: Error, depth: number): Record<string, unknown> {
  const { name, cause } = error;
  // One line, so that the words of a far side cannot pass for another entry where the log is shown to people.
  const message = shortened(error.message)
    .replace(UNSEEN, '\u{fffd}')
    .replaceAll(/\s*\n\s*/g, ' ');
  const kind: unknown = 'kind' in error ? error.kind : undefined;
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    name,
    message,
    ...(typeof kind === 'string' && { kind }),
    ...(typeof code === 'string' && { code }),
    ...(error.stack !== undefined && { stack: `${name}: ${message}${framesOf(error.stack)}` }),
    ...(cause !== undefined && { cause: writableValue(cause, depth + 1) }),
  };
}

/** Where an error came from, without its message. */
function framesOf(stack: string): string {
  const frames = stack.split('\n').filter((line) => /^ {4}at \S/.test(line));
  return frames.map((frame) => `\n${frame.replace(UNSEEN, '\u{fffd}')}`).join('');
}

/** Strikes secrets out of a text, in the forms that texts, JSON and addresses give them. */
export function strikeOut(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .flatMap((secret) => [secret, ...partsOfAddress(secret)])
    .filter((form) => form.length >= SHORTEST_SECRET)
    .flatMap((form) => [form, encodeURIComponent(form), JSON.stringify(form).slice(1, -1)]);
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, STRUCK), text);
}

/** Where an address is the credential, a far side may repeat a part of it: its path, or the token in that. */
function partsOfAddress(secret: string): readonly string[] {
  if (!URL.canParse(secret)) return [];
  const { pathname, search, password } = new URL(secret);
  const tokens = pathname.split('/').filter((part) => part.length >= LONG_AS_A_TOKEN);
  return [`${pathname}${search}`, pathname, password, ...tokens];
}

function asItIs(value: unknown): unknown {
  return value;
}

function ignore(): void {}
