import type { Message, Plan, Routing } from '../../domain/alert.ts';
import { DAY, type Instant, plus, timeWords } from '../../domain/time.ts';
import { nextSlot } from './calendar.ts';

/** When so much happens that the rest of a day comes as one message. */
export interface FloodRule {
  /** Messages that go out to one channel as they happen, within a day. */
  atMost: number;
  /** When the rest is told: `daily 08:00`. */
  slot: string;
  zone: string;
}

/** Within this time the messages of a channel are counted. */
const FLOOD_WINDOW = DAY;

/** What is sent because somebody asked for it, or to say that all is well, waits for no slot. */
const NEVER_HELD: ReadonlySet<Message['kind']> = new Set(['heartbeat', 'test', 'digest']);

/** Since when messages count towards the flood at a moment. */
export function floodSince(at: Instant): Instant {
  return plus(at, -FLOOD_WINDOW);
}

/**
 * The routing of a message when many came before it: what would go out at once to a channel that has had its share of the
 * day goes into one message at the next slot. What is followed by name is few by nature, and goes out all the same.
 * `had` is how many messages each channel was given at once since `floodSince`.
 */
export function dammed(
  routing: Routing,
  message: Message,
  isFollowed: boolean,
  had: ReadonlyMap<string, number>,
  rule: FloodRule,
): Routing {
  if (isFollowed || NEVER_HELD.has(message.kind)) return routing;
  return {
    ...routing,
    decisions: routing.decisions.map((decision) => ({
      ...decision,
      plans: decision.plans.map((plan) =>
        plan.digest === null && (had.get(plan.channel) ?? 0) >= rule.atMost
          ? later(plan, message.at, rule)
          : plan,
      ),
    })),
  };
}

function later(plan: Plan, at: Instant, { atMost, slot, zone }: FloodRule): Plan {
  const next = nextSlot(at, slot, zone);
  const dueAt = plan.dueAt > next ? plan.dueAt : next;
  return {
    channel: plan.channel,
    dueAt,
    digest: `flood ${dueAt}`,
    because: `in one message at ${timeWords(dueAt)}: ${plan.channel} was given ${atMost} within a day (alerts.atMost)`,
  };
}
