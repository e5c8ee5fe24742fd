import type { ReadSentence } from '../language/read-sentence.ts';
import type { Token, Words } from '../language/sentence-parts.ts';
import type { Mention } from '../names/mention.ts';
import { foldText } from '../text/characters.ts';
import { type Identified, identifiedIn, namesIn } from './named-models.ts';
import type { PrimaryContext } from './statement.ts';

/** The sentences of a text, with the names in them: those that are known, and those that the text makes known itself. */
export function namedSentences(
  text: string,
  context: PrimaryContext,
): Identified & { sentences: readonly ReadSentence[] } {
  const known = namesIn(text, context);
  const first = readWith(text, known, context);
  const introduced = introducedNames(text, first.sentences, known, context);
  if (introduced.length === 0) return first;
  const all = [...known, ...introduced].sort((a, b) => a.span[0] - b.span[0]);
  return readWith(text, all, context);
}

function readWith(
  text: string,
  names: readonly Mention[],
  context: PrimaryContext,
): Identified & { sentences: readonly ReadSentence[] } {
  const identified = identifiedIn(text, names, context);
  const ranges = identified.mentions.map(({ span }) => ({ start: span[0], end: span[1] }));
  return { ...identified, sentences: context.english.read(text, ranges) };
}

/** An id in the brackets behind a name: "Mosaic 1.5 32B (`mosaic-1.5-32b`)". */
const BRACKETED = /\(\s*([a-z][a-z0-9]*(?:[-.][a-z0-9]+)+)\s*(?=[),])/g;
/** The most words, and characters, that a name before its brackets has. */
const MOST_WORDS = 6;
const LONGEST = 60;
/** What an id may have behind its name: a day, a stage, a form of the weights. */
const ENDING =
  /^(?:-(?:\d{4}(?:-\d{2}){0,2}|\d{8}|\d{2}-\d{4}|preview|exp|beta|instruct|it|v\d+))+$/;
/** How many parameters there are: "32b", "8x22b", "a3b". */
const SIZED = /(?:^|-)(?:[ae]?\d+(?:\.\d+)?|\d+x\d+)b(?:-|$)/;

const NAME =
  /^(?:(?:the|our)\s+)?(\p{Lu}[\p{L}\p{N}.+-]*(?: (?:\p{Lu}|\p{N})[\p{L}\p{N}.+-]*){0,5})/u;
const SIGNS: ReadonlySet<string> = new Set([',', ':', '—', '–', 'is']);

/**
 * Names that no catalogue knows, where the vendor's own text says that they are models of its own: by the id it gives for
 * them in brackets, or by what it calls them ("Muse Aria, our first open music model").
 */
function introducedNames(
  text: string,
  sentences: readonly ReadSentence[],
  known: readonly Mention[],
  context: PrimaryContext,
): readonly Mention[] {
  const { vendor } = context.watcher;
  if (vendor === null) return [];
  const scene = { text, sentences, known, context, vendor };
  const found = [...namesWithIds(scene), ...describedNames(scene)].sort(
    (a, b) => a.span[0] - b.span[0],
  );
  let end = 0;
  return found.filter(({ span }) => {
    const isFree = span[0] >= end && !isNamedWithin(known, span);
    if (isFree) end = span[1];
    return isFree;
  });
}

interface Scene {
  text: string;
  sentences: readonly ReadSentence[];
  known: readonly Mention[];
  context: PrimaryContext;
  vendor: string;
}

type Span = Mention['span'];

/** Whether a known name reaches into a stretch. */
function isNamedWithin(known: readonly Mention[], [start, end]: Span): boolean {
  const last = lastUpTo(known, end - 1, ({ span }) => span[0]);
  return last !== undefined && last.span[1] > start;
}

/** The last of several in order that begins at a place or before it. */
function lastUpTo<One>(
  all: readonly One[],
  place: number,
  startOf: (one: One) => number,
): One | undefined {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(all[middle] as One) <= place) low = middle + 1;
    else high = middle;
  }
  return all[low - 1];
}

function namesWithIds(scene: Scene): readonly Mention[] {
  const { text, known } = scene;
  return [...text.matchAll(BRACKETED)].flatMap((match) => {
    const [whole, id = ''] = match;
    const start = match.index + whole.lastIndexOf(id);
    const name = nameOf(id, text.slice(Math.max(0, match.index - LONGEST), match.index));
    if (name === null) return [];
    const isKnown = isNamedWithin(known, [start, start + id.length]);
    if (!isKnown && !isOwnId(scene, id, start)) return [];
    const from = match.index - name.length;
    return [
      mentionOf(text, id, [from, from + name.trimEnd().length], 'display'),
      ...(isKnown ? [] : [mentionOf(text, id, [start, start + id.length], 'api_id')]),
    ];
  });
}

/** The words before the brackets that an id is made of, with the blanks behind them: they begin with a capital. */
function nameOf(id: string, before: string): string | null {
  const words = before.match(/\S+\s*/g) ?? [];
  for (let count = 1; count <= Math.min(MOST_WORDS, words.length); count++) {
    const name = words.slice(-count).join('');
    const said = squashed(name);
    if (!/^\p{Lu}/u.test(name) || said === '') continue;
    if (said === squashed(id)) return name;
    const rest = restBehind(id, said);
    if (rest !== null && ENDING.test(rest)) return name;
  }
  return null;
}

/** What an id has behind the letters and digits of a name; null where it does not begin with them. */
function restBehind(id: string, said: string): string | null {
  let at = 0;
  for (const sign of said) {
    while (/[-.]/.test(id.charAt(at))) at++;
    if (id.charAt(at) !== sign) return null;
    at++;
  }
  return id.slice(at);
}

function squashed(text: string): string {
  return foldText(text).replaceAll(/[^a-z0-9+]/g, '');
}

/** An id of a known family; of another one only with its size, or where the text calls it a model. */
function isOwnId(scene: Scene, id: string, at: number): boolean {
  const { context, vendor } = scene;
  if (isListed(context, vendor, id)) return true;
  if (!context.names.possible(vendor, id) || isOfThing(context.english.words, id)) return false;
  return SIZED.test(id) || (/\d/.test(id) && isDescribedFrom(scene, at + id.length));
}

function isListed({ names }: PrimaryContext, vendor: string, id: string): boolean {
  return 'subject' in names.listed(vendor, { id, owner: null });
}

/** "files-api-2025-04-14", "web-search-tool": the id of something that is no model. */
function isOfThing(words: Words, id: string): boolean {
  return id.split(/[-.]/).some((part) => words.is(part, 'things'));
}

function describedNames(scene: Scene): readonly Mention[] {
  const { text, sentences, context } = scene;
  return sentences.flatMap(({ frames, end, phrases }) =>
    frames.flatMap(({ theme, category, agent }) => {
      const isOwn = agent === null || agent.kind === 'vendor';
      const first = phrases.tokens.find(({ start }) => start >= theme.start);
      const isNoun = first?.pos === 'PROPN' || first?.pos === 'NOUN' || first?.pos === 'DET';
      if (theme.names.length > 0 || !isNoun || !isOwn || !INTRODUCTIONS.has(category)) return [];
      const [whole, name = ''] = NAME.exec(text.slice(theme.start, end)) ?? [];
      if (whole === undefined) return [];
      const span = [theme.start + whole.length - name.length, theme.start + whole.length] as const;
      const id = foldText(name).replaceAll(' ', '-').replaceAll('+', '-plus');
      const isModel =
        !context.places.isProduct(name) && isNewName(scene, id) && isDescribedFrom(scene, span[1]);
      return isModel ? [mentionOf(text, id, span, 'display')] : [];
    }),
  );
}

/** One with no version is a plain word elsewhere ("the glow of the screen"). */
function isNewName({ context, vendor }: Scene, id: string): boolean {
  if (isOfThing(context.english.words, id)) return false;
  return isListed(context, vendor, id) || (/\d/.test(id) && context.names.possible(vendor, id));
}

const INTRODUCTIONS: ReadonlySet<string> = new Set(['release', 'announce', 'list', 'available']);

/**
 * Whether what stands behind a name calls it a model: "our first multimodal model", "an open-weight video model", and neither
 * "a new model for teams" nor "a tool for our reasoning models".
 */
function isDescribedFrom({ sentences, context }: Scene, place: number): boolean {
  const { words } = context.english;
  const sentence = lastUpTo(sentences, place, ({ start }) => start);
  const [sign, lead, ...rest] = (sentence?.phrases.tokens ?? []).filter(
    ({ start, word }) => start >= place && !/^[)-]$/.test(word),
  );
  if (sign === undefined || lead === undefined || !SIGNS.has(sign.word)) return false;
  const head = rest.findIndex(({ word }) => words.is(word, 'model', 'models'));
  const between = rest.slice(0, head);
  const isPlain = between.every((token) => isQuality(words, token));
  const isRanked =
    words.is(lead.word, 'own') && between.some(({ word }) => words.is(word, 'newest'));
  return (
    head >= 0 &&
    isPlain &&
    words.is(lead.word, 'own', 'articles') &&
    !words.is(rest[head + 1]?.word ?? '', 'things', 'carrying') &&
    (isRanked || between.some(({ word }) => words.is(word, 'sorts')))
  );
}

/** A sort or rank of models, or a word that names nothing of its own ("Unified" in a title). */
function isQuality(words: Words, { word, pos }: Token): boolean {
  if (words.is(word, 'sorts', 'newest')) return true;
  const isTitled = pos === 'PROPN' && /(?:ed|est|able|ible|ive|ful)$/.test(word);
  return isTitled || !/^(?:NOUN|PROPN|ADP|PUNCT|SCONJ)$/.test(pos);
}

function mentionOf(text: string, subject: string, span: Span, alias: Mention['alias']): Mention {
  return {
    ...{ subject, span, text: text.slice(...span), alias },
    ...{ claimed: false, discovered: true },
  };
}
