import type { Alert, Delivery, Message, Move, SourceChange } from '../../domain/alert.ts';
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
 * What goes from A to B and back within the cool-down is told once: the way back waits until the cool-down is over, and
 * is never told when it has gone to B again by then. So nobody is told each swing, and nobody is left with what did not
 * last. It holds for levels and for the text of a page. `recent` holds the alerts of the same subject, the newest first.
 */
export function coolDown(
  message: Message,
  recent: readonly PastAlert[],
  at: Instant,
  period: number,
): Cooling {
  const earlier = recent.find(
    ({ alert, deliveries }) => !deliveries.some(isCancelled) && takesBack(message, alert.message),
  );
  if (earlier === undefined) return { kind: 'tell', notBefore: null, cancels: [] };
  const { alert, deliveries } = earlier;
  const isUntold = deliveries.length > 0 && deliveries.every((delivery) => isAhead(delivery, at));
  if (isUntold && isWhole(message, alert.message)) return { kind: 'drop', cancels: [alert.id] };
  const end = plus(alert.at, period);
  return { kind: 'tell', notBefore: elapsed(at, end) > 0 ? end : null, cancels: [] };
}

/** Every move of the new message undoes one of the old; where no level moved, every change does. */
function takesBack(now: Message, before: Message): boolean {
  if (now.moves.length > 0) {
    return now.moves.every((move) => before.moves.some((other) => undoesMove(move, other)));
  }
  return (
    now.changes.length > 0 &&
    now.changes.every((change) => before.changes.some((other) => undoesChange(change, other)))
  );
}

/** Nothing of the old message would still be true. */
function isWhole(now: Message, before: Message): boolean {
  return now.moves.length > 0
    ? now.moves.length === before.moves.length && before.changes.length === 0
    : now.changes.length === before.changes.length && before.moves.length === 0;
}

function undoesMove(now: Move, before: Move): boolean {
  return (
    now.from !== now.to &&
    now.facet === before.facet &&
    now.from === before.to &&
    now.to === before.from
  );
}

/** The same place of the same page, where now goes what came and comes what went. */
function undoesChange(now: SourceChange, before: SourceChange): boolean {
  return (
    now.parts.length > 0 &&
    now.watcher === before.watcher &&
    now.url === before.url &&
    textOf(now, 'added') === textOf(before, 'removed') &&
    textOf(now, 'removed') === textOf(before, 'added')
  );
}

function textOf({ parts }: SourceChange, kind: 'added' | 'removed'): string {
  return parts
    .filter((part) => part.kind === kind)
    .map(({ text }) => text)
    .join('\n');
}

/** Not sent, not tried and not yet due, so that no runner can be sending it now. */
function isAhead({ state, attempts, dueAt }: Delivery, at: Instant): boolean {
  return state === 'queued' && attempts === 0 && dueAt > at;
}

function isCancelled({ state }: Delivery): boolean {
  return state === 'cancelled';
}
