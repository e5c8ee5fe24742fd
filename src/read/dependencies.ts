import * as z from 'zod';
import { isGood } from '../domain/check.ts';
import { isBare } from '../domain/claim.ts';
import type { Facet } from '../domain/facet.ts';
import { isVendorClass } from '../domain/publisher.ts';
import type { Target } from '../domain/target.ts';
import { DAY, elapsed, type Instant } from '../domain/time.ts';
import type { Verdict } from '../domain/verdict.ts';
import { retirementDay, retirementEvidence } from './glance.ts';
import { type Answer, answerFor, type Known } from './known.ts';
import { claimView } from './views.ts';

/**
 * `available`: the vendor lists it; `retired`, `retiring`, `deprecated`: the vendor says so; `unconfirmed`: only others
 * speak of it; `unknown`: nobody does; `cannot-say`: nobody does, and the vendor's pages were not read recently.
 */
const DEPENDENCY_STATES = [
  'available',
  'retired',
  'retiring',
  'deprecated',
  'unconfirmed',
  'unknown',
  'cannot-say',
] as const;

const dependencyView = z.strictObject({
  /** The id as it was given. */
  id: z.string(),
  subject: z.string().nullable(),
  name: z.string().nullable(),
  state: z.enum(DEPENDENCY_STATES),
  level: claimView.shape.level,
  /** Since when it is in the API, or was retired or deprecated. */
  since: z.iso.datetime().nullable(),
  /** The day it is or was shut down. */
  retires: z.string().nullable(),
  /** Whether that day is ahead, is past with no look since (`due`), or its end was seen; null where no end is set. */
  end: z.enum(['scheduled', 'due', 'in_effect']).nullable(),
  replacements: z.array(z.string()),
  /** The vendor's own words, where they stand, and the piece of evidence that keeps them. */
  proof: z.strictObject({ evidence: z.string(), quote: z.string(), url: z.string() }).nullable(),
  /** When the channels that would have to say so were last read well; null when they never were. */
  checkedThrough: z.iso.datetime().nullable(),
  near: z.array(z.string()),
});

export const dependenciesView = z.strictObject({
  asOf: z.iso.datetime(),
  dependencies: z.array(dependencyView),
});

export type DependencyState = (typeof DEPENDENCY_STATES)[number];
export type DependencyView = z.output<typeof dependencyView>;
export type DependenciesView = z.output<typeof dependenciesView>;

/** What is known of model ids as code names them, each judged once. */
export async function dependenciesOf(
  known: Known,
  ids: readonly string[],
  asOf: Instant,
): Promise<DependenciesView> {
  const targets = await known.store.targets.list();
  const dependencies: DependencyView[] = [];
  for (const id of new Set(ids)) dependencies.push(await dependencyOf(known, id, asOf, targets));
  return { asOf, dependencies };
}

async function dependencyOf(
  known: Known,
  id: string,
  asOf: Instant,
  targets: readonly Target[],
): Promise<DependencyView> {
  const resolved = known.resolve(id);
  const subject = resolved === null ? null : known.subject(resolved);
  if (subject === null) {
    const checkedThrough = await listReadAt(known, targets, asOf);
    const isRecent = checkedThrough !== null && elapsed(checkedThrough, asOf) <= RECENT;
    const state = isRecent ? 'unknown' : 'cannot-say';
    return { ...NOTHING, id, state, checkedThrough, near: [...known.near(id)] };
  }
  const answer = await answerFor(known, subject, asOf, targets);
  const claims = claimsOf(answer);
  const retires = isSaid(claims.retired) ? retirementDay(answer) : null;
  const state = stateOf(claims, retires, asOf);
  const decisive = decisiveFor(state, claims);
  return {
    ...{ id, subject: subject.id, name: subject.name, state },
    level: claims.released?.level ?? 'unknown',
    since: decisive?.since ?? null,
    ...{ retires, end: endOf(claims.retired) },
    replacements: await replacementsOf(known, answer),
    proof: proofOf(decisive, answer),
    checkedThrough: claims.api_listed?.primary.at ?? null,
    near: [],
  };
}

const NOTHING = {
  ...{ subject: null, name: null, level: 'unknown' as const },
  ...{ since: null, retires: null, end: null, replacements: [], proof: null },
};

/** A list of models read longer ago says nothing of a name that it does not hold. */
const RECENT = 2 * DAY;

/** When a vendor's list of models was last read well; null when none ever was. */
async function listReadAt(
  known: Known,
  targets: readonly Target[],
  asOf: Instant,
): Promise<Instant | null> {
  const lists = targets.filter(({ kind }) => kind === 'model-list').map(({ id }) => id);
  const checks = await known.store.checks.latest(lists, asOf);
  const good = checks.filter(({ outcome }) => isGood(outcome)).map(({ at }) => at);
  return good.sort().at(-1) ?? null;
}

type Claims = Partial<Record<Facet, Verdict>>;

function claimsOf({ verdicts }: Answer): Claims {
  const bare = verdicts.filter(({ claim }) => isBare(claim));
  return Object.fromEntries(bare.map((verdict) => [verdict.claim.facet, verdict]));
}

function isSaid(verdict: Verdict | undefined): boolean {
  return verdict?.level === 'confirmed';
}

function endOf(retired: Verdict | undefined): DependencyView['end'] {
  if (retired?.level !== 'confirmed') return null;
  const { status } = retired;
  return status === 'scheduled' || status === 'due' ? status : 'in_effect';
}

function stateOf(claims: Claims, retires: string | null, asOf: Instant): DependencyState {
  const { api_listed: api, released, retired, deprecated } = claims;
  if (isSaid(retired))
    return retires !== null && retires > asOf.slice(0, 10) ? 'retiring' : 'retired';
  if (api?.level === 'withdrawn') return 'retired';
  if (isSaid(deprecated)) return 'deprecated';
  if (isSaid(api) || isSaid(released)) return 'available';
  if ([api, released].some((one) => one?.level === 'secondary' || one?.level === 'rumor')) {
    return 'unconfirmed';
  }
  return api?.primary.state === 'silent' ? 'unknown' : 'cannot-say';
}

function decisiveFor(state: DependencyState, claims: Claims): Verdict | undefined {
  if (state === 'retired' || state === 'retiring') return claims.retired ?? claims.api_listed;
  if (state === 'deprecated') return claims.deprecated;
  return isSaid(claims.api_listed) ? claims.api_listed : claims.released;
}

function proofOf(verdict: Verdict | undefined, { record }: Answer): DependencyView['proof'] {
  const pieces = record.evidence.filter(({ id }) => verdict?.for.includes(id));
  const piece = pieces.find(({ publisherClass }) => isVendorClass(publisherClass));
  return piece === undefined ? null : { evidence: piece.id, quote: piece.quote, url: piece.url };
}

/** What the vendor says to use instead, from the rows that retire the model. */
async function replacementsOf(known: Known, answer: Answer): Promise<string[]> {
  const named = new Set<string>();
  for (const { item } of retirementEvidence(answer)) {
    const version = await known.store.items.get(item);
    const { replacements = [] } = version?.item.fields ?? {};
    for (const id of [replacements].flat()) named.add(id);
  }
  return [...named];
}
