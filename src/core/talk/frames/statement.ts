import type { Polarity, Statement } from '../../../domain/evidence.ts';
import { standingOf } from '../context/certainty.ts';
import { silentChannel } from '../context/reported-silence.ts';
import { isDistanced } from '../context/scare-quotes.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Argument, Clause, Memory } from '../document/clause.ts';
import type { Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';
import { eventOf, spokenOf } from '../rules/event-time.ts';
import { quoteOf } from '../rules/quote.ts';
import type { Claimed } from './claims.ts';
import type { ParsedSentence } from './noun-phrases.ts';

/** A sentence in its place, taken apart. */
export interface ReadSentence {
  scene: Scene;
  parsed: ParsedSentence;
  sentence: Range;
  memory: Memory;
}

/** The words that say it, with the rule that knows them. */
export interface PredicateHit extends Hit {
  /** The rule, where it is not the family alone. */
  rule?: string;
}

/** Where tokens stand in the text. */
export function rangeOf({ tokens }: ParsedSentence, from: number, to: number): Range {
  return { start: tokens[from]?.start ?? 0, end: tokens[to - 1]?.end ?? 0 };
}

/** Statements of claims about subjects, in the words of a clause; none where the words are held at a distance. */
export function statementsFor(
  { scene, sentence }: ReadSentence,
  clause: Clause,
  hit: PredicateHit,
  polarity: Polarity,
  claimed: readonly Claimed[],
  subjects: readonly Argument[],
): readonly Statement[] {
  if (claimed.length === 0 || subjects.length === 0 || isDistanced(scene, hit, sentence)) return [];
  const standing = standingOf(scene, hit, clause, polarity);
  return claimed.flatMap(({ facet, qualifiers }) =>
    subjects.flatMap(({ subject, aliasClaimed }) =>
      withDay({
        claim: { subject, facet, qualifiers, value: null },
        polarity,
        ...standing,
        effective: spokenOf(scene, clause),
        validTime: polarity === 'support' ? eventOf(scene, hit, clause, { facet }) : null,
        ...quoteOf(scene, clause),
        silenceOf: silentChannel(scene, hit, sentence, clause, polarity),
        aliasClaimed,
        rule: hit.rule ?? hit.family,
      }),
    ),
  );
}

/** An announcement on a day is a claim of that day, too. */
function withDay(statement: Statement): readonly Statement[] {
  const { claim, polarity, validTime } = statement;
  const day = validTime?.precision === 'day' && validTime.to === null ? validTime.from : null;
  if (claim.facet !== 'announced' || polarity === 'deny' || day === null) return [statement];
  return [statement, { ...statement, claim: { ...claim, value: day } }];
}
