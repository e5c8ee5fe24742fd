import type { PredicateEntry, PredicateFile } from '../../../domain/catalog.ts';
import { groupedBy } from '../../../domain/groups.ts';
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

export function compilePredicates({ predicates, irregular }: PredicateFile): PredicateIndex {
  const all = predicates.flatMap((entry) => [
    ...(entry.verbs ?? []).flatMap((text) => {
      const [verb = '', ...rest] = text.split(' ');
      const byWord = groupedBy(formsOf(verb, irregular), ([, word]) => word);
      return [...byWord].map(([first, forms]) => {
        return { first, wording: { entry, forms: new Set(forms.map(([form]) => form)), rest } };
      });
    }),
    ...(entry.states ?? []).map((text) => {
      const [first = '', ...rest] = text.split(' ');
      return { first, wording: { entry, forms: null, rest } };
    }),
  ]);
  // The longest first, so that "go live" is not "go".
  const longestFirst = all.toSorted((a, b) => b.wording.rest.length - a.wording.rest.length);
  const byFirst = groupedBy(longestFirst, ({ first }) => first);
  return new Map([...byFirst].map(([first, some]) => [first, some.map(({ wording }) => wording)]));
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
