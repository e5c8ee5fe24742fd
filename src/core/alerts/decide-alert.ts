import type { Alert, Delivery, Message, Silence } from '../../domain/alert.ts';
import { idOf } from '../../domain/ids.ts';
import type { Route } from '../../domain/route.ts';
import { dammed, type FloodRule } from './flood.ts';
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

export interface AlertDecision {
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
  const alert: Alert = {
    id: message.alert,
    kind: message.kind,
    subject: message.subject,
    at: message.at,
    transitions: message.moves.map(({ transition }) => transition),
    message,
    routing,
  };
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
