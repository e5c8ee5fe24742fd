import type { FrameRule } from '../../domain/language.ts';
import {
  type Argument,
  argumentOf,
  coordinationFrom,
  listFrom,
  membersFrom,
  merged,
} from './arguments.ts';
import { firstWord, isSign, type Phrases, skip, wordsOf } from './phrases.ts';
import type { Chunk } from './sentence-parts.ts';

/** "two models, a for speed and b for depth": of models that are counted, the names go on behind what hangs on each. */
export function withRest(
  phrases: Phrases,
  object: Argument | null,
  first: number,
): Argument | null {
  const isCounted = argumentOf(phrases, phrases.chunks[first] as Chunk).kind === 'models';
  if (object?.kind !== 'names' || !isCounted || !isSign(phrases, phrases.chunks[first + 1], ','))
    return object;
  return { ...object, names: listFrom(phrases, first + 2) };
}

/** "the fourth generation of embeddings:" before a list: what the list names is what is meant. */
export function listedAs(phrases: Phrases, object: Argument | null, at: number): Argument | null {
  const { chunks, words } = phrases;
  if (object?.kind !== 'other' || !isSign(phrases, chunks.at(-1), ':')) return object;
  const behind = chunks.slice(at + 1, -1);
  const isOf = behind.every(
    (chunk, index) =>
      (index % 2 === 0 && words.is(firstWord(phrases, chunk), 'carrying')) ||
      (index % 2 === 1 && chunk.kind === 'noun'),
  );
  return isOf && words.is(object.head, 'collections') ? { ...object, kind: 'models' } : object;
}

/** "the official version", "the stable release": what it is of is out for good; a new version is an update. */
export function isSettled(phrases: Phrases, chunk: Chunk | undefined): boolean {
  const { words } = phrases;
  const said = chunk?.kind === 'noun' ? wordsOf(phrases, chunk) : [];
  const isVersion = words.is(said.at(-1) ?? '', 'editions');
  return isVersion && said.some((word) => words.is(word, 'settled'));
}

/** "a research preview of X": what a preview is of is what comes out. */
export function carriedBy(phrases: Phrases, object: Argument, at: number): Argument {
  const { chunks, words } = phrases;
  const isCarrier = words.is(object.head, 'carriers') || isSettled(phrases, chunks[at]);
  if (!isCarrier || chunks[at + 2]?.kind !== 'noun') return object;
  if (!words.is(firstWord(phrases, chunks[at + 1]), 'carrying')) return object;
  return merged(coordinationFrom(phrases, at + 2).items) ?? object;
}

/** "two new models in the API: a and b", "the family, including a": names listed further on are of the theme. */
export function withMembers(phrases: Phrases, theme: Argument, from: number): Argument {
  if (theme.kind !== 'models' && theme.kind !== 'names') return theme;
  const members = membersFrom(phrases, from + 1);
  if (members.length === 0) return theme;
  const listed = members.map((member) => ({ ...member, isMember: theme.kind === 'names' }));
  return { ...theme, kind: 'names', names: [...theme.names, ...listed] };
}

/** "A sharper model is available in the API as x": the id of what has no name, or only that of what it is a version of. */
export function withId(phrases: Phrases, theme: Argument, from: number): Argument {
  const { chunks, words } = phrases;
  const isNameless =
    theme.kind === 'models' ||
    (theme.kind !== 'names' &&
      (theme.isModelWord || words.is(theme.head, 'relational', 'kinds-of-models')));
  if (!isNameless) return renamed(phrases, theme, from);
  const given = idBehindColon(phrases, from);
  if (given !== null) return { ...theme, kind: 'names', names: given };
  for (let at = from + 1; at + 1 < chunks.length; at++) {
    if (chunks[at]?.kind === 'verb') break;
    const named = chunks[at + 1];
    if (named?.kind !== 'noun' || !leadsId(phrases, chunks[at], named)) continue;
    const { names } = argumentOf(phrases, named);
    if (names.length > 0) return { ...theme, kind: 'names', names };
  }
  return theme;
}

/** "The preview of X is generally available as Y": what comes out goes by the later name. */
function renamed(phrases: Phrases, theme: Argument, from: number): Argument {
  const { chunks, words } = phrases;
  if (theme.kind !== 'names') return theme;
  const lead = chunks.findIndex(
    (chunk, at) =>
      at > from &&
      chunk.kind === 'preposition' &&
      words.is(firstWord(phrases, chunk), 'id-leads') &&
      chunks[at + 1]?.kind === 'noun',
  );
  const named = chunks[lead + 1];
  const isClause = chunks[lead + 2]?.kind === 'verb';
  const isNear =
    lead >= 0 && !isClause && !chunks.slice(from + 1, lead).some(({ kind }) => kind === 'verb');
  if (!isNear || named === undefined || !isWhole(phrases, named)) return theme;
  const { names } = argumentOf(phrases, named);
  return names.length === 0 ? theme : { ...theme, names };
}

/** A noun that is a name and nothing behind it. */
function isWhole({ sentence }: Phrases, { to }: Chunk): boolean {
  return sentence.tokens[to]?.mention != null;
}

/** "A second snapshot of X is out: `id`": what stands alone behind the colon at the end. */
function idBehindColon(phrases: Phrases, from: number): Argument['names'] | null {
  const { chunks } = phrases;
  const colon = chunks.findIndex((chunk, at) => at > from && isSign(phrases, chunk, ':'));
  if (colon < 0 || chunks[colon + 1]?.kind !== 'noun') return null;
  const { items, last } = coordinationFrom(phrases, colon + 1);
  const end = skip(phrases, last + 1, 1, 'sign');
  const named = merged(items);
  return named?.kind === 'names' && chunks[end] === undefined ? named.names : null;
}

/** "as x", "under x", "with the model name x". */
function leadsId(phrases: Phrases, lead: Chunk | undefined, named: Chunk): boolean {
  const { words } = phrases;
  if (lead?.kind !== 'preposition') return false;
  return (
    words.is(firstWord(phrases, lead), 'id-leads') ||
    wordsOf(phrases, named).some((word) => words.is(word, 'id-words'))
  );
}

/** "Alongside the retirement of a and b, we will retire c": what a noun of the same kind names ends by the same verb. */
export function withNominals(phrases: Phrases, theme: Argument, { category }: FrameRule): Argument {
  if (theme.kind !== 'names' || category !== 'retire') return theme;
  const { chunks, words, list, predicates } = phrases;
  const names = chunks.flatMap((chunk, at) => {
    const noun = chunks[at + 1];
    const isBeside =
      chunk.kind === 'preposition' && words.phraseAt(list, chunk.from, 'additive') > 0;
    if (!isBeside || noun?.kind !== 'noun' || chunks[at + 3]?.kind !== 'noun') return [];
    const isSame = predicates.nominal.some(
      (rule) => rule.category === category && rule.words.includes(list[noun.to] ?? ''),
    );
    return isSame ? coordinationFrom(phrases, at + 3).items.flatMap((item) => item.names) : [];
  });
  return { ...theme, names: [...theme.names, ...names] };
}
