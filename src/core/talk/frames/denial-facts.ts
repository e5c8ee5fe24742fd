import type { Statement } from '../../../domain/evidence.ts';
import type { Range } from '../../text/characters.ts';
import type { Argument, Clause } from '../document/clause.ts';
import type { TextAnalysis } from '../document/document.ts';
import type { ParsedSentence } from '../syntax/clauses.ts';
import { type Claimed, namesPlace, placesIn } from './claims.ts';
import { argumentOf, topicOf } from './coreference.ts';
import { nounDenialsIn } from './noun-denials.ts';
import { type ReadSentence, rangeOf, statementsFor } from './statement.ts';

/** What a sentence denies by its nouns: what there is not, what was not said, where it is not. */
export function denialFacts(
  read: ReadSentence,
  framed: readonly Statement[],
): readonly Statement[] {
  return [...missing(read), ...silence(read), ...leftOut(read, framed)];
}

/** The model that a sentence without a name of its own is about: the one of its section, or of the page. */
export function topicArguments({ analysis, sentence, memory }: ReadSentence): readonly Argument[] {
  const { model, section } = memory;
  const isMember =
    model !== null && analysis.topic !== null && model.subject.startsWith(`${analysis.topic}-`);
  const isOther =
    section === null && model !== null && model.subject !== analysis.topic && !isMember;
  if (isOther || analysis.cues.has(sentence, 'rival')) return [];
  const topic = topicOf(analysis, memory);
  const isFamily = topic.every(
    ({ subject }) => analysis.context.names.subject(subject)?.kind === 'family',
  );
  return isFamily || !analysis.lists['phrases.several'].test(textOf(analysis, sentence))
    ? topic
    : [];
}

function textOf({ folded }: TextAnalysis, { start, end }: Range): string {
  return folded.slice(start, end);
}

/** Words that say there is none of a thing. */
const NEGATIONS = ['no', 'not', 'never'];

/** "No launch date has been given": what a released model has, and this one has not. */
function missing(read: ReadSentence): readonly Statement[] {
  const { analysis, parsed, sentence, memory } = read;
  if (!NEGATIONS.some((word) => parsed.words.has(word))) return [];
  if (parsed.clauses.some(({ opener }) => opener === 'if' || opener === 'unless')) return [];
  const clause: Clause = { ...sentence, sentence, memory };
  return nounDenialsIn(parsed).flatMap(({ facet, at, to, mentions }) => {
    const subjects = mentions.length > 0 ? mentions.map(argumentOf) : topicArguments(read);
    const cueMatch = { family: 'deny.past', ...rangeOf(parsed, at, to) };
    const claimed =
      facet === 'released' ? placesIn(analysis, sentence, facet) : [{ facet, qualifiers: {} }];
    return statementsFor(read, clause, cueMatch, 'deny', claimed, subjects);
  });
}
const MAKER = /^(?:@maker|company|lab|firm|it)$/;

/** "OpenAI has said nothing about it", "Nothing has been announced". */
function silence(read: ReadSentence): readonly Statement[] {
  const { parsed, sentence, memory } = read;
  if (!parsed.words.has('nothing')) return [];
  if (['if', 'unless', 'whether'].some((word) => parsed.words.has(word))) return [];
  const at = parsed.tokens.findIndex(({ text }) => text === 'nothing');
  const verb = verbOfNothing(parsed, at);
  if (verb === null || /^(?:new|else|more|but)$/.test(parsed.word(at + 1))) return [];
  const facet = /^(?:shipped|released)$/.test(verb) ? 'released' : 'announced';
  const named = parsed.tokens.find(({ mention }) => mention !== null)?.mention ?? null;
  const subjects = named === null ? topicArguments(read) : [argumentOf(named)];
  const cueMatch = { family: 'deny.announce', ...rangeOf(parsed, at, at + 1) };
  const clause: Clause = { ...sentence, sentence, memory };
  return statementsFor(read, clause, cueMatch, 'deny', [{ facet, qualifiers: {} }], subjects);
}

function verbOfNothing(parsed: ParsedSentence, at: number): string | null {
  const before = parsed.word(at - 1);
  if (parsed.lists['denial-facts.say'].test(before))
    return parsed.tokens.slice(0, at).some(({ text }) => MAKER.test(text)) ? before : null;
  if (at > 3) return null;
  return (
    parsed.tokens
      .slice(at + 1, at + 6)
      .find(({ text }) => parsed.lists['denial-facts.say'].test(text))?.text ?? null
  );
}
const PRESENT = /^(?:released|announced|product_available|api_listed)$/;

/** "…, but not in the API yet": what the sentence says holds, denied for a place by the same rule. */
function leftOut(read: ReadSentence, framed: readonly Statement[]): readonly Statement[] {
  const { analysis, sentence, memory } = read;
  const said = framed.find(
    ({ claim, polarity }) => polarity === 'support' && PRESENT.test(claim.facet),
  );
  if (said === undefined) return [];
  const found = read.analysis.lists['denial-facts.left-out'].exec(
    analysis.folded.slice(sentence.start, sentence.end),
  );
  if (found === null) return [];
  const start = sentence.start + found.index;
  const where = { start, end: start + found[0].length };
  if (!namesPlace(analysis, where)) return [];
  const subjects = [{ subject: said.claim.subject, aliasClaimed: said.aliasClaimed }];
  const places: readonly Claimed[] = placesIn(analysis, where, 'product_available');
  const cueMatch = { family: 'deny.place', rule: said.rule ?? 'deny.past', ...where };
  return statementsFor(read, { ...where, sentence, memory }, cueMatch, 'deny', places, subjects);
}
