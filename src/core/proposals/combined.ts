import type { Force, Statement } from '../../domain/evidence.ts';
import { canonicalJson } from '../../domain/ids.ts';
import type { Dropped } from '../../domain/proposal.ts';
import type { Checked } from './checked.ts';

/** A statement with the name of the model that had a part in it; null where the rules alone read it. */
export interface CombinedStatement extends Statement {
  reader: string | null;
}

export interface Combined {
  statements: readonly CombinedStatement[];
  /** Statements that no rule had read. */
  added: number;
  /** Statements of the rules that are held less firm now. */
  lowered: number;
  dropped: readonly Dropped[];
}

/** The forces, the firmest first; what comes to nothing is last. */
const FIRMNESS: readonly Force[] = [
  ...(['assert', 'assert_partial', 'attributed', 'relayed'] as const),
  ...(['report', 'hedge', 'inference', 'forecast'] as const),
];

/** A model's word alone is hearsay: it supports a rumor, and no more. */
const FIRMEST_ADDED: Force = 'report';

/**
 * What rules and model read together, the more cautious of them where they differ. In the same words on the same claim,
 * the less firm force stands; where one affirms what the other denies, the rules' reading stands as a hedge. What the
 * model alone read is added as hearsay. Nothing the rules read is taken away, and nothing of it becomes firmer.
 */
export function combined(
  rules: readonly Statement[],
  { statements: proposed, dropped }: Checked,
  reader: string,
): Combined {
  const standing = rules.map((rule) => cautious(rule, proposed, reader));
  const news = proposed.filter((one) => !rules.some((rule) => isOfSame(rule, one)));
  const added = hearsay(news, reader);
  const against = proposed.filter((one) => rules.some((rule) => isOpposed(rule, one)));
  return {
    statements: [...standing, ...added].sort((a, b) => a.span[0] - b.span[0]),
    added: added.length,
    lowered: standing.filter((one) => one.reader !== null).length,
    dropped: [
      ...dropped,
      ...against.map(({ quote }): Dropped => ({ why: 'against-rules', proposed: quote })),
    ],
  };
}

/** A statement of the rules, as firm as the least firm of those who read the same words. */
function cautious(
  rule: Statement,
  proposed: readonly Statement[],
  reader: string,
): CombinedStatement {
  const force = proposed
    .filter((one) => isOfSame(rule, one))
    .map((one) => (isOpposed(rule, one) ? 'hedge' : one.force))
    .reduce(weaker, rule.force);
  return { ...rule, force, reader: force === rule.force ? null : reader };
}

/** What a model alone read, once for the same words on the same claim. */
function hearsay(news: readonly Statement[], reader: string): readonly CombinedStatement[] {
  const kept = new Map<string, CombinedStatement>();
  for (const one of news) {
    const key = `${canonicalJson(one.claim)} ${one.polarity} ${one.span.join('-')}`;
    const force = weaker(one.force, kept.get(key)?.force ?? FIRMEST_ADDED);
    kept.set(key, { ...one, force, reader });
  }
  return [...kept.values()];
}

function isOpposed(one: Statement, other: Statement): boolean {
  return one.polarity !== other.polarity && isOfSame(one, other);
}

function weaker(one: Force, other: Force): Force {
  return FIRMNESS.indexOf(one) > FIRMNESS.indexOf(other) ? one : other;
}

/** Said of the same subject, facet and place, in words that overlap: the cheapest question first, for there may be many. */
function isOfSame(one: Statement, other: Statement): boolean {
  return (
    one.span[0] < other.span[1] &&
    other.span[0] < one.span[1] &&
    one.claim.subject === other.claim.subject &&
    one.claim.facet === other.claim.facet &&
    canonicalJson(one.claim.qualifiers) === canonicalJson(other.claim.qualifiers)
  );
}
