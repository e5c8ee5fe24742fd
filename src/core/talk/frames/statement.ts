import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Range } from '../../text/characters.ts';
import { standingOf } from '../context/certainty.ts';
import { isDistanced, silentChannel } from '../context/distance.ts';
import type { CueMatch } from '../cues/lexicon.ts';
import {
  type Argument,
  type Clause,
  eventOf,
  type Memory,
  quoteOf,
  spokenOf,
} from '../document/clause.ts';
import type { TextAnalysis } from '../document/document.ts';
import type { ParsedSentence } from '../syntax/clauses.ts';
import type { Claimed } from './claims.ts';

/** A sentence in its place, taken apart. */
export interface ReadSentence {
  analysis: TextAnalysis;
  parsed: ParsedSentence;
  sentence: Range;
  memory: Memory;
}

/** The words that say it, with the rule that knows them. */
export interface PredicateMatch extends CueMatch {
  /** The rule, where it is not the family alone. */
  rule?: string;
}

/** Where tokens stand in the text. */
export function rangeOf(parsed: ParsedSentence, from: number, to: number): Range {
  return { start: parsed.tokens[from]?.start ?? 0, end: parsed.tokens[to - 1]?.end ?? 0 };
}

/** Statements of claims about subjects, in the words of a clause; none where the words are held at a distance. */
export function statementsFor(
  { analysis, sentence }: ReadSentence,
  clause: Clause,
  cueMatch: PredicateMatch,
  polarity: Polarity,
  claimed: readonly Claimed[],
  subjects: readonly Argument[],
): readonly Statement[] {
  if (claimed.length === 0 || subjects.length === 0 || isDistanced(analysis, cueMatch, sentence))
    return [];
  const standing = standingOf(analysis, cueMatch, clause, polarity);
  return claimed.flatMap(({ facet, qualifiers }) =>
    subjects.flatMap(({ subject, aliasClaimed, named }) =>
      withDay({
        claim: { subject, facet, qualifiers, value: null },
        polarity,
        ...standing,
        effective: spokenOf(analysis, clause),
        validTime: polarity === 'support' ? eventOf(analysis, cueMatch, clause, { facet }) : null,
        ...quoteOf(analysis, clause),
        silenceOf: silentChannel(analysis, cueMatch, sentence, clause, polarity),
        aliasClaimed,
        rule: cueMatch.rule ?? cueMatch.family,
        marks: [
          ...(named === undefined ? [] : [{ part: 'model' as const, span: named }]),
          { part: 'predicate', span: [cueMatch.start, cueMatch.end] },
        ],
      }),
    ),
  );
}

/** An announcement on a day is a claim of that day, too. */
export function withDay(statement: Statement): readonly Statement[] {
  const { claim, polarity, validTime } = statement;
  const day = validTime?.precision === 'day' && validTime.to === null ? validTime.from : null;
  if (claim.facet !== 'announced' || polarity === 'deny' || day === null) return [statement];
  return [statement, { ...statement, claim: { ...claim, value: day } }];
}
