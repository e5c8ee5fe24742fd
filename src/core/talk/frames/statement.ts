import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Range } from '../../text/characters.ts';
import { standingOf } from '../context/certainty.ts';
import { isDistanced, silentChannel } from '../context/distance.ts';
import type { CueMatch } from '../cues/lexicon.ts';
import {
  type Argument,
  type Claimed,
  type Clause,
  eventOf,
  type Memory,
  quoteOf,
  spokenOf,
  statementOf,
} from '../document/clause.ts';
import type { TextAnalysis } from '../document/document.ts';
import type { ParsedSentence } from '../syntax/clauses.ts';

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
  const said = {
    polarity,
    ...standing,
    effective: spokenOf(analysis, clause),
    ...quoteOf(analysis, clause),
    silenceOf: silentChannel(analysis, cueMatch, sentence, clause, polarity),
    rule: cueMatch.rule ?? cueMatch.family,
  };
  const predicate = { part: 'predicate', span: [cueMatch.start, cueMatch.end] } as const;
  return claimed.flatMap((one) =>
    subjects.flatMap((subject) => {
      const { named } = subject;
      const marks = named === undefined ? [] : [{ part: 'model', span: named } as const];
      const validTime =
        polarity === 'support' ? eventOf(analysis, cueMatch, clause, one.facet) : null;
      return withDay(
        statementOf(subject, one, { ...said, validTime, marks: [...marks, predicate] }),
      );
    }),
  );
}

/** An announcement on a day is a claim of that day, too. */
export function withDay(statement: Statement): readonly Statement[] {
  const { claim, polarity, validTime } = statement;
  const day = validTime?.precision === 'day' && validTime.to === null ? validTime.from : null;
  if (claim.facet !== 'announced' || polarity === 'deny' || day === null) return [statement];
  return [statement, { ...statement, claim: { ...claim, value: day } }];
}
