import type { Alert, Delivery, Message, Plan, Routing, Silence } from '../../domain/alert.ts';
import { type AlertId, idOf } from '../../domain/ids.ts';
import type { Route } from '../../domain/route.ts';
import { HOUR, type Instant } from '../../domain/time.ts';
import { timeWords } from '../render/words.ts';
import { composeMessage, type Happening } from './compose.ts';
import { coolDown, type PastAlert } from './cool-down.ts';
import { explainRoutes } from './route.ts';
import { threadOf } from './thread.ts';

/** How long a level must hold before its way back is told at once. */
export const COOL_DOWN = HOUR;

export interface Telling {
  routes: readonly Route[];
  silences: readonly Silence[];
  /** In milliseconds. */
  coolDown: number;
  /** The name people know a publisher by. */
  nameOf: (publisher: string) => string;
}

export interface Told {
  alert: Alert;
  deliveries: readonly Delivery[];
  /** Alerts that stopped being true before they were sent, to be taken back. */
  cancels: readonly AlertId[];
}

/** Nothing new to tell, but alerts to take back. */
export interface Untold {
  alert: null;
  cancels: readonly AlertId[];
}

/**
 * Decides whether somebody is told what happened to a subject, where and when. `recent` holds the last alerts of the
 * subject, the newest first: a follow-up joins their thread, and a level that flaps is told once. An alert without a
 * route is kept all the same, with no deliveries.
 */
export function tell(
  happening: Happening,
  recent: readonly PastAlert[],
  telling: Telling,
): Told | Untold | null {
  const { subject, at } = happening;
  const [last] = recent;
  const thread = threadOf(subject.id, at, last === undefined ? null : last.alert.message);
  const isFirst = recent.length === 0;
  const message = composeMessage(happening, { thread, isFirst, nameOf: telling.nameOf });
  if (message === null) return null;
  const cooling = coolDown(message, recent, at, telling.coolDown);
  if (cooling.kind === 'drop') return { alert: null, cancels: cooling.cancels };
  const told = tellMessage(message, telling, cooling.notBefore);
  return { ...told, cancels: cooling.cancels };
}

/** Routes a message that is told whatever was told before: health, reminders, the heartbeat. */
export function tellMessage(
  message: Message,
  { routes, silences }: Pick<Telling, 'routes' | 'silences'>,
  notBefore: Instant | null = null,
): Told {
  const routing = heldBack(explainRoutes(message, routes, silences, message.at), notBefore);
  const alert: Alert = {
    id: message.alert,
    kind: message.kind,
    subject: message.subject,
    at: message.at,
    transitions: message.moves.map(({ transition }) => transition),
    message,
    routing,
  };
  const deliveries = routing.decisions
    .flatMap(({ plans }) => plans)
    .map(
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
  return { alert, deliveries, cancels: [] };
}

/** What takes back something told not long ago waits until the cool-down is over. */
function heldBack(routing: Routing, notBefore: Instant | null): Routing {
  if (notBefore === null) return routing;
  const because = `held back until ${timeWords(notBefore)}: it takes back what was told within the cool-down`;
  const later = (plan: Plan): Plan =>
    plan.dueAt < notBefore ? { ...plan, dueAt: notBefore, because } : plan;
  return {
    ...routing,
    decisions: routing.decisions.map((decision) => ({
      ...decision,
      plans: decision.plans.map(later),
    })),
  };
}
