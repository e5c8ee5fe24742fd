import type { PredicateEntry, PredicateFile } from '../../../domain/catalog.ts';
import { inflectionsOf } from '../../language/predicates.ts';

export type VerbForm = 'base' | 's' | 'past' | 'participle' | 'ing';

/** One way a predicate is worded: the first word in its forms, and the words that follow it. */
export interface Wording {
  entry: PredicateEntry;
  /** Null for a state, which a form of "be" stands before. */
  forms: ReadonlySet<VerbForm> | null;
  rest: readonly string[];
}

/** Every wording, by its first word. */
export type PredicateIndex = ReadonlyMap<string, readonly Wording[]>;

export function compilePredicates(file: PredicateFile): PredicateIndex {
  const index = new Map<string, Wording[]>();
  function put(word: string, wording: Wording): void {
    const known = index.get(word);
    if (known === undefined) index.set(word, [wording]);
    else known.push(wording);
  }
  for (const entry of file.predicates) {
    for (const text of entry.verbs ?? []) {
      const [verb = '', ...rest] = text.split(' ');
      const byForm = new Map<string, Set<VerbForm>>();
      for (const [form, word] of formsOf(verb, file.irregular)) {
        byForm.set(word, (byForm.get(word) ?? new Set()).add(form));
      }
      for (const [word, forms] of byForm) put(word, { entry, forms, rest });
    }
    for (const text of entry.states ?? []) {
      const [first = '', ...rest] = text.split(' ');
      put(first, { entry, forms: null, rest });
    }
  }
  // The longest first, so that "go live" is not "go".
  for (const wordings of index.values()) wordings.sort((a, b) => b.rest.length - a.rest.length);
  return index;
}

function formsOf(
  verb: string,
  irregular: PredicateFile['irregular'],
): readonly (readonly [VerbForm, string])[] {
  const { third, past, participle, gerund } = inflectionsOf(verb, irregular[verb]);
  return [
    ['base', verb],
    ['s', third],
    ['past', past],
    ['participle', participle],
    ['ing', gerund],
  ];
}
