import { uncheckedLines } from '../core/verdict/explanation.ts';
import { facetLabel } from '../domain/claim.ts';
import { UsageError } from '../domain/errors.ts';
import { FACETS, isFacet } from '../domain/facet.ts';
import type { Instant } from '../domain/time.ts';
import type { Verdict } from '../domain/verdict.ts';
import { glanceOf, headline } from './glance.ts';
import { type Answer, answerAwaited, answerNamed, type Known } from './known.ts';
import { listedDay } from './retirements.ts';
import { channelsRead } from './surface-words.ts';
import type { ClaimView, StatusView } from './views.ts';

/** The level of every claim about one subject, as of a moment; the headline first. */
export async function statusOf(known: Known, typed: string, asOf: Instant): Promise<StatusView> {
  return statusIn(known, await answerNamed(known, typed, asOf));
}

/** The same of a model nobody has named yet: of that too a level can be required. */
export async function statusAwaited(
  known: Known,
  typed: string,
  asOf: Instant,
): Promise<StatusView> {
  return statusIn(known, await answerAwaited(known, typed, asOf));
}

/** The status that a judgement comes to. */
export async function statusIn(known: Known, answer: Answer): Promise<StatusView> {
  const { id, name, vendor, discovered } = answer.subject;
  return {
    subject: id,
    name,
    vendor,
    asOf: answer.asOf,
    level: headline(answer).level,
    discovered,
    claims: [...answer.verdicts]
      .sort(byFacet)
      .map((verdict) => claimViewOf(verdict, answer, known)),
    glance: glanceOf(answer, known, await listedDay(known, answer)),
  };
}

/**
 * The claims a person means by a facet, the bare one first; none while nobody has spoken of it. Throws `UsageError` for a
 * word that is no facet.
 */
export function claimsMeant(view: StatusView, facet: string): readonly ClaimView[] {
  const claims = view.claims.filter(
    (claim) => facetLabel(claim) === facet || claim.facet === facet,
  );
  if (claims.length > 0 || isFacet(facet.split(/[@:]/)[0] ?? '')) return claims;
  const known = [...new Set(view.claims.map(facetLabel))].join(', ');
  throw new UsageError(`${view.subject} has no claim "${facet}". It has: ${known}.`);
}

function byFacet(a: Verdict, b: Verdict): number {
  const order = FACETS.indexOf(a.claim.facet) - FACETS.indexOf(b.claim.facet);
  if (order !== 0) return order;
  return sortKey(a) < sortKey(b) ? -1 : 1;
}

/** The bare facet before its values and qualifiers. */
function sortKey({ claim }: Verdict): string {
  return `${claim.value ?? ''} ${JSON.stringify(claim.qualifiers)}`;
}

function claimViewOf(verdict: Verdict, answer: Answer, { policy: now }: Known): ClaimView {
  const { claim, level, status, rule, since, firstSeen, flags, voices, primary, policy } = verdict;
  const { state, checked, mandatory, at } = primary;
  return {
    facet: claim.facet,
    qualifiers: claim.qualifiers,
    value: claim.value,
    level,
    status,
    rule,
    since,
    firstSeen,
    flags: [...flags],
    voices,
    primary: { state, checked, mandatory, at },
    for: [...verdict.for],
    against: [...verdict.against],
    notChecked: [...uncheckedLines(channelsRead(answer, verdict, now))],
    criterion: claim.criterion,
    policy,
  };
}

/** The levels one can require, the lowest first. */
export const REQUIRED_LEVELS = ['unknown', 'rumor', 'secondary', 'confirmed'] as const;

export type Requirement = 'met' | 'not-met' | 'cannot-say';

/**
 * Whether a claim reaches a level; the headline where no facet is named. A level that is too low is a "no" only when
 * a channel that would have to state the claim was read recently and well, or where there is no such channel.
 */
export function requirementOf(
  view: StatusView,
  facet: string | null,
  level: (typeof REQUIRED_LEVELS)[number],
): Requirement {
  const claim = claimsMeant(view, facet ?? 'released')[0];
  if (rankOf(claim?.level ?? 'unknown') >= rankOf(level)) return 'met';
  return claim !== undefined && isTooOldToSay(claim) ? 'cannot-say' : 'not-met';
}

/** What the vendor itself took back or denied is an answer, however long ago it was read. */
function isTooOldToSay({ level, primary }: ClaimView): boolean {
  if (level === 'withdrawn' || level === 'contradicted') return false;
  return primary.mandatory > 0 && primary.checked === 0;
}

function rankOf(level: string): number {
  return (REQUIRED_LEVELS as readonly string[]).indexOf(level);
}
