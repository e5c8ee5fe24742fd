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

/** Shorter values would strike out ordinary words. */
const SHORTEST_SECRET = 6;

/**
 * Says nothing, costs nothing.
 * @internal
 */
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
  const hide = secretHider(options.secrets ?? []);
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
  return closedLogger(logger);
}

/** pino offers more than the interface, and does not pass a child's own fields through its formatters. */
function closedLogger(logger: PinoLogger): Logger {
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    child: (fields) => closedLogger(logger.child(writable(fields))),
  };
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
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEPTH) return '[left out]';
  if (value instanceof Error) return writableError(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((entry) => writableValue(entry, depth + 1));
  return 'toJSON' in value ? value : writableEntries(value, depth);
}

/** An error without what libraries hang on it (whole answers, headers, requests). */
function writableError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const kind: unknown = 'kind' in error ? error.kind : undefined;
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    name,
    message,
    ...(typeof kind === 'string' && { kind }),
    ...(typeof code === 'string' && { code }),
    stack,
    ...(cause !== undefined && { cause: writableValue(cause, depth + 1) }),
  };
}

/** Strikes the values out of a finished line, in the form JSON gives them. */
function secretHider(secrets: readonly string[]): (line: string) => string {
  const written = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .map((secret) => JSON.stringify(secret).slice(1, -1))
    .sort((a, b) => b.length - a.length);
  return (line) => written.reduce((text, secret) => text.replaceAll(secret, STRUCK), line);
}

function asItIs(value: unknown): unknown {
  return value;
}

function ignore(): void {}
