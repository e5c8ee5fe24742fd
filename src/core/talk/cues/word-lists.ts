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
