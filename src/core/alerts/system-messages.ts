import type { Message } from '../../domain/alert.ts';
import { idOf } from '../../domain/ids.ts';
import {
  type Health,
  type HealthState,
  hostOfAddress,
  type TargetState,
} from '../../domain/target.ts';
import { DAY, dayOf, elapsed, HOUR, type Instant, timeWords } from '../../domain/time.ts';
import type { ScheduledWork } from '../../domain/worker.ts';
import { notice } from '../render/digest.ts';
import { counted } from '../render/words.ts';

/**
 * Checks in a row that must fail before an operator is told: a single failure is the weather.
 * @internal
 */
export const FAILURES_TOLD = 3;

/** What is the matter with a source: behind its name in a title, and as a sentence. */
const HEALTH_WORDS: Readonly<Record<HealthState, { title: string; sentence: string }>> = {
  ok: { title: 'can be read again', sentence: 'It is well again.' },
  failing: { title: 'cannot be read', sentence: 'It cannot be read.' },
  blocked: { title: 'is blocked', sentence: 'Its host turns us away.' },
  drifted: {
    title: 'looks different and cannot be read',
    sentence: 'Its pages no longer have the shape that is read.',
  },
  suspect: {
    title: 'lost too much at once',
    sentence: 'It lost too much at once to be believed.',
  },
  off: { title: 'is off', sentence: 'It is off.' },
};

type Known = Pick<TargetState, 'id' | 'watcher' | 'url' | 'createdAt' | 'lastGoodAt' | 'failures'> &
  Partial<Pick<TargetState, 'kind' | 'subject' | 'health'>>;

/** A list of models that lost too much at once is told at its first check: somebody may be asking where all the models went. */
function toldAfter({ kind }: Known, health: Health | null = null): number {
  return health?.state === 'suspect' && kind === 'model-list' ? 1 : FAILURES_TOLD;
}

/**
 * Tells an operator of a source that stays unwell, once an episode, and of its recovery; null when there is nothing to
 * tell. `before` is the target as it was before the check, `failures` and `health` are what the check made of it.
 */
export function composeHealth(
  before: Known,
  after: { failures: number; health: Health },
  vendor: string | null,
  at: Instant,
): Message | null {
  const recovered = after.failures === 0 && before.failures >= toldAfter(before, before.health);
  if (!recovered && after.failures !== toldAfter(before, after.health)) return null;
  const { state, reason } = after.health;
  const words = HEALTH_WORDS[recovered ? 'ok' : state];
  const lastGood = before.lastGoodAt;
  const age = lastGood === null ? '' : `, ${ageWords(elapsed(lastGood, at))} ago`;
  const good = lastGood === null ? 'never' : `${timeWords(lastGood)}${age}`;
  // When the pages of many models are lost at once, that is one event of their channel.
  const isPage = (before.subject ?? null) !== null;
  const isShared = isPage && [state, before.health?.state].includes('suspect');
  const episode = isShared ? [before.watcher, dayOf(at)] : [before.id, lastGood];
  return notice({
    kind: 'health',
    id: idOf('al', 'health', ...episode, recovered ? 'recovered' : 'unwell'),
    at,
    // All of one episode share the last good check before it.
    thread: `${before.id}@${lastGood ?? before.createdAt}`,
    title: `${before.watcher} ${words.title} (${hostOfAddress(before.url)})`,
    subject: before.id,
    name: before.watcher,
    vendor: vendor ?? '',
    because: [
      words.sentence,
      ...(reason === null ? [] : [reason]),
      `Last good check${recovered ? ' before this one' : ''}: ${good}.`,
      ...(recovered
        ? []
        : ['Until it can be read again, that it does not name a model says nothing.']),
    ],
  });
}

/** What a channel lost at one check. */
export interface Loss {
  watcher: string;
  url: string;
  vendor: string | null;
  /** How many entries it holds still. */
  entries: number;
  subjects: readonly string[];
}

const NAMED_LOSSES = 10;

/** Tells of a channel that lost a third of its models or more at one check, as one event. */
export function composeLoss(
  { watcher, url, vendor, entries, subjects }: Loss,
  at: Instant,
): Message {
  const named = subjects.slice(0, NAMED_LOSSES).join(', ');
  const more = subjects.length - NAMED_LOSSES;
  return notice({
    kind: 'health',
    id: idOf('al', 'loss', watcher, url, at),
    at,
    thread: `loss:${watcher}@${dayOf(at)}`,
    title: `${watcher} lost ${counted(subjects.length, 'model')} at once (${hostOfAddress(url)})`,
    subject: watcher,
    name: watcher,
    vendor: vendor ?? '',
    because: [
      `It holds ${counted(entries, 'entry', 'entries')} still.`,
      `Gone are ${named}${more > 0 ? `, and ${more} more` : ''}.`,
      'Each loss is kept in the history of its model; no other message tells of them.',
    ],
  });
}

/** An entry that could not be read, through a fault of its reader. */
export interface ReaderFault {
  extractor: string;
  url: string;
  vendor: string | null;
  key: string;
  message: string;
}

/** Tells of a fault in a reader; told again for the same version, it is the same alert. */
export function composeFault(fault: ReaderFault, at: Instant): Message {
  const { extractor, url, vendor, key, message } = fault;
  return notice({
    kind: 'health',
    id: idOf('al', 'fault', extractor, message),
    at,
    thread: `fault:${extractor}`,
    title: `An entry was set aside: ${extractor} has a fault`,
    subject: extractor,
    name: extractor,
    vendor: vendor ?? '',
    because: [
      `The entry ${key} of ${url} could not be read: ${message}.`,
      'Everything else there was read. The entry is kept, and reread reads it when the fault is mended.',
    ],
  });
}

export interface Heartbeat {
  /** Targets by health. */
  targets: Readonly<Partial<Record<HealthState, number>>>;
  lastGoodCheckAt: Instant | null;
  queued: number;
  dead: number;
}

/** Says that the program is alive and how its sources are; one a day. */
export function composeHeartbeat(heartbeat: Heartbeat, at: Instant): Message {
  const all = Object.values(heartbeat.targets).reduce((sum, count) => sum + count, 0);
  const well = heartbeat.targets.ok ?? 0;
  const unwell = (['failing', 'blocked', 'drifted', 'suspect', 'off'] as const).flatMap((state) => {
    const count = heartbeat.targets[state] ?? 0;
    return count === 0 ? [] : [`${counted(count, 'target')} ${state}.`];
  });
  const last = heartbeat.lastGoodCheckAt;
  return notice({
    kind: 'heartbeat',
    id: idOf('al', 'heartbeat', at.slice(0, 10)),
    at,
    thread: `heartbeat@${at.slice(0, 7)}`,
    title: `firsthand is running: ${well} of ${counted(all, 'target')} well`,
    because: [
      ...unwell,
      last === null ? 'No good check so far.' : `Last good check: ${timeWords(last)}.`,
      `Deliveries: ${heartbeat.queued} waiting, ${heartbeat.dead} dead.`,
    ],
  });
}

/** Tells an operator of calendar work that begins to fail, and of its recovery; null when nothing has turned. */
export function composeChore(
  before: Pick<ScheduledWork, 'name' | 'error' | 'lastAt'>,
  error: string | null,
  at: Instant,
): Message | null {
  const [failed, fails] = [before.error !== null, error !== null];
  if (failed === fails) return null;
  const { name } = before;
  return notice({
    kind: 'health',
    id: idOf('al', 'chore', name, at),
    at,
    thread: `chore:${name}@${fails ? at : (before.lastAt ?? at)}`,
    title: fails ? `Calendar work fails: ${name}` : `Calendar work is done again: ${name}`,
    subject: `chore:${name}`,
    name,
    because: [error ?? `It was done at ${timeWords(at)}.`],
  });
}

/** A message that tries a channel. */
export function composeTest(channel: string, at: Instant): Message {
  return notice({
    kind: 'test',
    id: idOf('al', 'test', channel, at),
    at,
    thread: `test@${at}`,
    title: `Test message from firsthand to ${channel}`,
    because: ['The channel works: this is what an alert looks like.'],
  });
}

function ageWords(milliseconds: number): string {
  return milliseconds < 2 * DAY
    ? counted(Math.floor(milliseconds / HOUR), 'hour')
    : counted(Math.floor(milliseconds / DAY), 'day');
}
