import type { LanguageData } from '../../domain/language.ts';

/** A class of words by name (`units`, `weather` …), as `data/catalog/language.yaml` lists it. */
export type WordClass = string;

/** The word classes of the analysis, ready to be asked. Phrases of several words are matched from their first word on. */
export interface Words {
  is(word: string, ...classes: readonly WordClass[]): boolean;
  /** How many words from `at` on make up a phrase of a class; 0 for none. The longest wins. */
  phraseAt(words: readonly string[], at: number, wordClass: WordClass): number;
}

export function compileWords(data: Pick<LanguageData, 'words'>): Words {
  const single = new Map<WordClass, Set<string>>();
  const phrases = new Map<WordClass, Map<string, (readonly string[])[]>>();
  for (const [name, entries] of Object.entries(data.words)) {
    single.set(name, new Set(entries.filter((entry) => partsOf(entry).length === 1)));
    const byFirst = new Map<string, (readonly string[])[]>();
    for (const entry of entries) {
      const parts = partsOf(entry);
      const first = parts[0] ?? '';
      byFirst.set(first, [...(byFirst.get(first) ?? []), parts]);
    }
    phrases.set(name, byFirst);
  }
  return {
    is: (word, ...classes) => classes.some((name) => single.get(name)?.has(word) ?? false),
    phraseAt(words, at, name) {
      const candidates = phrases.get(name)?.get(words[at] ?? '') ?? [];
      const fitting = candidates.filter((parts) =>
        parts.every((part, offset) => words[at + offset] === part),
      );
      return Math.max(0, ...fitting.map(({ length }) => length));
    },
  };
}

/** A phrase as the tagger cuts it: a hyphen between letters is a word of its own. */
function partsOf(entry: string): readonly string[] {
  return entry
    .split(/ |(?<=[a-z])(?=-[a-z])|(?<=[a-z]-)(?=[a-z])/)
    .flatMap((part) => part.split(/(?<=^-)/));
}
