import type { WordList, WordListName } from '../../../domain/word-lists.ts';

/** Each list of words as the expression that a word, or a text, is held against. */
export type WordLists = Readonly<Record<WordListName, RegExp>>;

export function compileWordLists(lists: readonly WordList[]): WordLists {
  const compiled = lists.map(({ name, words, form, anyCase }) => {
    const source = form.replace('<words>', () => `(?:${words.join('|')})`);
    return [name, new RegExp(source, anyCase ? 'i' : '')] as const;
  });
  // The schema of the file asks for every name.
  return Object.fromEntries(compiled) as Record<WordListName, RegExp>;
}

/** Closed classes of English words, by what they do around a predicate. */

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

export const BE = setOf("is are was were be been being am 's get gets got getting remains remain");
export const HAVE = setOf('has have had having');
export const DO = setOf('do does did');
export const MODALS = setOf('will would shall should may might could must can');
export const NEGATORS = setOf('not never hardly neither nor');

const ADVERBS = setOf(`now already also just still finally even only then today yesterday tonight
  first once again just newly freshly too all so far here there back up yet ever soon later earlier meanwhile instead however therefore thus
  at last since alone both all long well perhaps maybe almost about really indeed quite rather as one day else`);

export function isAdverb(word: string): boolean {
  return (
    ADVERBS.has(word) ||
    (word.length > 4 &&
      word.endsWith('ly') &&
      !/^(?:family|early|only|apply|supply|reply|daily|weekly)$/.test(word))
  );
}

export const DETERMINERS =
  setOf(`the a an this that these those its their our his her your my some any every each all
  both another one two three four five several many most more new latest next first second own such other`);

/** Words that open a clause which only says under what, or when. */
export const CONDITIONS = setOf(
  'if unless whether until till once whenever wherever lest provided assuming suppose supposing should',
);
export const MOMENTS = setOf('when after before as while since');
export const SUBORDINATORS = setOf(
  'if unless whether until till once whenever when while whereas although though because since after before assuming how why lest where',
);
export const RELATIVES = setOf('which who whom whose');
export const SUBJECT_PRONOUNS = setOf(
  'it they he she we you i this there nobody everyone anyone everybody these those',
);

export const PREPOSITIONS =
  setOf(`of in on at to for with from by into onto over under through via within without across
  inside among between against than like as per about around behind beyond despite during outside until off upon toward towards`);

/** Words a text uses for the model it has just named. */
export const MODEL_NOUNS =
  setOf(`model models system generator engine version release update feature tool lineup line-up
  family trio pair series newcomer flagship successor weights variant snapshot product upgrade`);
/** Words behind a name that leave the name the head: "the GPT-5 model", "GPT-5 itself". */
export const NAME_TAILS =
  setOf(`model models api apis family series itself themselves weights generator line id endpoint
  endpoints trio lineup both each too alone preview beta snapshot snapshots identifier checkpoint`);

/** A helper verb that makes its clause a finite one. */
export function isFiniteHelper(word: string): boolean {
  const isBe = BE.has(word) && !/^(?:be|been|being|'s)$/.test(word);
  return isBe || HAVE.has(word) || DO.has(word) || MODALS.has(word);
}
