import { type Check, healthOf, isGood } from '../domain/check.ts';
import type { TargetId } from '../domain/ids.ts';
import {
  addressesByHost,
  type HealthState,
  hostOfAddress,
  type TargetState,
} from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import type { Store } from '../store/store.ts';
import type { BoardView } from './views.ts';

/** How a target stood at a moment. */
export interface Standing {
  target: TargetState;
  state: HealthState;
  since: Instant;
  reason: string | null;
  lastCheckAt: Instant | null;
  lastGoodAt: Instant | null;
}

/** How many checks are looked through for the beginning of trouble that was over later. */
const LOOKED_THROUGH = 500;

/** What the board says of sources, all of it as it was at a moment. */
export async function sourceTrouble(
  { store }: { store: Store },
  targets: readonly TargetState[],
  asOf: Instant,
): Promise<Pick<BoardView, 'addresses' | 'lastReadAt' | 'trouble'>> {
  const read = (await standings(store, targets, asOf)).filter(({ state }) => state !== 'off');
  const atHost = addressesByHost(read.map(({ target }) => target.url));
  return {
    addresses: read.length,
    lastReadAt:
      read
        .flatMap(({ lastGoodAt }) => lastGoodAt ?? [])
        .sort()
        .at(-1) ?? null,
    trouble: read
      .filter(({ state }) => state !== 'ok')
      .map(({ target, state, since, reason }) => ({
        ...{ target: target.id, health: state, since, reason },
        atHost: atHost.get(hostOfAddress(target.url)) ?? 1,
      })),
  };
}

/** Targets that were read by then. What is kept of a target is how it stands now; the past is told by its checks. */
export async function standings(
  store: Store,
  targets: readonly TargetState[],
  asOf: Instant,
): Promise<readonly Standing[]> {
  const isUnmoved = ({ health, lastCheckAt }: TargetState) =>
    (lastCheckAt === null || lastCheckAt <= asOf) && health !== null && health.since <= asOf;
  const unmoved = targets.filter(isUnmoved).flatMap((target) => {
    const { health, lastCheckAt, lastGoodAt } = target;
    return health === null ? [] : [{ target, ...health, lastCheckAt, lastGoodAt }];
  });
  const moved = new Map(
    targets.filter((target) => !isUnmoved(target)).map((target) => [target.id, target]),
  );
  const checks = await store.checks.latest([...moved.keys()], asOf);
  const then = [...moved.values()].map((target) => standingThen(store, target, checks, asOf));
  return [...unmoved, ...(await Promise.all(then)).filter((one) => one !== null)];
}

async function standingThen(
  store: Store,
  target: TargetState,
  checks: readonly Check[],
  asOf: Instant,
): Promise<Standing | null> {
  const own = checks.filter((check) => check.target === target.id).sort(byMoment);
  const last = own.at(-1);
  if (last === undefined) return null;
  const state = stateAfter(last);
  const lastGoodAt = own.filter(({ outcome }) => isGood(outcome)).at(-1)?.at ?? null;
  const since = state === 'ok' ? last.at : await beginningOf(store, target.id, last, asOf);
  const reason = last.failure?.message ?? null;
  return { target, state, since, reason, lastCheckAt: last.at, lastGoodAt };
}

/** When the trouble that a check ended in began. */
async function beginningOf(
  store: Store,
  target: TargetId,
  last: Check,
  asOf: Instant,
): Promise<Instant> {
  const checks = await store.checks.list(target, LOOKED_THROUGH);
  const before = checks.filter(({ at }) => at <= asOf).sort(byMoment);
  const other = before.findLastIndex((check) => stateAfter(check) !== stateAfter(last));
  return before[other + 1]?.at ?? last.at;
}

function stateAfter({ outcome, failure }: Check): HealthState {
  return healthOf(outcome, failure?.kind ?? null);
}

function byMoment(a: Check, b: Check): number {
  return a.at < b.at ? -1 : 1;
}
