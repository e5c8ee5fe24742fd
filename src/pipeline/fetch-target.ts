import { extract } from '../core/extract/extraction.ts';
import { FetchError } from '../domain/errors.ts';
import type { TargetState } from '../domain/target.ts';
import { DAY, elapsed } from '../domain/time.ts';
import { extractorOf, type Watcher } from '../domain/watcher.ts';
import type { FetchOutcome, FetchRequest } from '../fetch/fetcher.ts';
import { type Checking, timed } from './check-run.ts';
import type { Line } from './context.ts';

/** What a watcher's address is asked for, before anything is known of it. */
export function requestTo(
  { via, needs }: Pick<Watcher, 'via' | 'needs'>,
  url: string,
): FetchRequest {
  return { url, via, validators: null, ...(needs === undefined ? {} : { needs }) };
}

/** A far side may say "not modified" for ever: once a day the page is asked for as if it were new. */
const TRUSTED = DAY;

/** Asks conditionally only when the same extractor read what the validators belong to. */
export async function ask(
  line: Pick<Line, 'fetcher' | 'clock'>,
  checking: Checking,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<FetchOutcome> {
  const { url, readBy, fullAt, validators: known } = checking.target;
  const isTrusted = fullAt !== null && elapsed(fullAt, line.clock.now()) < TRUSTED;
  const validators = isTrusted && readBy === extractorOf(watcher) ? known : null;
  // A picture costs a second where a browser draws the page, and nothing where none does.
  const plain = { ...requestTo(watcher, url), screenshot: watcher.vendor !== null };
  const { fetcher } = line;
  const outcome = await timed(checking, 'fetch', async () => {
    const first = await fetcher.fetch({ ...plain, validators }, signal);
    const twin = isLost(first) ? (watcher.twin?.(new URL(url)) ?? null) : null;
    if (twin === null) return first;
    const second = await fetcher.fetch({ ...plain, url: twin }, signal);
    return (await isReadable(second, watcher, checking.target)) ? second : first;
  });
  if ('capture' in outcome) checking.bytes = outcome.capture.body.byteLength;
  return outcome;
}

const LOST: ReadonlySet<string> = new Set(['status', 'blocked', 'content', 'redirect']);

/** The host answered, and not with this page: its twin may still stand. A host that is down or says no has no more to say. */
function isLost(outcome: FetchOutcome): boolean {
  if (outcome.kind === 'gone') return true;
  return outcome.kind === 'failed' && !outcome.error.transient && LOST.has(outcome.error.kind);
}

/** A site may answer any address with a page that says nothing: only one that can be read takes the place of the first. */
async function isReadable(
  outcome: FetchOutcome,
  watcher: Watcher,
  target: TargetState,
): Promise<boolean> {
  if (outcome.kind !== 'fetched') return false;
  const extraction = await extract(watcher, outcome.capture, target);
  return extraction.kind === 'items';
}

/** A page about many subjects that is not there: a failed check. */
export function absent({ url, status }: { url: string; status: number }): FetchError {
  return new FetchError('status', `${url} answered ${status}. Is the address still right?`, {
    status,
  });
}
