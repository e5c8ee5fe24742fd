import type { Clock } from '../domain/clock.ts';
import { FetchError } from '../domain/errors.ts';
import { DAY, elapsed, type Instant, MINUTE } from '../domain/time.ts';
import type { Answer } from './exchange.ts';
import { abandonable } from './faults.ts';
import { type RobotsRules, robotsRules } from './robots-rules.ts';

/** The rules of each host for programs like ours (RFC 9309). */
export interface Robots {
  /**
   * Lets an address pass and gives the pause its host wants between requests, in milliseconds, null for none.
   * Throws `FetchError`: of kind robots when the rules forbid the address, or when the host has rules it cannot
   * show (5xx, 429); of its own kind when the host cannot be reached at all.
   */
  admit(url: URL, signal: AbortSignal): Promise<number | null>;
}

export interface RobotsOptions {
  agent: string;
  clock: Clock;
  /** Fetches robots.txt, redirects followed, within the limits of every fetch. */
  ask(url: URL): Promise<Pick<Answer, 'status' | 'body'>>;
  memory?: RobotsMemory;
}

/** Where what was read is kept for the next process. A null text: the host has no rules. */
export interface RobotsMemory {
  get(origin: string): Promise<{ text: string | null; readAt: Instant } | null>;
  put(origin: string, file: { text: string | null; readAt: Instant }): Promise<void>;
}

interface Known {
  /** Null: none were ever had. */
  rules: RobotsRules | null;
  readAt: Instant;
  /** Since when they cannot be had; null while they can. */
  missingSince: Instant | null;
  trouble: FetchError | null;
}

/** RFC 9309 2.4: not longer than a day. */
const FRESH = DAY;
/** How soon rules that could not be had are asked for again. */
const ASK_AGAIN = 5 * MINUTE;
/** RFC 9309 2.3.1.4: rules that are missing for this long are taken as none. */
const GIVEN_UP = 30 * DAY;
/** RFC 9309 2.5: at least this much is read, in bytes. */
const READ_AT_MOST = 500 * 1024;

/**
 * 2xx: the rules as written. 4xx: no rules, all is allowed. 5xx and 429: nothing is allowed, unless older rules are
 * known, until the rules can be had or have been missing for 30 days. No connection: the fetch itself fails so.
 */
export function openRobots(options: RobotsOptions): Robots {
  const { clock, agent, memory } = options;
  const hosts = new Map<string, Known>();
  const asking = new Map<string, Promise<Known>>();

  function freshRulesOf(origin: string, now: Instant): Known | null {
    const known = hosts.get(origin);
    if (known === undefined) return null;
    return isFresh(known.readAt, now, known.trouble === null ? FRESH : ASK_AGAIN) ? known : null;
  }

  /** Several targets of one host ask at once; its rules are fetched once. */
  function rulesOf(origin: string, now: Instant): Promise<Known> {
    const running = asking.get(origin);
    if (running !== undefined) return running;
    const known = hosts.get(origin);
    const asked = recalledOrRead(origin, known, now).finally(() => asking.delete(origin));
    asking.set(origin, asked);
    return asked;
  }

  /** What an earlier process was told holds as long as what this one was told. */
  async function recalledOrRead(
    origin: string,
    before: Known | undefined,
    now: Instant,
  ): Promise<Known> {
    const kept = before === undefined ? ((await memory?.get(origin)) ?? null) : null;
    if (kept === null || !isFresh(kept.readAt, now, FRESH)) return read(origin, before, now);
    const known = knownOf(kept.text, agent, kept.readAt);
    hosts.set(origin, known);
    return known;
  }

  async function read(origin: string, before: Known | undefined, now: Instant): Promise<Known> {
    const address = new URL('/robots.txt', origin);
    const answer = await options.ask(address).catch(noneOrThrow);
    const known = knownFrom(answer, address.href, agent, before, now);
    hosts.set(origin, known);
    if (known.trouble === null) await memory?.put(origin, { text: textOf(answer), readAt: now });
    return known;
  }

  return {
    async admit(url, signal) {
      const { origin, href } = url;
      const now = clock.now();
      const known =
        freshRulesOf(origin, now) ?? (await abandonable(rulesOf(origin, now), href, signal));
      return pauseFor(url, known, clock.now());
    },
  };
}

/** Redirects without end, or a picture, are rules that are not there (RFC 9309 2.3.1.2 and 2.3.1.3). */
function noneOrThrow(thrown: unknown): Pick<Answer, 'status' | 'body'> {
  const isNone =
    thrown instanceof FetchError && (thrown.kind === 'redirect' || thrown.kind === 'content');
  if (!isNone) throw thrown;
  return { status: 404, body: new Uint8Array() };
}

/** The pause between requests, in milliseconds. Throws `FetchError` for an address that may not be read. */
function pauseFor(url: URL, { rules, missingSince, trouble }: Known, now: Instant): number | null {
  if (rules === null) {
    const allowed = missingSince === null || elapsed(missingSince, now) > GIVEN_UP;
    if (!allowed && trouble !== null) throw trouble;
    return null;
  }
  const line = rules.forbids(url);
  if (line !== null) throw forbidden(url, line);
  return rules.crawlDelay === null || rules.crawlDelay === 0 ? null : rules.crawlDelay * 1000;
}

function isFresh(readAt: Instant, now: Instant, lasts: number): boolean {
  const age = elapsed(readAt, now);
  return age >= 0 && age < lasts;
}

/** The rules as the host wrote them; null where it says that it has none. */
function textOf({ status, body }: Pick<Answer, 'status' | 'body'>): string | null {
  if (!isGoodStatus(status)) return null;
  const [first, second] = body;
  // Written by an editor that saves so; RFC 9309 wants UTF-8.
  const isWide = first === 0xff && second === 0xfe;
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(body.subarray(0, READ_AT_MOST));
}

function isGoodStatus(status: number): boolean {
  return status >= 200 && status < 300;
}

function knownOf(text: string | null, agent: string, readAt: Instant): Known {
  const rules = text === null ? null : robotsRules(text, agent);
  return { rules, readAt, missingSince: null, trouble: null };
}

function knownFrom(
  answer: Pick<Answer, 'status' | 'body'>,
  address: string,
  agent: string,
  before: Known | undefined,
  now: Instant,
): Known {
  const { status } = answer;
  const hasNone = status >= 400 && status < 500 && status !== 429;
  if (isGoodStatus(status) || hasNone) return knownOf(textOf(answer), agent, now);
  const trouble = new FetchError(
    'robots',
    `${address} answered ${status}: while its rules cannot be had, ${new URL(address).host} is not asked (RFC 9309).`,
    { transient: true, status },
  );
  const missingSince = before?.missingSince ?? now;
  return { rules: before?.rules ?? null, readAt: now, missingSince, trouble };
}

function forbidden(url: URL, line: number): FetchError {
  return new FetchError(
    'robots',
    `${url.origin}/robots.txt does not allow firsthand to read ${url.pathname} (line ${line}).`,
  );
}
