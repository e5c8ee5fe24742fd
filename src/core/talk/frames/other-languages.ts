import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Facet } from '../../../domain/facet.ts';
import { type Mention, onePerSubject } from '../../names/mention.ts';
import type { Range } from '../../text/characters.ts';
import { standingOf } from '../context/certainty.ts';
import {
  type Argument,
  type Clause,
  eventOf,
  type Memory,
  quoteOf,
  statementOf,
} from '../document/clause.ts';
import { mentionsWithin, type TextAnalysis } from '../document/document.ts';
import { clausesIn, isQuestion } from '../document/sentences.ts';
import { argumentOf } from './coreference.ts';
import { withDay } from './statement.ts';

/** Families of cues that say something of a model, with what they say; the first that a clause shows decides. */
const SAYS: readonly (readonly [string, Facet])[] = [
  ['deny.date', 'date'],
  ['deny.release', 'released'],
  ['deny.api', 'api_listed'],
  ['deny.announce', 'announced'],
  ['price.unit', 'priced'],
  ['test', 'limited_test'],
  ['retire.past', 'retired'],
  ['deprecate', 'deprecated'],
  ['release', 'released'],
  ['access', 'product_available'],
  ['announce', 'announced'],
];

/** What a sentence in a language other than English says in plain words: one cue, one model, nothing that unsettles it. */
export function plainStatements(
  analysis: TextAnalysis,
  sentence: Range,
  memory: Memory,
): readonly Statement[] {
  if (isQuestion(analysis.folded, sentence)) return [];
  return clausesIn(analysis.folded, sentence, analysis.context.lexicon.words).flatMap((range) => {
    const clause: Clause = { ...range, sentence, memory };
    if (analysis.cues.has(clause, 'conditional', 'prospective', 'counterfactual', 'unasserted'))
      return [];
    return saidIn(analysis, clause);
  });
}

function saidIn(analysis: TextAnalysis, clause: Clause): readonly Statement[] {
  const found = SAYS.flatMap(([family, facet]) => {
    const [cueMatch] = analysis.cues.within(clause, family);
    return cueMatch === undefined ? [] : [{ cueMatch, facet, family }];
  })[0];
  if (found === undefined) return [];
  const denies = found.family.startsWith('deny') || analysis.cues.has(clause, 'negator');
  const polarity: Polarity = denies ? 'deny' : 'support';
  // "Der Start im Mai": a noun alone tells of no event.
  if (!denies && found.cueMatch.family.endsWith('.noun')) return [];
  const subjects = subjectsOf(analysis, clause);
  const places =
    found.facet === 'released' || found.facet === 'product_available'
      ? placesIn(analysis, clause, found.facet)
      : [found.facet];
  const isByMaker = found.family === 'release' && !denies && namesMaker(analysis, clause);
  const facets: readonly Facet[] = isByMaker ? [...places, 'announced'] : places;
  const { cueMatch } = found;
  const standing = standingOf(analysis, cueMatch, clause, polarity);
  const said = { polarity, ...standing, ...quoteOf(analysis, clause), rule: 'plain' };
  return facets.flatMap((facet) => {
    const validTime = denies ? null : eventOf(analysis, cueMatch, clause, facet);
    return subjects.flatMap((subject) =>
      withDay(statementOf(subject, { facet, qualifiers: {} }, { ...said, validTime })),
    );
  });
}

/** What its maker brings out is announced by it: a maker that stands apart from the model's name ("OpenAI GPT-9"). */
function namesMaker(analysis: TextAnalysis, clause: Clause): boolean {
  const named = mentionsWithin(analysis, clause);
  return analysis.cues
    .within(clause, 'vendor')
    .some(
      ({ end }) => !named.some(({ span }) => /^\s*$/.test(analysis.folded.slice(end, span[0]))),
    );
}

function subjectsOf(analysis: TextAnalysis, clause: Clause): readonly Argument[] {
  const named = mentionsWithin(analysis, clause);
  if (named.length > 0)
    return areJoined(analysis, named) ? onePerSubject(named).map(argumentOf) : [];
  const inSentence = mentionsWithin(analysis, clause.sentence);
  if (inSentence.length > 0 || analysis.topic === null) return [];
  return [{ subject: analysis.topic, aliasClaimed: false }];
}

const JOINT = /^\s*(?:,|、|，|und|y|e|et|and|和|与|と|와|과|및|&|\/)?\s*(?:und|y|e|et|and|和)?\s*$/;

/** Names side by side share what is said; of others it is not sure which is meant. */
function areJoined({ folded }: TextAnalysis, named: readonly Mention[]): boolean {
  return named.every((one, index) => {
    const before = named[index - 1];
    if (before === undefined || before.subject === one.subject) return true;
    return JOINT.test(folded.slice(before.span[1], one.span[0]));
  });
}

function placesIn(analysis: TextAnalysis, clause: Clause, facet: Facet): readonly Facet[] {
  const found: Facet[] = [];
  if (analysis.cues.has(clause, 'surface')) found.push('product_available');
  if (analysis.cues.has(clause, 'api')) found.push('api_listed');
  return found.length > 0 ? found : [facet];
}
