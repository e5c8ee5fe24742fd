import type { Statement } from '../../../domain/evidence.ts';
import type { Mention } from '../../names/mention.ts';
import type { CueMatch } from '../cues/lexicon.ts';
import type { Argument, Clause } from '../document/clause.ts';
import { isCodename } from '../document/document.ts';
import type { ParsedSentence } from '../syntax/clauses.ts';
import { type Claimed, limitedTest, placesIn } from './claims.ts';
import { argumentOf } from './coreference.ts';
import { topicArguments } from './denial-facts.ts';
import { nounEventsIn } from './noun-events.ts';
import { pricesIn } from './prices.ts';
import { type ReadSentence, rangeOf, statementsFor } from './statement.ts';

/** What a sentence says by its nouns and figures: prices, launches, ids, rollouts, documents and sightings. */
export function supportFacts(
  read: ReadSentence,
  framed: readonly Statement[],
): readonly Statement[] {
  const isTested = framed.some(({ claim }) => claim.facet === 'limited_test');
  return [
    ...priced(read),
    ...events(read),
    ...called(read),
    ...rollouts(read),
    ...papers(read),
    ...(isTested ? [] : sightings(read)),
  ];
}

function wholeClause({ sentence, memory }: ReadSentence): Clause {
  return { ...sentence, sentence, memory };
}

function stated(
  read: ReadSentence,
  cueMatch: CueMatch,
  claimed: readonly Claimed[],
  subjects: readonly Argument[],
): readonly Statement[] {
  return statementsFor(read, wholeClause(read), cueMatch, 'support', claimed, subjects);
}

/** The one model a sentence names; null for none, and for several. */
function onlyNamed({ parsed }: ReadSentence): { only: Mention | null; count: number } {
  const named = new Map(
    parsed.tokens.flatMap(({ mention }) =>
      mention === null ? [] : [[mention.subject, mention] as const],
    ),
  );
  const [first] = named.values();
  return { only: named.size === 1 ? (first ?? null) : null, count: named.size };
}

const WRITER = ['our', 'ours', 'my', 'we', 'us'];

function priced(read: ReadSentence): readonly Statement[] {
  const { analysis, parsed, sentence } = read;
  const isOfVendor = () => analysis.cues.has(sentence, 'attribution.vendor');
  const isOfWriter = WRITER.some((word) => parsed.words.has(word));
  return pricesIn(parsed, isOfVendor).flatMap(({ at, to, mention }) => {
    // "through our gateway", "in my tests": what the writer takes or paid, where no model is named beside it.
    if (mention === null && isOfWriter) return [];
    const subjects = mention === null ? topicArguments(read) : [argumentOf(mention)];
    const cueMatch = { family: 'price.noun', ...rangeOf(parsed, at, to) };
    return stated(read, cueMatch, [{ facet: 'priced', qualifiers: {} }], subjects);
  });
}

/** Launches and ends that a noun tells of. */
function events(read: ReadSentence): readonly Statement[] {
  const { parsed } = read;
  return nounEventsIn(parsed).flatMap(({ facet, isDenied, at, to, mentions }) => {
    const subjects = mentions.length > 0 ? mentions.map(argumentOf) : topicArguments(read);
    const cueMatch = { family: 'release.noun', ...rangeOf(parsed, at, to) };
    const polarity = isDenied ? 'deny' : 'support';
    const claimed = [{ facet, qualifiers: {} }];
    return statementsFor(read, wholeClause(read), cueMatch, polarity, claimed, subjects);
  });
}

/** The ids a model is called by. */
function called(read: ReadSentence): readonly Statement[] {
  const { parsed } = read;
  if (parsed.clauses.some(({ opener }) => opener === 'if')) return [];
  return modelIdsIn(parsed).flatMap(({ at, to, mention }) => {
    const cueMatch = { family: 'api.noun', ...rangeOf(parsed, at, to) };
    return stated(read, cueMatch, [{ facet: 'api_listed', qualifiers: {} }], [argumentOf(mention)]);
  });
}
/** How far the places of a rollout reach, in characters. */
const ROLLOUT_REACH = 90;

/** "A phased rollout across ChatGPT and the API": what is being rolled out is there, for some. */
function rollouts(read: ReadSentence): readonly Statement[] {
  const found = nounPhraseIn(read, read.analysis.lists['support-facts.rollout']);
  if (found === null) return [];
  const { analysis, sentence } = read;
  const { start, end, subjects } = found;
  const where = { start, end: Math.min(sentence.end, start + ROLLOUT_REACH) };
  if (!analysis.cues.has(where, 'surface', 'api', 'recipient')) return [];
  const cueMatch = { family: 'release.ing', rule: 'release.noun', start, end };
  return stated(read, cueMatch, placesIn(analysis, where, 'product_available'), subjects);
}

const PAPERS = /\b(?:backed|covered|supported) by (?:\w+ ){0,2}?(?:documentation|docs)\b/;

/** "a named launch, backed by documentation" */
function papers(read: ReadSentence): readonly Statement[] {
  const found = nounPhraseIn(read, PAPERS);
  if (found === null) return [];
  const cueMatch = {
    ...{ family: 'document.past', rule: 'document.told' },
    ...{ start: found.start, end: found.end },
  };
  return stated(read, cueMatch, [{ facet: 'documented', qualifiers: {} }], found.subjects);
}

/** Words of a sentence that unsettle nothing and name one model at most: said of it, or of what the text is about. */
function nounPhraseIn(
  read: ReadSentence,
  pattern: RegExp,
): { start: number; end: number; subjects: readonly Argument[] } | null {
  const { analysis, sentence } = read;
  const text = analysis.folded.slice(sentence.start, sentence.end);
  const found = pattern.exec(text);
  if (found === null) return null;
  const { only, count } = onlyNamed(read);
  if (count > 1 || read.analysis.lists['support-facts.unreal'].test(text.slice(0, found.index)))
    return null;
  const start = sentence.start + found.index;
  const subjects = only === null ? topicArguments(read) : [argumentOf(only)];
  return { start, end: start + found[0].length, subjects };
}

const OPEN = ['not', 'no', 'never', 'if', 'whether', 'would', 'could'];
const THE_MODEL = /\b(?:the|this|next|new) (?:\w+ ){0,2}model\b/;

/** A codename and a venue in one sentence: whatever it does there, it was seen; a model where it is tested. */
function sightings(read: ReadSentence): readonly Statement[] {
  const { analysis, parsed, sentence } = read;
  const [venue] = analysis.cues.within(sentence, 'venue');
  if (venue === undefined || OPEN.some((word) => parsed.words.has(word))) return [];
  const codename = parsed.tokens.find(
    ({ mention }) => mention !== null && isCodename(analysis, mention),
  )?.mention;
  const cueMatch = { family: 'sight.past', start: venue.start, end: venue.end };
  const claimed = [limitedTest(analysis, wholeClause(read))];
  if (codename != null) return stated(read, cueMatch, claimed, [argumentOf(codename)]);
  if (!parsed.tokens.some(({ text }) => read.analysis.lists['support-facts.tested'].test(text)))
    return [];
  const { only, count } = onlyNamed(read);
  if (
    count > 1 ||
    (only === null && !THE_MODEL.test(analysis.folded.slice(sentence.start, sentence.end)))
  )
    return [];
  const subjects = only === null ? topicArguments(read) : [argumentOf(only)];
  return stated(read, cueMatch, claimed, subjects);
}

/** "The model ID is gpt-image-2": an id that is given as what the API is called with. */
interface NamedId {
  at: number;
  to: number;
  mention: Mention;
}

const NOUNS = ['id', 'ids', 'identifier', 'string', 'slug', 'name'];
const ID_WORD = /^(?:ids?|identifier|string|slug)$/;
const NOT_GIVEN = /^(?:no|an?|not|wrong|fake|invented|your)$/;
/** How far behind its noun an id may stand, in tokens. */
const REACH = 5;

/** The ids a sentence gives as the names a model is called by. */
function modelIdsIn(parsed: ParsedSentence): readonly NamedId[] {
  const { words } = parsed;
  if (!NOUNS.some((noun) => words.has(noun))) return [];
  return parsed.tokens.flatMap((_, at) => {
    if (!isIdNoun(parsed, at) || NOT_GIVEN.test(parsed.word(at - 2))) return [];
    const found = idBehind(parsed, at) ?? idBefore(parsed, at);
    return found === null ? [] : [found];
  });
}

function isIdNoun(parsed: ParsedSentence, at: number): boolean {
  const text = parsed.word(at);
  return ID_WORD.test(text) || (text === 'name' && /^(?:model|api)$/.test(parsed.word(at - 1)));
}

function idBehind(parsed: ParsedSentence, at: number): NamedId | null {
  for (let k = at + 1; k <= at + REACH; k++) {
    const mention = parsed.name(k);
    if (mention !== null) return { at, to: k + 1, mention };
    if (!parsed.is('model-ids.leads', k)) return null;
  }
  return null;
}

/** "in the API under the gpt-image-2 identifier" */
function idBefore(parsed: ParsedSentence, at: number): NamedId | null {
  const mention = parsed.name(at - 1);
  const isLed = /^(?:the|under|"|as)$/.test(parsed.word(at - 2));
  const isOfApi = parsed.tokens.some(({ text }) => /^apis?$/.test(text));
  return mention !== null && isLed && isOfApi ? { at, to: at + 1, mention } : null;
}
