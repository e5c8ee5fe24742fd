import type { Alert, Delivery, Message, Move } from '../../domain/alert.ts';
import type { AlertId } from '../../domain/ids.ts';
import { elapsed, type Instant, plus } from '../../domain/time.ts';

/** An alert of the past with what became of it. */
export interface PastAlert {
  alert: Alert;
  deliveries: readonly Delivery[];
}

/**
 * What flapping makes of a new message. `tell` at `notBefore` or at once; `drop` when it only takes back what nobody
 * was told yet, together with the alerts it takes back.
 */
export type Cooling =
  | { kind: 'tell'; notBefore: Instant | null; cancels: readonly AlertId[] }
  | { kind: 'drop'; cancels: readonly AlertId[] };

/**
 * A level that goes from A to B and back within the cool-down is told once: the way back waits until the cool-down is
 * over, and is never told when the level has moved to B again by then. So nobody is told each swing, and nobody is left
 * with a level that did not last. `recent` holds the alerts of the same subject, the newest first.
 */
export function coolDown(
  message: Message,
  recent: readonly PastAlert[],
  at: Instant,
  period: number,
): Cooling {
  const standing = recent.filter(({ deliveries }) => !deliveries.some(isCancelled));
  const earlier =
    message.moves.length > 0
      ? standing.find(({ alert }) => takesBack(message.moves, alert.message.moves))
      : standing.find(({ alert }) => sameSource(message, alert.message));
  if (earlier === undefined) return { kind: 'tell', notBefore: null, cancels: [] };

  const { alert, deliveries } = earlier;
  const isUntold = deliveries.length > 0 && deliveries.every((delivery) => isAhead(delivery, at));
  if (isUntold && isUndoneWhole(message, alert.message)) {
    return { kind: 'drop', cancels: [alert.id] };
  }
  const end = plus(alert.at, period);
  if (elapsed(at, end) <= 0) return { kind: 'tell', notBefore: null, cancels: [] };
  // Of a page edited to and fro the last edit is told, with those before it left out.
  const cancels = isUntold && message.moves.length === 0 ? [alert.id] : [];
  return { kind: 'tell', notBefore: end, cancels };
}

/** Every move of the new message undoes one of the old. */
function takesBack(now: readonly Move[], before: readonly Move[]): boolean {
  return now.every((move) =>
    before.some(
      ({ facet, from, to }) =>
        from !== to && facet === move.facet && from === move.to && to === move.from,
    ),
  );
}

function isUndoneWhole(now: Message, before: Message): boolean {
  return (
    now.moves.length > 0 && now.moves.length === before.moves.length && before.changes.length === 0
  );
}

function sameSource(now: Message, before: Message): boolean {
  if (before.moves.length > 0 || now.changes.length === 0) return false;
  const places = new Set(before.changes.map(placeOf));
  return now.changes.every((change) => places.has(placeOf(change)));
}

function placeOf({ watcher, url, title }: Message['changes'][number]): string {
  return JSON.stringify([watcher, url, title]);
}

/** Not sent, not tried and not yet due, so that no runner can be sending it now. */
function isAhead({ state, attempts, dueAt }: Delivery, at: Instant): boolean {
  return state === 'queued' && attempts === 0 && dueAt > at;
}

function isCancelled({ state }: Delivery): boolean {
  return state === 'cancelled';
}
