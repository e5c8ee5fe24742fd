import type { PredicateEntry, PredicateFile } from '../../../domain/catalog.ts';

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

/** Verbs that double their last sign: "shipped", "putting". */
const DOUBLES =
  /^(?:ship|drop|put|get|let|run|hit|slip|scrap|set|shut|begin|sunset|spot|stop|cut)$/;

/** The forms of a verb, by rule where no exception is listed. */
function formsOf(
  verb: string,
  irregular: PredicateFile['irregular'],
): readonly (readonly [VerbForm, string])[] {
  const [past = pastOf(verb), participle = past] = irregular[verb]?.split(' ') ?? [];
  return [
    ['base', verb],
    ['s', thirdPersonOf(verb)],
    ['past', past],
    ['participle', participle],
    ['ing', gerundOf(verb)],
  ];
}

const CONSONANT_Y = /[^aeiou]y$/;

function pastOf(verb: string): string {
  if (verb.endsWith('e')) return `${verb}d`;
  return CONSONANT_Y.test(verb) ? `${verb.slice(0, -1)}ied` : `${verb}ed`;
}

function thirdPersonOf(verb: string): string {
  if (verb === 'have') return 'has';
  if (/(?:s|sh|ch|x|z|o)$/.test(verb)) return `${verb}es`;
  return CONSONANT_Y.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
}

function gerundOf(verb: string): string {
  if (DOUBLES.test(verb)) return `${verb}${verb.slice(-1)}ing`;
  return `${verb.replace(/e$/, '')}ing`;
}
