import { parse } from 'tldts';
import type { Item } from '../../../domain/item.ts';
import type { Publisher } from '../../../domain/publisher.ts';
import { type Day, dayOf, type Instant } from '../../../domain/time.ts';
import type { WordListName } from '../../../domain/word-lists.ts';
import { type DateInText, datesIn } from '../../extract/dates-in-text.ts';
import { languageIn } from '../../extract/page-language.ts';
import type { Mention } from '../../names/mention.ts';
import type { Names } from '../../names/names.ts';
import type { Range } from '../../text/characters.ts';
import { type CueIndex, firstFrom, indexCues } from '../cues/cue-index.ts';
import type { CueMatch, Lexicon } from '../cues/lexicon.ts';
import type { PredicateIndex } from '../frames/predicates.ts';
import type { Gate } from '../gate/gate.ts';
import { type ParsedSentence, parsedFrom } from '../syntax/clauses.ts';
import { tokensIn } from '../syntax/tokens.ts';
import type { WordLists } from '../syntax/word-classes.ts';
import { membersIn, namedSources } from './further-names.ts';
import { type Block, blocksOf, type Masked, maskMarkup } from './markup.ts';
import { sentencesIn } from './sentences.ts';

export interface ReadingContext {
  names: Names;
  lexicon: Lexicon;
  predicates: PredicateIndex;
  lists: WordLists;
  /** Null where everything that rules propose is to be seen. */
  gate: Gate | null;
  publisher: Publisher;
  /** When the bytes were fetched: what counts as today in them. */
  at: Instant;
}

/** A text laid out for reading: where its parts, names, cues and dates stand. All offsets are those of the item's text. */
export interface TextAnalysis {
  item: Item;
  context: ReadingContext;
  /** The words that reading goes by. */
  lists: WordLists;
  language: string;
  masked: Masked;
  folded: string;
  blocks: readonly Block[];
  mentions: readonly Mention[];
  cues: CueIndex;
  dates: readonly DateInText[];
  /** The day its undated words are meant from. */
  today: Day;
  /** What the text is about: the model its title names, else the one it names most. */
  topic: string | null;
  /** The site a page declares itself a copy of. */
  copyOf: string | null;
  /** The sentences of a block, and a sentence taken apart: each is worked out when it is first asked for, and kept. */
  sentencesOf(block: Block): readonly Range[];
  parse(sentence: Range): ParsedSentence;
}

const DEFAULT_LANGUAGE = 'en';
/** Languages whose names are told by capitals between spaces. */
const SPACED = new Set(['en', 'de', 'es', 'pt', 'fr']);

/** Null when the text is in a language whose statements cannot be read: it is skipped, not misread. */
export function analysisOf(item: Item, context: ReadingContext): TextAnalysis | null {
  const language = languageOf(item);
  if (!context.lexicon.reads(language)) return null;
  const masked = maskMarkup(item.text);
  const { folded } = masked;
  const named = context.names.find(masked.text, context.at);
  const blocks = blocksOf(item.text);
  const title = titleOf(item, blocks, context);
  const titled = context.names.find(title, context.at);
  const { words } = context.lexicon;
  // A product is a place to find a model in, unless the text is about it.
  const mentions = membersIn(masked.text, named, titled, {
    ...{ names: context.names, lists: context.lists, words },
  }).filter(
    ({ subject }) =>
      words.standIn(subject) !== '@product' || titled.some((one) => one.subject === subject),
  );
  const today = dayOf(item.published?.from ?? context.at);
  const tokensOf = (within: Range) =>
    tokensIn(folded, within, mentionsWithin({ mentions }, within), words.standIn);
  return {
    item,
    context,
    lists: context.lists,
    language,
    masked,
    folded,
    blocks,
    mentions,
    cues: indexCues(cuesIn(masked, language, mentions, context)),
    dates: datesIn(folded, today),
    today,
    topic: topicOf(title, titled, mentions, context),
    copyOf: copyOf(item),
    sentencesOf: remembered((block) => sentencesIn(folded, block)),
    parse: remembered((sentence) => parsedFrom(context.lists, tokensOf(sentence))),
  };
}

/** A function of an object that is computed once for each. */
function remembered<Key extends object, Value>(of: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? of(key);
    known.set(key, value);
    return value;
  };
}

/** How many blocks from the top a headline is looked for, and how long it may be, in characters. */
const TOP = 6;
const LONGEST_HEADLINE = 120;

/** The title of a text; where that names no model (a site's name), the first line near the top that is a headline and does. */
function titleOf(
  { title, text }: Item,
  blocks: readonly Block[],
  { names, at }: ReadingContext,
): string {
  if (names.find(title, at).length > 0) return title;
  const lines = blocks
    .slice(0, TOP)
    .flatMap(({ start, end }) => text.slice(start, end).split('\n'))
    .map((line) => line.trim())
    .filter((line) => line.length <= LONGEST_HEADLINE && !/[.!]$/.test(line) && line.includes(' '));
  return lines.find((line) => names.find(line, at).length > 0) ?? title;
}

/** Names that are no outlets, and words for those who have none. */
const NO_OUTLETS = /^(?:vendor|attribution|surface|venue|place|report)/;

function isInsideAny({ start, end }: Range, ranges: readonly Range[]): boolean {
  const [around] = ranges.slice(Math.max(0, firstFrom(ranges, start + 1, (one) => one.start) - 1));
  return around !== undefined && around.start <= start && end <= around.end;
}

/** The cues of a text, in order, with the sources it names. */
function cuesIn(
  masked: Masked,
  language: string,
  mentions: readonly Mention[],
  { lexicon, names }: ReadingContext,
): readonly CueMatch[] {
  const named = mentions.map(({ span: [start, end] }) => ({ start, end }));
  // "ChatGPT Images 2.0" is a name, and says nothing of a place.
  const cues = lexicon
    .scan(masked.folded, language)
    .filter((cue) => !cue.family.startsWith('surface') || !isInsideAny(cue, named));
  const taken = [...cues.filter(({ family }) => NO_OUTLETS.test(family)), ...named];
  const sources = SPACED.has(language) ? namedSources(masked, taken) : [];
  const rivals = names.rivals(masked.text).map((range) => ({ family: 'rival', ...range }));
  return [...cues, ...sources, ...rivals].sort((a, b) => a.start - b.start);
}

/** The site a text declares itself a copy of: what it says is said by that site. */
function copyOf({ fields }: Item): string | null {
  const original = fields['original'];
  return typeof original === 'string' ? (parse(original).domain ?? null) : null;
}

function languageOf(item: Item): string {
  const said = item.fields['language'];
  return (typeof said === 'string' ? said : languageIn(item.text)) ?? DEFAULT_LANGUAGE;
}

/** The model of the title, else the one the text names most often; a codename only where there is no model. */
function topicOf(
  title: string,
  titled: readonly Mention[],
  mentions: readonly Mention[],
  { names, lists }: ReadingContext,
): string | null {
  const isModel = ({ subject }: Mention) => names.subject(subject)?.kind !== 'codename';
  const inTitle = titled.filter(
    (one) => isModel(one) && !lists['document.called'].test(title.slice(0, one.span[0])),
  );
  const [first] = inTitle;
  if (first !== undefined) {
    const family = familyTopic(first, inTitle, mentions, names);
    if (family !== null) return family;
    return inTitle.every(({ subject }) => subject === first.subject) ? first.subject : null;
  }
  const codename = titled.find((one) => !isModel(one));
  return codename?.subject ?? soleSubject(mentions.filter(isModel));
}

/** The one model a text names, and names again, where its title names none; others it may name in passing. */
function soleSubject(mentions: readonly Mention[]): string | null {
  const [first] = mentions;
  if (first === undefined || mentions.length < 2 || first.span[0] > EARLY) return null;
  const own = mentions.filter(({ subject }) => subject === first.subject).length;
  return own === mentions.length || (own >= 3 && own >= mentions.length * MOSTLY)
    ? first.subject
    : null;
}

/** The share of its mentions by which a text is about a model. */
const MOSTLY = 0.75;

/** A text that is about a model names it this early, in characters. */
const EARLY = 600;

/** A title of several members of one family, over a text that speaks of the family, is about the family. */
function familyTopic(
  first: Mention,
  titled: readonly Mention[],
  mentions: readonly Mention[],
  names: Names,
): string | null {
  const cut = first.subject.lastIndexOf('-');
  const family = first.subject.slice(0, cut);
  if (cut < 0 || names.subject(family)?.kind !== 'family') return null;
  const isMember = ({ subject }: Mention) => subject.startsWith(`${family}-`);
  const members = new Set(titled.filter(isMember).map(({ subject }) => subject));
  const spoken = mentions.filter(({ subject }) => subject === family).length;
  const hasFamily = spoken > 0 && spoken >= mentions.filter(isMember).length;
  return members.size > 1 || hasFamily ? family : null;
}

export function mentionsWithin(
  { mentions }: Pick<TextAnalysis, 'mentions'>,
  { start, end }: Range,
): readonly Mention[] {
  const first = firstFrom(mentions, start, ({ span }) => span[0]);
  const behind = firstFrom(mentions, end, ({ span }) => span[0]);
  return mentions.slice(first, behind).filter(({ span }) => span[1] <= end);
}

export function datesWithin({ dates }: TextAnalysis, { start, end }: Range): readonly DateInText[] {
  const first = firstFrom(dates, start, (date) => date.start);
  const behind = firstFrom(dates, end, (date) => date.start);
  return dates.slice(first, behind).filter((date) => date.end <= end);
}

/** The folded words of a stretch. */
export function textOf({ folded }: Pick<TextAnalysis, 'folded'>, { start, end }: Range): string {
  return folded.slice(start, end);
}

/** Whether a stretch shows one of the words of a list. */
export function shows(analysis: TextAnalysis, list: WordListName, range: Range): boolean {
  return analysis.lists[list].test(textOf(analysis, range));
}

export function isCodename(analysis: TextAnalysis, mention: Mention): boolean {
  return analysis.context.names.subject(mention.subject)?.kind === 'codename';
}
