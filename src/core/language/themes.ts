import type { FrameRule } from '../../domain/language.ts';
import {
  type Argument,
  argumentOf,
  coordinationFrom,
  listFrom,
  membersFrom,
  merged,
} from './arguments.ts';
import type { Chunk } from './chunk.ts';
import { firstWord, isSign, type Phrases, skip, wordsOf } from './phrases.ts';

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

/** "a research preview of X": what a preview is of is what comes out. */
export function carriedBy(
  phrases: Phrases,
  object: Argument,
  at: number,
  { category }: FrameRule,
): Argument {
  const { chunks, words } = phrases;
  const kind = category === 'price' ? 'price-' : '';
  if (!words.is(object.head, `${kind}carriers`) || chunks[at + 2]?.kind !== 'noun') return object;
  if (!words.is(firstWord(phrases, chunks[at + 1]), `${kind}carrying`)) return object;
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
    (theme.kind !== 'names' && (theme.isModelWord || words.is(theme.head, 'relational')));
  if (!isNameless) return theme;
  for (let at = from + 1; at + 1 < chunks.length; at++) {
    if (chunks[at]?.kind === 'verb') break;
    const named = chunks[at + 1];
    if (named?.kind !== 'noun' || !leadsId(phrases, chunks[at], named)) continue;
    const { names } = argumentOf(phrases, named);
    if (names.length > 0) return { ...theme, kind: 'names', names };
  }
  return theme;
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

/** "along with the smaller a and b": what comes in company is taken by the verb too. */
export function withCompany(phrases: Phrases, theme: Argument, from: number): Argument {
  if (theme.kind !== 'names') return theme;
  const { chunks, words } = phrases;
  for (let at = from + 1; at < chunks.length; at++) {
    const chunk = chunks[at];
    if (chunk?.kind === 'verb' || isSign(phrases, chunk, ';', ':', '—')) break;
    if (chunk === undefined || words.phraseAt(phrases.list, chunk.from, 'additive') === 0) continue;
    const start = skip(phrases, at + 1, 1, 'adverb', 'preposition');
    if (chunks[start]?.kind !== 'noun') break;
    const company = coordinationFrom(phrases, start).items.flatMap(({ names }) => names);
    return { ...theme, names: [...theme.names, ...company] };
  }
  return theme;
}
