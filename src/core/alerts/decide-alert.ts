import type { Alert, Delivery, Message, Silence } from '../../domain/alert.ts';
import { idOf } from '../../domain/ids.ts';
import type { Route } from '../../domain/route.ts';
import { explainRoutes } from './route.ts';

/** What decides where an alert goes. */
export interface AlertRouting {
  routes: readonly Route[];
  silences: readonly Silence[];
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
  { routes, silences, isRehearsal }: AlertRouting,
): AlertDecision {
  const routing = explainRoutes(message, routes, silences, message.at);
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
