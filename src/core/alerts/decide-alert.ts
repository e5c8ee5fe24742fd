import type { Alert, Delivery, Message, Plan, Routing, Silence } from '../../domain/alert.ts';
import { idOf } from '../../domain/ids.ts';
import type { Route } from '../../domain/route.ts';
import { DAY, type Instant, plus, timeWords } from '../../domain/time.ts';
import { nextSlot } from './calendar.ts';
import { explainRoutes } from './route.ts';

/** What decides where an alert goes. */
export interface AlertRouting {
  routes: readonly Route[];
  silences: readonly Silence[];
  flood: FloodRule;
  /** How many messages each channel was given at once since `floodSince`. */
  had: ReadonlyMap<string, number>;
  /** Whether a person follows it by name. */
  isFollowed: (subject: string) => boolean;
  /** Replayed, so that nobody is told: routes are decided and kept, and nothing is queued. */
  isRehearsal: boolean;
}

interface AlertDecision {
  alert: Alert;
  deliveries: readonly Delivery[];
}

/** Decides where a message goes and when. An alert without a route is kept all the same, with no deliveries. */
export function decideAlert(
  message: Message,
  { routes, silences, flood, had, isFollowed, isRehearsal }: AlertRouting,
): AlertDecision {
  const asked = explainRoutes(message, routes, silences, message.at);
  const routing = dammed(asked, message, isFollowed(message.subject), had, flood);
  const { alert: id, kind, subject, at, moves } = message;
  const transitions = moves.map(({ transition }) => transition);
  const alert: Alert = { id, kind, subject, at, transitions, message, routing };
  const plans = isRehearsal ? [] : routing.decisions.flatMap((decision) => decision.plans);
  const deliveries = plans.map(
    ({ channel, dueAt, digest }): Delivery => ({
      id: idOf('dl', alert.id, channel),
      alert: alert.id,
      channel,
      state: 'queued',
      attempts: 0,
      dueAt,
      digest,
      error: null,
      sentAt: null,
      receipt: null,
    }),
  );
  return { alert, deliveries };
}

/** When so much happens that the rest of a day comes as one message. */
interface FloodRule {
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
function dammed(
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
