import { extract } from '../core/extract/extraction.ts';
import type { Capture } from '../domain/capture.ts';
import { FetchError } from '../domain/errors.ts';
import type { SnapshotId } from '../domain/ids.ts';
import type { TargetState } from '../domain/target.ts';
import { DAY, elapsed } from '../domain/time.ts';
import { extractorOf, type Watcher } from '../domain/watcher.ts';
import type { FetchOutcome, FetchRequest } from '../fetch/fetcher.ts';
import type { CheckRun, Failed, Unchanged } from './check-run.ts';
import type { PipelineContext } from './context.ts';

/** An answer that is in no store yet. */
interface Answer {
  kind: 'answer';
  capture: Capture;
  /** What the page looked like, when a browser drew it. */
  screenshot?: Uint8Array;
}

/** An answer that is kept and not read yet. */
export interface Kept extends Omit<Answer, 'kind'> {
  kind: 'kept';
  snapshot: SnapshotId;
}

export type Fetched = Failed | Unchanged | Answer | Kept;

/** What the target answers now; or what it answered before, when a crash left that kept and unread. */
export async function fetchTarget(
  context: Pick<PipelineContext, 'fetcher' | 'clock' | 'store'>,
  run: CheckRun,
  signal: AbortSignal,
): Promise<Fetched> {
  const left = run.hasUnread ? await unreadAnswer(context, run) : null;
  if (left !== null) return left;
  const outcome = await request(context, run, signal);
  if ('capture' in outcome) run.bytes = outcome.capture.body.byteLength;
  switch (outcome.kind) {
    case 'failed':
      return outcome;
    case 'not-modified':
      return { kind: 'unchanged' };
    case 'gone':
      return missing(run, outcome.capture);
    case 'fetched': {
      const { capture, screenshot } = outcome;
      return { kind: 'answer', capture, ...(screenshot === undefined ? {} : { screenshot }) };
    }
  }
}

/** Only a page about one subject says something by its absence; anywhere else a 404 is a failed check. */
function missing({ target }: CheckRun, capture: Capture): Answer | Failed {
  if (target.subject !== null) return { kind: 'answer', capture };
  const { url, status } = capture;
  const message = `${url} answered ${status}. Is the address still right?`;
  return { kind: 'failed', error: new FetchError('status', message, { status }) };
}

async function unreadAnswer(
  { store }: Pick<PipelineContext, 'store'>,
  { target }: CheckRun,
): Promise<Kept | null> {
  const [oldest] = await store.snapshots.unread(target.id);
  if (oldest === undefined) return null;
  const body = await store.snapshots.body(oldest.capture.bodyHash);
  if (body === null) return null;
  return { kind: 'kept', capture: { ...oldest.capture, body }, snapshot: oldest.id };
}

/** What a watcher's address is asked for, before anything is known of it. */
export function requestTo(
  { via, needs, pages }: Pick<Watcher, 'via' | 'needs' | 'pages'>,
  url: string,
): FetchRequest {
  return {
    ...{ url, via, validators: null },
    ...(needs === undefined ? {} : { needs }),
    ...(pages === undefined ? {} : { pages }),
  };
}

/** A far side may say "not modified" for ever: once a day the page is asked for as if it were new. */
const TRUSTED = DAY;

/** Asks conditionally only when the same extractor read what the validators belong to. */
async function request(
  { fetcher, clock }: Pick<PipelineContext, 'fetcher' | 'clock'>,
  { target, watcher }: CheckRun,
  signal: AbortSignal,
): Promise<FetchOutcome> {
  const { url, readBy, fullAt, validators: known } = target;
  const isTrusted = fullAt !== null && elapsed(fullAt, clock.now()) < TRUSTED;
  const validators = isTrusted && readBy === extractorOf(watcher) ? known : null;
  // A screenshot costs a second where a browser draws the page, and nothing where none does.
  const plain = { ...requestTo(watcher, url), screenshot: watcher.vendor !== null };
  const first = await fetcher.fetch({ ...plain, validators }, signal);
  const twin = isLost(first) ? (watcher.twin?.(new URL(url)) ?? null) : null;
  if (twin === null) return first;
  const second = await fetcher.fetch({ ...plain, url: twin }, signal);
  return (await isReadable(second, watcher, target)) ? second : first;
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
