import { asError, FetchError } from '../domain/errors.ts';
import { hashOfBody } from '../domain/ids.ts';
import { hostOf } from './faults.ts';
import type { Fetcher, FetchOutcome, FetchRequest } from './fetcher.ts';

/** A list in more pages than this never ends, or is none of models. */
const MOST_PAGES = 50;
/** For all pages behind the first, in milliseconds. */
const DEADLINE = 120_000;

export interface PagingLimits {
  /** Of all pages together. */
  bodyBytes: number;
  pages?: number;
  /** In milliseconds. */
  deadline?: number;
}

type Fetched = Extract<FetchOutcome, { kind: 'fetched' }>;

/**
 * Fetches a list that says `has_more` to its end. Its pages are kept as one answer, a JSON array of them, each as it
 * was sent. A list whose end is not reached fails as a whole: what stands on the missing pages would look withdrawn.
 */
export function pagedLists(fetcher: Fetcher, limits: PagingLimits): Fetcher {
  return {
    ...fetcher,
    async fetch(request, signal) {
      if (request.pages === undefined) return fetcher.fetch(request, signal);
      // "Not modified" would speak of the first page alone.
      const first = await fetcher.fetch({ ...request, validators: null }, signal);
      if (first.kind !== 'fetched' || !positionOf(first).isOpen) return first;
      try {
        return await whole(fetcher, request, first, signal, limits);
      } catch (thrown) {
        const error = asError(thrown);
        if (error instanceof FetchError) return { kind: 'failed', error };
        throw thrown;
      }
    },
  };
}

async function whole(
  fetcher: Fetcher,
  request: FetchRequest,
  first: Fetched,
  signal: AbortSignal,
  { bodyBytes, pages: most = MOST_PAGES, deadline = DEADLINE }: PagingLimits,
): Promise<FetchOutcome> {
  const { url } = request;
  const until = AbortSignal.any([signal, AbortSignal.timeout(deadline)]);
  const found: Fetched[] = [first];
  const seen = new Set<string>();
  let position = positionOf(first);
  let size = first.capture.body.length;
  while (position.isOpen) {
    const { last } = position;
    if (last === null || seen.has(last)) throw endless(url, 'does not say where it goes on');
    if (found.length >= most) throw endless(url, `has more than ${most} pages`);
    seen.add(last);
    const next = await fetcher.fetch(behind(request, last), until);
    if (next.kind === 'failed') return next;
    if (next.kind !== 'fetched') throw endless(url, 'has no page where it says that it goes on');
    if (!isSamePlace(first, next)) {
      throw new FetchError('misrouted', `${hostOf(url)} went on at ${next.capture.finalUrl}.`);
    }
    size += next.capture.body.length;
    if (size > bodyBytes)
      throw new FetchError('too-large', `${hostOf(url)} sent more than ${bodyBytes} bytes.`);
    found.push(next);
    position = positionOf(next);
  }
  return { kind: 'fetched', capture: joined(found) };
}

/** The request for the page behind an entry. */
function behind({ url, via, needs, pages = '' }: FetchRequest, last: string): FetchRequest {
  const address = new URL(url);
  address.searchParams.set(pages, last);
  const request: FetchRequest = { url: address.href, via, validators: null };
  return needs === undefined ? request : { ...request, needs };
}

interface Position {
  /** The page says that the list goes on behind it. */
  isOpen: boolean;
  /** By which entry the next page is asked for. */
  last: string | null;
}

/** What is no list in pages has no more of them; whether it can be read is for the watcher to say. */
function positionOf({ capture }: Fetched): Position {
  const page = fieldsOf(jsonIn(capture.body));
  const data = page['data'];
  if (page['has_more'] !== true || !Array.isArray(data)) return { isOpen: false, last: null };
  const told = page['last_id'] ?? fieldsOf(data.at(-1))['id'];
  return { isOpen: true, last: typeof told === 'string' ? told : null };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' ? { ...value } : {};
}

function jsonIn(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}

function isSamePlace(first: Fetched, next: Fetched): boolean {
  const [one, other] = [new URL(first.capture.finalUrl), new URL(next.capture.finalUrl)];
  return one.origin === other.origin && one.pathname === other.pathname;
}

function endless(url: string, how: string): FetchError {
  return new FetchError(
    'content',
    `The list of ${hostOf(url)} ${how}, so it is not read to its end.`,
  );
}

/** The first exchange with the bodies of all, as one JSON array. */
function joined(pages: readonly Fetched[]): Fetched['capture'] {
  const [first] = pages as readonly [Fetched, ...Fetched[]];
  const parts = pages.flatMap(({ capture }, index) => [
    Buffer.from(index === 0 ? '[' : ','),
    capture.body,
  ]);
  const body = Buffer.concat([...parts, Buffer.from(']')]);
  const fetchedAt = pages.at(-1)?.capture.fetchedAt ?? first.capture.fetchedAt;
  return { ...first.capture, body, bodyHash: hashOfBody(body), fetchedAt };
}
