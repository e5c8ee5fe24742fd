import * as z from 'zod';
import { FETCH_FAILURES } from '../domain/errors.ts';
import { parseInstant } from '../domain/time.ts';
import { suggestion } from './recording-bodies.ts';

/** What is wrong with one part of a recording; the reader of the file adds where that part stands. */
export interface Flaw {
  path: readonly (string | number)[];
  message: string;
  suggestion: string | null;
}

/** Headers that belong to the connection or to the replaying server, never to a recorded answer. */
const REFUSED_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'write it as `contentType`',
  'content-length': 'leave it out: the length is that of the body',
  'content-encoding': 'leave it out: bodies are recorded decoded',
  'transfer-encoding': 'leave it out: bodies are recorded decoded',
  connection: 'leave it out: it belongs to the connection',
  'keep-alive': 'leave it out: it belongs to the connection',
  'set-cookie': 'leave it out: cookies are not recorded',
};

/** Statuses whose answers have no body by definition. */
const BODILESS = [204, 205, 304];

const Moment = z.string().transform((text, context) => {
  const instant = /^\d{4}-\d{2}-\d{2}T/.test(text) ? parseInstant(text) : null;
  // Date.parse rolls 30 February over into March, so the day is asked for on its own as well.
  if (instant !== null && parseInstant(text.slice(0, 10)) !== null) return instant;
  const zoned = parseInstant(`${text}Z`) === null ? '2026-04-21T19:10:00Z' : `${text}Z`;
  return refuse(context, `${quoted(text)} is not a time with an offset`, `write it like ${zoned}`);
});

const WebAddress = z.string().superRefine((text, context) => {
  if (/^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) return;
  refuse(context, `${quoted(text)} is not a web address`, 'start it with https://');
});

const HeaderValue = z.string().superRefine((text, context) => {
  if (isHeaderSafe(text)) return;
  refuse(context, 'holds characters no header can carry', 'leave out line ends and controls');
});

const Headers = z.record(z.string(), HeaderValue).transform((written, context) => {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(written)) {
    const lower = name.toLowerCase();
    const flaw = headerFlaw(name, lower in headers);
    if (flaw !== null) context.addIssue({ ...asIssue(flaw), path: [name] });
    headers[lower] = value;
  }
  return headers;
});

const CaptureShape = z.strictObject({
  at: Moment,
  url: WebAddress,
  finalUrl: WebAddress.optional(),
  status: z.int().min(200).max(599).optional(),
  contentType: HeaderValue.optional(),
  headers: Headers.optional(),
  body: z.string().min(1).optional(),
  text: z.string().optional(),
  error: z.enum(FETCH_FAILURES).optional(),
});

const HeadShape = z.strictObject({ version: z.literal(1), name: z.string().trim().min(1) });

export type WrittenCapture = z.output<typeof CaptureShape>;
export type WrittenHead = z.output<typeof HeadShape>;

/** What was read, or everything that is wrong with it. */
export type Read<T> = { ok: true; value: T } | { ok: false; flaws: readonly Flaw[] };

export function readHead(raw: unknown): Read<WrittenHead> {
  return judged(HeadShape, raw, []);
}

export function readCapture(raw: unknown): Read<WrittenCapture> {
  return judged(CaptureShape, raw, combinationFlaws(raw));
}

function judged<T>(shape: z.ZodType<T>, raw: unknown, further: readonly Flaw[]): Read<T> {
  const result = shape.safeParse(raw);
  const issues = result.success ? [] : result.error.issues;
  const keys = shape instanceof z.ZodObject ? Object.keys(shape.shape) : [];
  const flaws = [...issues.flatMap((issue) => flawsOf(issue, raw, keys)), ...further];
  return result.success && flaws.length === 0
    ? { ok: true, value: result.data }
    : { ok: false, flaws };
}

/** Which keys go together: an answer has a status and one body, a failed fetch has neither. */
function combinationFlaws(raw: unknown): Flaw[] {
  if (!isRecord(raw)) return [];
  if ('error' in raw) {
    return ['status', 'finalUrl', 'contentType', 'headers', 'body', 'text']
      .filter((key) => key in raw)
      .map((key) => flaw([key], 'cannot stand beside `error`', 'a failed fetch has no answer'));
  }
  const bodies = ['body', 'text'].filter((key) => key in raw);
  if (!('status' in raw)) {
    return [flaw([], 'has no `status`', 'add one, or an `error` for a fetch that failed')];
  }
  if (BODILESS.includes(Number(raw['status']))) {
    return bodies.map((key) => flaw([key], `cannot stand beside status ${raw['status']}`, null));
  }
  if (bodies.length === 1) return [];
  return bodies.length === 2
    ? [flaw(['text'], 'cannot stand beside `body`', 'keep one of the two')]
    : [flaw([], 'has no body', 'name a file as `body`, or write `text`, `""` for an empty answer')];
}

function flawsOf(issue: z.core.$ZodIssue, raw: unknown, keys: readonly string[]): Flaw[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      flaw([...path, key], 'is not a known key', suggestion(key, keys)),
    );
  }
  const value = valueAt(raw, path);
  if (value === undefined) return [flaw(path, 'is missing', null)];
  switch (issue.code) {
    case 'custom':
      return [flaw(path, issue.message, issue.params?.['suggestion'] ?? null)];
    case 'invalid_type':
      return [flaw(path, `is ${kindOf(value)}, not ${named(issue.expected)}`, null)];
    case 'invalid_value': {
      const known = issue.values.map(String);
      const near = suggestion(String(value), known) ?? `known: ${known.join(', ')}`;
      return [flaw(path, `${quoted(value)} is not known here`, near)];
    }
    case 'too_small':
    case 'too_big':
      return path.at(-1) === 'status'
        ? [flaw(path, `${value} is not the status of an answer`, 'write 200 to 599')]
        : [flaw(path, 'is empty', null)];
    default:
      return [flaw(path, issue.message, null)];
  }
}

function headerFlaw(name: string, repeated: boolean): Flaw | null {
  const lower = name.toLowerCase();
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lower)) return flaw([], 'is not a header name', null);
  if (repeated) return flaw([], 'is written twice', 'join the values with a comma');
  const refused = REFUSED_HEADERS[lower];
  return refused === undefined ? null : flaw([], 'cannot be recorded', refused);
}

function refuse(context: z.core.$RefinementCtx, message: string, advice: string): never {
  context.addIssue(asIssue(flaw([], message, advice)));
  return z.NEVER;
}

function asIssue(found: Flaw): {
  code: 'custom';
  message: string;
  params: Record<string, unknown>;
} {
  return { code: 'custom', message: found.message, params: { suggestion: found.suggestion } };
}

function flaw(path: Flaw['path'], message: string, advice: string | null): Flaw {
  return { path, message, suggestion: advice };
}

/** Visible ASCII, spaces and tabs: what Node's HTTP server agrees to send. */
function isHeaderSafe(text: string): boolean {
  return /^[\t\x20-\x7e]*$/.test(text);
}

function isRecord(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

function valueAt(raw: unknown, path: Flaw['path']): unknown {
  return path.reduce<unknown>(
    (held, part) => (isRecord(held) ? held[String(part)] : undefined),
    raw,
  );
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return named(typeof value);
}

function named(type: string): string {
  const names: Record<string, string> = {
    string: 'text',
    int: 'a whole number',
    number: 'a number',
    object: 'a map of keys',
    record: 'a map of keys',
    boolean: 'true or false',
  };
  return names[type] ?? type;
}

function quoted(value: unknown): string {
  const text = String(value);
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
