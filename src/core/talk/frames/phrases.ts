import type { Polarity, Statement } from '../../../domain/evidence.ts';
import { type Mention, onePerSubject } from '../../names/mention.ts';
import type { CueMatch } from '../cues/lexicon.ts';
import type { Argument, Claimed, Clause } from '../document/clause.ts';
import { isCodename, type TextAnalysis, textOf } from '../document/document.ts';
import { limitedTest, placesIn } from './claims.ts';
import { argumentOf } from './coreference.ts';
import { topicArguments } from './noun-facts.ts';
import { type ReadSentence, statementsFor } from './statement.ts';

/** What a family of constructions says: the claim, whether it is denied, and as what the words stand in the sentence. */
interface Said {
  polarity: Polarity;
  /** The family by whose force it is weighed. */
  weighed: string;
  claims(analysis: TextAnalysis, clause: Clause, cueMatch: CueMatch): readonly Claimed[];
}

function one(facet: Claimed['facet']): () => readonly Claimed[] {
  return () => [{ facet, qualifiers: {} }];
}

const SAID: Readonly<Record<string, Said>> = {
  'phrase.access': {
    ...{ polarity: 'support', weighed: 'access.past' },
    claims: (analysis, clause) => placesIn(analysis, clause, 'product_available'),
  },
  'phrase.limited': {
    ...{ polarity: 'support', weighed: 'sight.past' },
    claims: (analysis, clause) => [limitedTest(analysis, clause)],
  },
  'phrase.waiting': {
    ...{ polarity: 'deny', weighed: 'deny.past' },
    claims: (analysis, clause) => placesIn(analysis, clause, 'product_available'),
  },
  'phrase.absent': {
    ...{ polarity: 'deny', weighed: 'deny.past' },
    claims: (analysis, clause) => placesIn(analysis, clause, 'released'),
  },
  'phrase.silent': {
    ...{ polarity: 'deny', weighed: 'deny.announce' },
    claims: one('announced'),
  },
  'phrase.undated': { ...{ polarity: 'deny', weighed: 'deny.date' }, claims: one('date') },
  'phrase.ending': { ...{ polarity: 'support', weighed: 'retire.past' }, claims: one('retired') },
};

const RULES = { support: 'phrase.said', deny: 'phrase.denied' } as const;

/** What a sentence says by a construction of its own, which hangs on no verb with a model beside it. */
export function phraseStatements(read: ReadSentence): readonly Statement[] {
  const { analysis, sentence, memory } = read;
  const found = analysis.cues.within(sentence, 'phrase');
  if (found.length === 0) return [];
  const text = textOf(analysis, sentence);
  if (analysis.lists['phrases.open'].test(text)) return [];
  const clause: Clause = { ...sentence, sentence, memory };
  return found.flatMap((cueMatch) => {
    const said = SAID[cueMatch.family];
    if (said === undefined) return [];
    if (
      /access|limited/.test(cueMatch.family) &&
      analysis.lists['phrases.ahead'].test(text.slice(0, cueMatch.end - sentence.start))
    )
      return [];
    const claimed = said.claims(analysis, clause, cueMatch);
    const weighed = {
      family: said.weighed,
      rule: RULES[said.polarity],
      start: cueMatch.start,
      end: cueMatch.end,
    };
    return statementsFor(read, clause, weighed, said.polarity, claimed, subjectsOf(read));
  });
}

/** The one model a sentence names; where it names none, the one it is about by what stands before it. */
function subjectsOf(read: ReadSentence): readonly Argument[] {
  const { analysis, parsed, sentence, memory } = read;
  const named = onePerSubject(
    parsed.tokens.flatMap(({ mention }): readonly Mention[] =>
      mention === null || isCodename(analysis, mention) ? [] : [mention],
    ),
  );
  if (named.length > 0) return named.length === 1 ? named.map(argumentOf) : [];
  const { model } = memory;
  const isTakenUp = analysis.cues.has(sentence, 'anaphor') || analysis.topic === null;
  const isRival = analysis.cues.has(sentence, 'rival');
  if (model !== null && isTakenUp && !isRival && !isCodename(analysis, model)) {
    return [argumentOf(model)];
  }
  return memory.several.length > 0 && analysis.topic === null ? [] : topicArguments(read);
}
