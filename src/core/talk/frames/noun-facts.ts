import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Mention } from '../../names/mention.ts';
import { onePerSubject } from '../../names/mention.ts';
import type { Range } from '../../text/characters.ts';
import type { Argument, Claimed, Clause } from '../document/clause.ts';
import { isCodename, shows, textOf } from '../document/document.ts';
import type { ParsedSentence } from '../syntax/clauses.ts';
import { limitedTest, namesPlace, placesIn } from './claims.ts';
import { argumentOf, topicOf } from './coreference.ts';
import { nounDenialsIn } from './noun-denials.ts';
import { nounEventsIn } from './noun-events.ts';
import { pricesIn } from './prices.ts';
import { type ReadSentence, rangeOf, statementsFor } from './statement.ts';

/** What a sentence says by its nouns and figures: what there is not, prices, launches, ids, rollouts, sightings. */
export function nounFacts(read: ReadSentence, framed: readonly Statement[]): readonly Statement[] {
  const isTested = framed.some(({ claim }) => claim.facet === 'limited_test');
  return [
    ...missing(read),
    ...silence(read),
    ...leftOut(read, framed),
    ...priced(read),
    ...events(read),
    ...called(read),
    ...rollouts(read),
    ...papers(read),
    ...(isTested ? [] : sightings(read)),
  ];
}

/** The model that a sentence without a name of its own is about: the one of its section, or of the page. */
export function topicArguments(read: ReadSentence): readonly Argument[] {
  const { analysis, sentence, memory } = read;
  const { model, section } = memory;
  const isMember =
    model !== null && analysis.topic !== null && model.subject.startsWith(`${analysis.topic}-`);
  const isOther =
    section === null && model !== null && model.subject !== analysis.topic && !isMember;
  if (isOther || analysis.cues.has(sentence, 'rival')) return [];
  const topic = topicOf(analysis, memory);
  const { names } = analysis.context;
  const isFamily = topic.every(({ subject }) => names.subject(subject)?.kind === 'family');
  return isFamily || !shows(analysis, 'phrases.several', sentence) ? topic : [];
}

/** Words of a sentence, and the models they are said of; none for the one the sentence is about. */
interface Told {
  family: string;
  rule?: string;
  where: Range;
  mentions: readonly Mention[];
  polarity?: Polarity;
}

function told(
  read: ReadSentence,
  { family, rule = family, where, mentions, polarity = 'support' }: Told,
  ...claimed: readonly Claimed[]
): readonly Statement[] {
  const subjects = mentions.length > 0 ? mentions.map(argumentOf) : topicArguments(read);
  const cueMatch = { family, rule, start: where.start, end: where.end };
  return statementsFor(read, wholeClause(read), cueMatch, polarity, claimed, subjects);
}

function wholeClause({ sentence, memory }: ReadSentence): Clause {
  return { ...sentence, sentence, memory };
}

function plainly(facet: Claimed['facet']): Claimed {
  return { facet, qualifiers: {} };
}

function hasAny({ words }: ParsedSentence, ...some: readonly string[]): boolean {
  return some.some((word) => words.has(word));
}

/** "No launch date has been given": what a released model has, and this one has not. */
function missing(read: ReadSentence): readonly Statement[] {
  const { analysis, parsed, sentence } = read;
  if (!hasAny(parsed, 'no', 'not', 'never')) return [];
  if (parsed.clauses.some(({ opener }) => opener === 'if' || opener === 'unless')) return [];
  return nounDenialsIn(parsed).flatMap(({ facet, at, to, mentions }) => {
    const where = rangeOf(parsed, at, to);
    const claimed = facet === 'released' ? placesIn(analysis, sentence, facet) : [plainly(facet)];
    return told(read, { family: 'deny.past', where, mentions, polarity: 'deny' }, ...claimed);
  });
}

const MAKER = /^(?:@maker|company|lab|firm|it)$/;

/** "OpenAI has said nothing about it", "Nothing has been announced". */
function silence(read: ReadSentence): readonly Statement[] {
  const { parsed } = read;
  if (!parsed.words.has('nothing') || hasAny(parsed, 'if', 'unless', 'whether')) return [];
  const at = parsed.tokens.findIndex(({ text }) => text === 'nothing');
  const verb = verbOfNothing(parsed, at);
  if (verb === null || /^(?:new|else|more|but)$/.test(parsed.word(at + 1))) return [];
  const facet = /^(?:shipped|released)$/.test(verb) ? 'released' : 'announced';
  const where = rangeOf(parsed, at, at + 1);
  const mentions = namedIn(parsed).slice(0, 1);
  const said = { family: 'deny.announce', where, mentions, polarity: 'deny' } as const;
  return told(read, said, plainly(facet));
}

function verbOfNothing(parsed: ParsedSentence, at: number): string | null {
  const before = parsed.word(at - 1);
  if (parsed.is('denial-facts.say', at - 1))
    return parsed.tokens.slice(0, at).some(({ text }) => MAKER.test(text)) ? before : null;
  if (at > 3) return null;
  const behind = parsed.tokens.slice(at + 1, at + 6);
  return behind.find(({ text }) => parsed.lists['denial-facts.say'].test(text))?.text ?? null;
}

const PRESENT = /^(?:released|announced|product_available|api_listed)$/;

/** "…, but not in the API yet": what the sentence says holds, denied for a place by the same rule. */
function leftOut(read: ReadSentence, framed: readonly Statement[]): readonly Statement[] {
  const { analysis, sentence, memory } = read;
  const said = framed.find(
    ({ claim, polarity }) => polarity === 'support' && PRESENT.test(claim.facet),
  );
  const found = analysis.lists['denial-facts.left-out'].exec(textOf(analysis, sentence));
  if (said === undefined || found === null) return [];
  const start = sentence.start + found.index;
  const where = { start, end: start + found[0].length };
  if (!namesPlace(analysis, where)) return [];
  const subjects = [{ subject: said.claim.subject, aliasClaimed: said.aliasClaimed }];
  const places = placesIn(analysis, where, 'product_available');
  const cueMatch = { family: 'deny.place', rule: said.rule ?? 'deny.past', ...where };
  return statementsFor(read, { ...where, sentence, memory }, cueMatch, 'deny', places, subjects);
}

/** The models a sentence names, each once. */
function namedIn({ tokens }: ParsedSentence): readonly Mention[] {
  return onePerSubject(tokens.flatMap(({ mention }) => (mention === null ? [] : [mention])));
}

function priced(read: ReadSentence): readonly Statement[] {
  const { analysis, parsed, sentence } = read;
  const isOfVendor = () => analysis.cues.has(sentence, 'attribution.vendor');
  return pricesIn(parsed, isOfVendor).flatMap(({ at, to, mention }) => {
    // "through our gateway", "in my tests": what the writer takes or paid, where no model is named beside it.
    if (mention === null && hasAny(parsed, 'our', 'ours', 'my', 'we', 'us')) return [];
    const mentions = mention === null ? [] : [mention];
    const where = rangeOf(parsed, at, to);
    return told(read, { family: 'price.noun', where, mentions }, plainly('priced'));
  });
}

/** Launches and ends that a noun tells of. */
function events(read: ReadSentence): readonly Statement[] {
  return nounEventsIn(read.parsed).flatMap(({ facet, isDenied, at, to, mentions }) => {
    const polarity = isDenied ? 'deny' : 'support';
    const where = rangeOf(read.parsed, at, to);
    return told(read, { family: 'release.noun', where, mentions, polarity }, plainly(facet));
  });
}

/** The ids a model is called by. */
function called(read: ReadSentence): readonly Statement[] {
  const { parsed } = read;
  if (parsed.clauses.some(({ opener }) => opener === 'if')) return [];
  return modelIdsIn(parsed).flatMap(({ at, to, mention }) => {
    const where = rangeOf(parsed, at, to);
    return told(read, { family: 'api.noun', where, mentions: [mention] }, plainly('api_listed'));
  });
}

/** How far the places of a rollout reach, in characters. */
const ROLLOUT_REACH = 90;

/** "A phased rollout across ChatGPT and the API": what is being rolled out is there, for some. */
function rollouts(read: ReadSentence): readonly Statement[] {
  const { analysis, sentence } = read;
  const found = nounPhraseIn(read, analysis.lists['support-facts.rollout']);
  if (found === null) return [];
  const { start } = found.where;
  const reach = { start, end: Math.min(sentence.end, start + ROLLOUT_REACH) };
  if (!analysis.cues.has(reach, 'surface', 'api', 'recipient')) return [];
  const places = placesIn(analysis, reach, 'product_available');
  return told(read, { family: 'release.ing', rule: 'release.noun', ...found }, ...places);
}

const PAPERS = /\b(?:backed|covered|supported) by (?:\w+ ){0,2}?(?:documentation|docs)\b/;

/** "a named launch, backed by documentation" */
function papers(read: ReadSentence): readonly Statement[] {
  const found = nounPhraseIn(read, PAPERS);
  if (found === null) return [];
  const said = { family: 'document.past', rule: 'document.told', ...found };
  return told(read, said, plainly('documented'));
}

/** Words of a sentence that unsettle nothing and name one model at most: said of it, or of what the text is about. */
function nounPhraseIn(
  read: ReadSentence,
  pattern: RegExp,
): Pick<Told, 'where' | 'mentions'> | null {
  const { analysis, sentence } = read;
  const text = textOf(analysis, sentence);
  const found = pattern.exec(text);
  if (found === null) return null;
  const mentions = namedIn(read.parsed);
  const isUnreal = analysis.lists['support-facts.unreal'].test(text.slice(0, found.index));
  if (mentions.length > 1 || isUnreal) return null;
  const start = sentence.start + found.index;
  return { where: { start, end: start + found[0].length }, mentions };
}

const THE_MODEL = /\b(?:the|this|next|new) (?:\w+ ){0,2}model\b/;

/** A codename and a venue in one sentence: whatever it does there, it was seen; a model where it is tested. */
function sightings(read: ReadSentence): readonly Statement[] {
  const { analysis, parsed, sentence } = read;
  const [where] = analysis.cues.within(sentence, 'venue');
  if (
    where === undefined ||
    hasAny(parsed, 'not', 'no', 'never', 'if', 'whether', 'would', 'could')
  )
    return [];
  const named = namedIn(parsed);
  const codename = named.find((one) => isCodename(analysis, one));
  const isTested = parsed.tokens.some((_, at) => parsed.is('support-facts.tested', at));
  const isMeant = named.length === 1 || THE_MODEL.test(textOf(analysis, sentence));
  if (codename === undefined && (!isTested || named.length > 1 || !isMeant)) return [];
  const mentions = codename === undefined ? named : [codename];
  return told(
    read,
    { family: 'sight.past', where, mentions },
    limitedTest(analysis, wholeClause(read)),
  );
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
