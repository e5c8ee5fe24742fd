import { FIRMEST_FIRST, type Force, type Statement } from '../../domain/evidence.ts';
import { FACETS, type Facet } from '../../domain/facet.ts';
import { canonicalJson } from '../../domain/ids.ts';
import type { ReadingPolicy } from '../../domain/policy.ts';
import type { Dropped } from '../../domain/proposal.ts';
import { withRules } from '../../domain/watcher.ts';
import type { Checked } from './checked.ts';
import type { Holds, KeptAnswer } from './proposed.ts';

/** A statement with the name of whoever had a part in it; null where the rules alone read it. */
export interface CombinedStatement extends Statement {
  reader: string | null;
}

export interface Combined {
  statements: readonly CombinedStatement[];
  /** Statements that no rule had read. */
  added: number;
  /** Statements of the rules that are held less firm now, and firmer. */
  lowered: number;
  raised: number;
  /** Of what was added, statements that the model did not stand by when it was asked back. */
  doubted: number;
  dropped: readonly Dropped[];
}

/**
 * What rules and model read together, by the parameters of the policy. Where both read the same, the firmer reading
 * stands. What the model does not read so is held back, and kept, and so is what it alone read where it is mostly wrong, or does
 * not stand by when it is asked back. All else it alone read keeps its force; what it may come to is for the verdict to say.
 */
export function combined(
  rules: readonly Statement[],
  checked: Checked,
  reader: string,
  policy: ReadingPolicy,
): Combined {
  const { judged, added, against } = together(rules, checked, policy);
  const moved = judged.map(({ rule, force }) => firmness(force) - firmness(rule.force));
  const statements = [
    ...judged.map(({ rule, force }) => ({
      ...{ ...rule, force },
      reader: force === rule.force ? null : withRules(reader),
    })),
    ...added.map(({ statement, isHeld }) => ({
      ...(isHeld ? heldBack(statement, policy) : statement),
      reader,
    })),
  ];
  return {
    statements: statements.sort((a, b) => a.span[0] - b.span[0]),
    added: added.length,
    lowered: moved.filter((by) => by < 0).length,
    raised: moved.filter((by) => by > 0).length,
    doubted: added.filter(({ isDoubted }) => isDoubted).length,
    dropped: [
      ...checked.dropped,
      ...against.map(({ quote }): Dropped => ({ why: 'against-rules', proposed: quote })),
    ],
  };
}

/** What a model alone read that would count: what it is asked back about. */
export function countedAlone(
  rules: readonly Statement[],
  checked: Checked,
  policy: ReadingPolicy,
): readonly Statement[] {
  const { added } = together(rules, checked, policy);
  return added.filter(({ isHeld }) => !isHeld).map(({ statement }) => statement);
}

function together(
  rules: readonly Statement[],
  { answers, statements: proposed }: Checked,
  policy: ReadingPolicy,
) {
  const judged = rules.map((rule) => {
    const holds = answerTo(rule, answers) ?? (isOpposedBy(rule, proposed) ? 'no' : null);
    return { holds, rule, force: forceOf(rule, holds, proposed, policy) };
  });
  const standing = judged.filter(({ holds }) => holds !== 'no').map(({ rule }) => rule);
  const against = proposed.filter((one) => standing.some((rule) => isOpposed(rule, one)));
  const alone = onlyOnce(
    proposed.filter(
      (one) => !against.includes(one) && !standing.some((rule) => isOfSame(rule, one)),
    ),
  );
  const added = alone.map((one) => {
    const before = [...standing, ...alone.filter((other) => goesFirst(other, one))];
    const isDoubted = (answerTo(one, answers) ?? 'yes') !== 'yes';
    return { statement: one, isDoubted, isHeld: isDoubted || isUntaken(one, before, policy) };
  });
  return { judged, added, against };
}

function answerTo(
  { claim, polarity, quote }: Statement,
  answers: readonly KeptAnswer[],
): Holds | null {
  const found = answers.find(
    ({ rule }) =>
      rule.subject === claim.subject &&
      rule.facet === claim.facet &&
      rule.polarity === polarity &&
      rule.quote === quote,
  );
  return found?.holds ?? null;
}

function forceOf(
  rule: Statement,
  holds: Holds | null,
  proposed: readonly Statement[],
  { agreed, refused, unclear }: ReadingPolicy,
): Force {
  if (holds === 'no' || holds === 'unclear') {
    const held = holds === 'no' ? refused : unclear;
    return weaker(rule.force, held[rule.polarity]);
  }
  if (agreed === 'own') return rule.force;
  return proposed
    .filter((one) => isOfSame(rule, one) && !isOpposed(rule, one))
    .map(({ force }) => force)
    .reduce(agreed === 'stronger' ? stronger : weaker, rule.force);
}

function isOpposedBy(rule: Statement, proposed: readonly Statement[]): boolean {
  const same = proposed.filter((one) => isOfSame(rule, one));
  return same.length > 0 && same.every((one) => isOpposed(rule, one));
}

/** What a model alone read, once for the same words on the same claim, the least firm of it. */
function onlyOnce(news: readonly Statement[]): readonly Statement[] {
  const kept = new Map<string, Statement>();
  for (const one of news) {
    const key = `${canonicalJson(one.claim)} ${one.polarity} ${one.span.join('-')}`;
    kept.set(key, { ...one, force: weaker(one.force, kept.get(key)?.force ?? one.force) });
  }
  return [...kept.values()];
}

/** Of the things that a model alone reads in the same words one is taken: that of the facet which stands first. */
function goesFirst({ claim: { facet } }: Statement, { claim }: Statement): boolean {
  return FACETS.indexOf(facet) < FACETS.indexOf(claim.facet);
}

/** Whether a model's word alone is not taken for it, or another thing is said by the same words. */
function isUntaken(
  one: Statement,
  before: readonly Statement[],
  { alone }: ReadingPolicy,
): boolean {
  const { facet, value } = one.claim;
  const isUndated = value === null && one.polarity === 'support' && alone.dated.includes(facet);
  return (
    isUndated ||
    alone.untaken.includes(facet) ||
    before.some((other) => isBeside(other, one) && !maySayBoth(other, one, alone.together))
  );
}

function heldBack(one: Statement, { alone }: ReadingPolicy): Statement {
  return { ...one, force: weaker(one.force, alone.left[one.polarity]) };
}

/** Whether the words that say one thing of a model may well say the other, too. */
function maySayBoth(
  { claim: rule }: Statement,
  { claim }: Statement,
  together: readonly Facet[],
): boolean {
  if (rule.facet !== claim.facet)
    return together.includes(rule.facet) && together.includes(claim.facet);
  const [place, other] = [rule.qualifiers.surface, claim.qualifiers.surface];
  return place !== undefined && other !== undefined;
}

function isOpposed(one: Statement, other: Statement): boolean {
  return one.polarity !== other.polarity && isOfSame(one, other);
}

function firmness(force: Force): number {
  return -FIRMEST_FIRST.indexOf(force);
}

function weaker(one: Force, other: Force): Force {
  return firmness(one) < firmness(other) ? one : other;
}

function stronger(one: Force, other: Force): Force {
  return firmness(one) > firmness(other) ? one : other;
}

/** Said of the same subject, facet and place, in words that overlap. */
function isOfSame(one: Statement, other: Statement): boolean {
  return (
    isBeside(one, other) &&
    one.claim.facet === other.claim.facet &&
    canonicalJson(one.claim.qualifiers) === canonicalJson(other.claim.qualifiers)
  );
}

/** Said of the same subject in words that overlap: the cheapest question first, for there may be many. */
function isBeside(one: Statement, other: Statement): boolean {
  return (
    one.span[0] < other.span[1] &&
    other.span[0] < one.span[1] &&
    one.claim.subject === other.claim.subject
  );
}
