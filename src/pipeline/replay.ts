import { blockOf } from '../core/extract/blocked.ts';
import { blockedError } from '../core/extract/extraction.ts';
import type { RecordedCapture, Recording } from '../domain/capture.ts';
import { type Capture, isGone, LARGEST_BODY } from '../domain/capture.ts';
import type { CheckReport, ReplayEvent } from '../domain/check-report.ts';
import type { ManualClock } from '../domain/clock.ts';
import { FetchError, UsageError } from '../domain/errors.ts';
import { hashOfBody, targetId } from '../domain/ids.ts';
import { hostOfAddress, type Target } from '../domain/target.ts';
import { type Instant, MINUTE, plus } from '../domain/time.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Fetcher, FetchOutcome } from '../fetch/fetcher.ts';
import { check } from './check.ts';
import type { PipelineContext } from './context.ts';
import { reconsider } from './reconsider.ts';

/** Where the answers come from: the recording itself, or a site that serves it. */
export interface ReplaySource {
  fetcher: Fetcher;
  /** Makes a capture the answer to the next request for its address. */
  serve(capture: RecordedCapture): void;
}

export interface ReplayOptions {
  clock: ManualClock;
  source: ReplaySource;
  /** The watcher whose own an address is; the reports watcher for everybody else's pages. */
  ownerOf(url: string): Watcher;
  /** The subject of an exact-id page among a watcher's targets. */
  subjectOf(watcher: Watcher, url: string): string | null;
  until: Instant | null;
  onEvent(event: ReplayEvent): Promise<void> | void;
}

/**
 * Runs the line over recorded captures, each at its own time. The recording takes the fetcher's place and the clock's;
 * everything after the fetch is what runs live. A capture that is no later than what the database holds of its address is
 * passed over, so that a recording replayed again changes nothing. Returns how many captures were taken in.
 */
export async function replay(
  context: Omit<PipelineContext, 'fetcher' | 'clock'>,
  recording: Recording,
  options: ReplayOptions,
): Promise<number> {
  const { clock, source } = options;
  const running: PipelineContext = { ...context, fetcher: source.fetcher, clock };
  const seen = new Map(
    (await context.store.targets.list()).map(({ id, lastCheckAt }) => [id, lastCheckAt]),
  );
  let replayed = 0;
  for (const capture of recording.captures) {
    const { at, url } = capture;
    if (options.until !== null && at > options.until) break;
    const target = targetFor(url, options);
    if ((seen.get(target.id) ?? '') >= at) {
      await options.onEvent({ kind: 'passed-over', at, url });
      continue;
    }
    await letTimePass(running, at, options);
    source.serve(capture);
    if (!seen.has(target.id)) {
      await context.store.targets.register([target], at);
      seen.set(target.id, null);
    }
    const report = await checkCapture(running, target);
    replayed += 1;
    await options.onEvent({ kind: 'checked', at, url, report });
  }
  return replayed;
}

/** Lets the time until a capture pass: what waits in stories is told when it is due, and not when the capture comes. */
async function letTimePass(
  context: PipelineContext,
  at: Instant,
  options: ReplayOptions,
): Promise<void> {
  const { clock, onEvent } = options;
  for (;;) {
    const [next] = await context.store.stories.due(at);
    const moment = next?.dueAt ?? at;
    clock.set(moment > clock.now() ? moment : clock.now());
    const judged = await reconsider(context);
    if (judged.transitions.length > 0 || judged.alerts.length > 0) {
      await onEvent({ kind: 'reconsidered', at: clock.now(), judged });
    }
    if (next === undefined) return;
  }
}

async function checkCapture(context: PipelineContext, target: Target): Promise<CheckReport> {
  const now = context.clock.now();
  const lease = await context.store.targets.lease(
    target.id,
    now,
    plus(now, 5 * MINUTE),
    context.owner,
  );
  if (lease === null) {
    throw new UsageError(
      `${target.url} is being checked by another process: a replay needs a database of its own, which --db names.`,
    );
  }
  return check(context, lease, AbortSignal.timeout(5 * MINUTE));
}

function targetFor(url: string, options: ReplayOptions): Target {
  const watcher = options.ownerOf(url);
  const subject = options.subjectOf(watcher, url);
  const { id, kind } = watcher;
  return { id: targetId(id, url), watcher: id, kind, url, subject };
}

/** Answers from the recording, without a network. */
export function recordedSource(): ReplaySource {
  let current: RecordedCapture | null = null;
  return {
    serve(capture) {
      current = capture;
    },
    fetcher: {
      async fetch({ url }) {
        if (current?.url === url) return outcomeFrom(current);
        const message = `The recording holds no answer of ${url} at this moment.`;
        return { kind: 'failed', error: new FetchError('off', message) };
      },
      close: async () => {},
    },
  };
}

async function outcomeFrom(recorded: RecordedCapture): Promise<FetchOutcome> {
  const { outcome, url, finalUrl, at } = recorded;
  if (outcome.kind === 'failure') {
    const message = `The recorded request to ${hostOfAddress(url)} failed (${outcome.failure}).`;
    return { kind: 'failed', error: new FetchError(outcome.failure, message, { transient: true }) };
  }
  const { status, contentType, headers } = outcome;
  if (status === 304) return { kind: 'not-modified' };
  const body = await recorded.body();
  if (body.byteLength > LARGEST_BODY) return { kind: 'failed', error: tooLarge(url) };
  const redirects = finalUrl === url ? [url] : [url, finalUrl];
  const capture: Capture = {
    ...{ url, finalUrl, redirects, status, headers, contentType, body },
    ...{ bodyHash: hashOfBody(body), fetchedAt: at, via: 'recording' },
  };
  if (isGone(status)) return { kind: 'gone', capture };
  if (status >= 200 && status < 300) return { kind: 'fetched', capture };
  const block = blockOf(capture);
  if (block !== null) return { kind: 'failed', error: blockedError(capture, block) };
  const message = `${url} answered ${status}.`;
  return {
    kind: 'failed',
    error: new FetchError('status', message, { status, transient: status >= 500 }),
  };
}

/** As the fetcher refuses it. */
function tooLarge(url: string): FetchError {
  return new FetchError('too-large', `${url} sent more than ${LARGEST_BODY} bytes.`);
}
