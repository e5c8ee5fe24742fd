/** The six families. Only config, store and bug end the process; the others are ordinary and are counted. */
export type ErrorFamily =
  | 'config'
  | 'fetch'
  | 'extract'
  | 'delivery'
  | 'store'
  | 'bug'
  | 'usage'
  | 'not-found';

/** Every error of ours: a family and a literal kind for programs, a message for people, always a cause when there is one. */
export abstract class AppError extends Error {
  abstract readonly family: ErrorFamily;
  abstract readonly kind: string;
}

/** One fault in a file a person wrote, with its place and, where there is one, what to write instead. */
export interface Fault {
  file: string;
  /** Where in the document (`follow[2].id`); empty for the document as a whole. */
  path: string;
  line: number | null;
  message: string;
  suggestion: string | null;
}

/** What a person wrote cannot be used; carries all faults at once. */
export class ConfigError extends AppError {
  override readonly name = 'ConfigError';
  readonly family = 'config';
  readonly kind = 'invalid';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[], options?: ErrorOptions) {
    super(faults.map(faultLine).join('\n'), options);
    this.faults = faults;
  }
}

export function faultLine(fault: Fault): string {
  const place = fault.line === null ? fault.file : `${fault.file}:${fault.line}`;
  const path = fault.path === '' ? '' : ` ${fault.path}:`;
  const suggestion = fault.suggestion === null ? '' : ` (${fault.suggestion})`;
  return `${place}:${path} ${fault.message}${suggestion}`;
}

export const FETCH_FAILURES = [
  'dns',
  'connect',
  'tls',
  'timeout',
  'status',
  'blocked',
  'too-large',
  'redirect',
  'content',
  'forbidden-address',
  'robots',
  'cut-off',
  /** The answer came from an address that is not the channel's own: a redirect led to somebody else's page. */
  'misrouted',
  /** This machine and the host disagree on what time it is, and nobody else has been asked. */
  'clock',
  /** What this fetch needs (a key, a browser) is not set up here: the channel is off, not failing. */
  'off',
] as const;

export type FetchFailure = (typeof FETCH_FAILURES)[number];

/**
 * What stood where the page should have been: a check for robots, a question only a person can answer, a request to
 * sign in or to consent, an application that draws its text by script, or a plain refusal.
 */
export type Block =
  | 'challenge'
  | 'captcha'
  | 'login'
  | 'consent'
  | 'script-shell'
  | 'error'
  | 'refused';

/** A page could not be had. */
export class FetchError extends AppError {
  override readonly name = 'FetchError';
  readonly family = 'fetch';
  readonly kind: FetchFailure;
  /** Whether asking again later may help. */
  readonly transient: boolean;
  /** How long the far side asks us to wait, in milliseconds. */
  readonly retryAfter: number | null;
  readonly status: number | null;
  /** Set for `blocked`. */
  readonly block: Block | null;

  constructor(
    kind: FetchFailure,
    message: string,
    options: ErrorOptions & {
      transient?: boolean;
      retryAfter?: number;
      status?: number;
      block?: Block;
    } = {},
  ) {
    super(message, options);
    this.kind = kind;
    this.transient = options.transient ?? false;
    this.retryAfter = options.retryAfter ?? null;
    this.status = options.status ?? null;
    this.block = options.block ?? null;
  }
}

export type ExtractFailure =
  | 'empty'
  | 'binary'
  | 'no-match'
  | 'malformed'
  | 'schema'
  | 'shape'
  | 'shrunk'
  /** Reading it was given up, for the time or the memory it took. */
  | 'too-slow'
  | 'too-large';

/** A body was had and could not be read; the last good snapshot stands. */
export class ExtractError extends AppError {
  override readonly name = 'ExtractError';
  readonly family = 'extract';
  readonly kind: ExtractFailure;

  constructor(kind: ExtractFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

export type DeliveryFailure = 'rejected' | 'unreachable' | 'throttled';

/** A message could not be handed over. A permanent failure is not tried again. */
export class DeliveryError extends AppError {
  override readonly name = 'DeliveryError';
  readonly family = 'delivery';
  readonly kind: DeliveryFailure;
  readonly permanent: boolean;
  /** How long the far side asks us to wait, in milliseconds. */
  readonly retryAfter: number | null;
  /** What the next attempt must know: who already has the message. */
  readonly receipt: string | null;

  constructor(
    kind: DeliveryFailure,
    message: string,
    options: ErrorOptions & { permanent?: boolean; retryAfter?: number; receipt?: string } = {},
  ) {
    super(message, options);
    this.kind = kind;
    this.permanent = options.permanent ?? false;
    this.retryAfter = options.retryAfter ?? null;
    this.receipt = options.receipt ?? null;
  }
}

/** `busy`: another worker is where this one wanted to work; nothing went wrong, and it is done later. */
export type StoreFailure = 'unavailable' | 'conflict' | 'busy' | 'corrupt' | 'newer' | 'older';

/** The database cannot be read or written; the process stops rather than lose a row. */
export class StoreError extends AppError {
  override readonly name = 'StoreError';
  readonly family = 'store';
  readonly kind: StoreFailure;

  constructor(kind: StoreFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** What was asked for is not there; `near` holds what may have been meant. */
export class NotFoundError extends AppError {
  override readonly name = 'NotFoundError';
  readonly family = 'not-found';
  readonly kind = 'not-found';
  readonly near: readonly string[];

  constructor(message: string, near: readonly string[] = [], options?: ErrorOptions) {
    super(near.length === 0 ? message : `${message} Did you mean ${near.join(', ')}?`, options);
    this.near = near;
  }
}

/** A command was called in a way it cannot be. */
export class UsageError extends AppError {
  override readonly name = 'UsageError';
  readonly family = 'usage';
  readonly kind = 'usage';
}

/** Ours: a state the program holds to be impossible. */
export class Bug extends AppError {
  override readonly name = 'Bug';
  readonly family = 'bug';
  readonly kind = 'bug';
}

export type FailureKind = FetchFailure | ExtractFailure | 'control';

export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
