import { asError, FetchError, type FetchFailure, StoreError } from '../domain/errors.ts';

/** Where in an exchange something broke: before the answer began, or within its body. */
export type Phase = 'head' | 'body';

const KIND_OF_CODE: Readonly<Record<string, FetchFailure>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ENODATA: 'dns',
  ESERVFAIL: 'dns',
  ETIMEDOUT: 'timeout',
  ESOCKETTIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
  ERR_BUFFER_TOO_LARGE: 'too-large',
};

const TRANSIENT: ReadonlySet<FetchFailure> = new Set(['dns', 'connect', 'timeout', 'cut-off']);

/**
 * Any error of an exchange as a `FetchError`; one that is already, or that carries one, is handed through. A fault of the
 * database, which turns at hosts and robots.txt are shared by, says nothing of the far side: it is thrown on.
 */
export function faultOf(thrown: unknown, url: string, phase: Phase = 'head'): FetchError {
  if (thrown instanceof StoreError) throw thrown;
  const found = carried(thrown);
  if (found !== null) return found;
  const error = asError(thrown);
  const code = codeOf(error);
  // Its code is missing in some versions of undici.
  const kind =
    error.name === 'HTTPParserError' && phase === 'head' ? 'content' : kindOf(code, phase);
  return new FetchError(kind, `${sentence(kind, hostOf(url))} (${code || error.message}).`, {
    cause: error,
    transient: TRANSIENT.has(kind),
  });
}

/** The fetch was called off from outside, or ran out of its time. */
export function calledOff(url: string, signal: AbortSignal): FetchError {
  return new FetchError('timeout', `The fetch of ${url} was called off before it ended.`, {
    cause: signal.reason,
    transient: true,
  });
}

function carried(thrown: unknown): FetchError | null {
  let current: unknown = thrown;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if (current instanceof FetchError) return current;
    const inner: unknown = current instanceof AggregateError ? current.errors[0] : current.cause;
    current = inner;
  }
  return null;
}

/** The code of an error or of the innermost cause that has one. */
export function codeOf(error: Error): string {
  let current: unknown = error;
  let code = '';
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') code = current.code;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return code;
}

function kindOf(code: string, phase: Phase): FetchFailure {
  const known = KIND_OF_CODE[code];
  if (known !== undefined) return known;
  if (/CERT|TLS|SSL|SIGNED|^UNABLE_TO|^EPROTO$|^HOSTNAME_MISMATCH$/.test(code)) return 'tls';
  if (phase === 'body') return 'cut-off';
  return code.startsWith('HPE_') ? 'content' : 'connect';
}

function sentence(kind: FetchFailure, host: string): string {
  switch (kind) {
    case 'dns':
      return `The name ${host} could not be resolved`;
    case 'tls':
      return `No secure connection to ${host} could be made`;
    case 'timeout':
      return `${host} took too long to answer`;
    case 'cut-off':
      return `The answer of ${host} broke off before its end`;
    case 'too-large':
      return `The answer of ${host} is larger than allowed`;
    case 'content':
      return `${host} did not answer in HTTP`;
    default:
      return `No connection to ${host} could be made`;
  }
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Stops waiting for work that goes on by itself when the caller is called off. Throws `FetchError` then. */
export function abandonable<T>(work: Promise<T>, url: string, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(calledOff(url, signal));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
