import { lookup } from 'node:dns/promises';
import pTimeout from 'p-timeout';
import { extract } from '../../core/extract/extraction.ts';
import type { OpenChannel } from '../../deliver/channel.ts';
import { type Clock, systemClock } from '../../domain/clock.ts';
import { type AppError, asError, DeliveryError, type FetchFailure } from '../../domain/errors.ts';
import { instantOf, millisecondsOf, SECOND } from '../../domain/time.ts';
import type { Watcher } from '../../domain/watcher.ts';
import type { Fetcher, FetchOutcome } from '../../fetch/fetcher.ts';
import { type Finding, note, ok, wrong } from './finding.ts';

/** How long a name may take to be looked up, a page to be read, a channel to be tried, in milliseconds. */
const LOOKUP = 6 * SECOND;
const READING = 25 * SECOND;
const TRYING = 20 * SECOND;

/** Beyond this the clock is wrong and not merely late, in milliseconds. */
const SKEW = 60 * SECOND;

/** Whether names are found. Behind a proxy it is the proxy that finds them. */
export async function dnsFinding(hosts: readonly string[]): Promise<Finding> {
  if (hosts.length === 0) return ok('names', 'nothing outside this machine is asked');
  const lost = await Promise.all(hosts.map(lostName));
  const names = lost.flatMap((name) => name ?? []);
  if (names.length === 0) return ok('names', `all ${hosts.length} hosts are found`);
  const says = `${names.length} of ${hosts.length} hosts are not found: ${names.join(', ')}`;
  const isProxied = Object.keys(process.env).some((name) => /^(https|all)_proxy$/i.test(name));
  if (isProxied) return note('names', `${says}; the proxy that is set may find them`);
  return wrong('names', says, 'check the network and the name server of this machine');
}

async function lostName(host: string): Promise<string | null> {
  const found = await inTime(LOOKUP, () => lookup(host)).catch(() => null);
  return found === null ? host : null;
}

/** One address of a vendor's channel, and what reading it takes. */
export interface Primary {
  watcher: Watcher;
  url: string;
}

export interface Looked {
  finding: Finding;
  /** Its host could not be reached at all: to ask it for another page would only take time. */
  isUnreachable: boolean;
  /** How far this machine's clock is ahead of the far side's, in milliseconds; null when it said no time. */
  skew: number | null;
}

/** Reads one address of a vendor's channel and keeps nothing. */
export async function primaryLooked(
  { watcher, url }: Primary,
  fetcher: Fetcher,
  clock: Clock = systemClock,
): Promise<Looked> {
  const about = `source ${watcher.id}`;
  const begun = clock.now();
  const request = { url, via: watcher.via, validators: null };
  const outcome = await inTime(READING, (signal) => fetcher.fetch(request, signal));
  if (outcome === null) {
    const says = `${url} gave no answer within ${READING / SECOND} s`;
    return { skew: null, isUnreachable: true, finding: wrong(about, says, ADVICE.timeout) };
  }
  const skew = 'capture' in outcome ? skewOf(outcome.capture.headers, clock.now()) : null;
  const took = millisecondsOf(clock.now()) - millisecondsOf(begun);
  const isUnreachable = outcome.kind === 'failed' && UNREACHABLE.has(outcome.error.kind);
  return { skew, isUnreachable, finding: await sourceFinding(about, watcher, outcome, took) };
}

const UNREACHABLE: ReadonlySet<FetchFailure> = new Set(['dns', 'connect', 'tls', 'timeout']);

/** A host that could not be reached just now is not asked for the next page. */
export function notAsked({ watcher, url }: Primary): Finding {
  const says = `${new URL(url).host} could not be reached just now`;
  return wrong(`source ${watcher.id}`, says, 'see what stands above about that host');
}

async function sourceFinding(
  about: string,
  watcher: Watcher,
  outcome: FetchOutcome,
  took: number,
): Promise<Finding> {
  if (outcome.kind === 'failed') return unreached(about, outcome.error);
  if (outcome.kind === 'not-modified') return ok(about, 'nothing changed');
  const { capture } = outcome;
  if (outcome.kind === 'gone') {
    return wrong(about, `${capture.url} answered ${capture.status}`, ADVICE.status);
  }
  const read = await extract(watcher, capture, { itemCount: null, suspectHash: null });
  if (read.kind === 'unreadable') return unreached(about, read.error);
  const by = capture.via === 'browser' ? ' by browser' : '';
  return ok(about, `${read.items.length} items in ${(took / SECOND).toFixed(1)} s${by}`);
}

function unreached(about: string, { kind, message }: AppError): Finding {
  if (kind === 'off') return note(about, message);
  const advice: Readonly<Record<string, string>> = ADVICE;
  return wrong(about, message, advice[kind] ?? LAYOUT);
}

const LAYOUT = 'its layout may have changed: look for a newer version of firsthand';

const ADVICE = {
  dns: 'check the network and the name server of this machine',
  connect: 'check the network; where a proxy leads out, set HTTPS_PROXY',
  tls: 'check the clock, and the certificates of a proxy (NODE_EXTRA_CA_CERTS)',
  timeout: 'it may be slow, or packets are dropped on the way; try again later',
  status: 'try again later; if it stays, the address may have moved: look for a newer version',
  blocked: 'it does not let this machine in; its other channels are read all the same',
  'too-large': LAYOUT,
  redirect: LAYOUT,
  content: LAYOUT,
  'forbidden-address': 'its name leads to a private address: check the name server',
  robots: 'its robots.txt says no; switch the watcher off in the config',
  misrouted: 'see where the address leads now, and give the watcher its new one',
  'cut-off': 'the connection broke in the middle; try again later',
  clock: 'set the clock, and let NTP keep it: every stored time rests on it',
} as const satisfies Readonly<Record<Exclude<FetchFailure, 'off'>, string>>;

/** What a far side's `Date` says of this machine's clock; a cache adds how old its answer is. */
function skewOf(headers: Readonly<Record<string, string>>, now: string): number | null {
  const said = Date.parse(headers['date'] ?? '');
  if (Number.isNaN(said)) return null;
  const age = Number(headers['age'] ?? 0);
  return millisecondsOf(now) - said - (Number.isFinite(age) ? age * SECOND : 0);
}

/** This machine's clock against those of the far sides, the middle one of which is right. */
export function clockFinding(skews: readonly number[]): Finding | null {
  const sorted = [...skews].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) return null;
  const seconds = Math.round(middle / SECOND);
  const now = instantOf(millisecondsOf(systemClock.now()) - middle);
  if (Math.abs(middle) <= SKEW) return ok('clock', `${Math.abs(seconds)} s off, which is well`);
  const says = `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}; others say ${now}`;
  return wrong(
    'clock',
    says,
    'set it, and let NTP keep it: every time in the database rests on it',
  );
}

/** Tries the way to people, and sends nothing. */
export async function channelFinding(name: string, { channel }: OpenChannel): Promise<Finding> {
  const about = `channel ${name}`;
  const todo = `mend it under channels.${name}; \`firsthand alerts test ${name}\` then sends a message`;
  try {
    const proof = await inTime(TRYING, (signal) => channel.probe(signal));
    if (proof !== null) return ok(about, proof);
    return wrong(about, `no answer within ${TRYING / SECOND} s`, todo);
  } catch (thrown) {
    if (thrown instanceof DeliveryError) return wrong(about, thrown.message, todo);
    return wrong(about, `it broke: ${asError(thrown).message}`, todo);
  }
}

/** What work gives, or null when it takes longer. */
export function inTime<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  return withTimeout<T | null>(milliseconds, work, () => null);
}

/**
 * What work gives, or what `late` gives when it takes longer. It is called off then, and not waited for.
 * @internal
 */
export function withTimeout<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
  late: () => T,
): Promise<T> {
  const controller = new AbortController();
  const fallback = () => {
    controller.abort(new DOMException('It took too long.', 'TimeoutError'));
    return late();
  };
  return pTimeout(work(controller.signal), { milliseconds, fallback });
}
