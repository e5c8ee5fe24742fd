import type { FrameRule, LanguageData } from '../../domain/language.ts';

export type VerbForm = 'base' | 'third' | 'past' | 'gerund';

/** A rule that a verb form, or a word behind `be`, may stand for. */
export interface Candidate {
  rule: FrameRule;
  form: VerbForm;
  /** What must stand behind the verb (`out` of `roll out`, `access to` of `have access to`); empty for none. */
  particle: string;
}

/** The predicates of the rules, by the forms in which their words stand in a text. */
export interface Predicates {
  rules: readonly FrameRule[];
  /** The verb rules a word may stand for. */
  verbs(word: string): readonly Candidate[];
  /** The predicative rules, with their words. */
  predicative: readonly FrameRule[];
  nominal: readonly FrameRule[];
}

export function compilePredicates({ rules, irregular }: LanguageData): Predicates {
  const verbs = new Map<string, Candidate[]>();
  for (const rule of rules) {
    if (rule.construction === 'predicative' || rule.construction === 'nominal') continue;
    for (const entry of rule.words) {
      const [base = entry, ...behind] = entry.split(' ');
      const particle = behind.join(' ');
      for (const [form, word] of formsOf(base, irregular[base])) {
        verbs.set(word, [...(verbs.get(word) ?? []), { rule, form, particle }]);
      }
    }
  }
  return {
    rules,
    verbs: (word) => verbs.get(word) ?? [],
    predicative: rules.filter(({ construction }) => construction === 'predicative'),
    nominal: rules.filter(({ construction }) => construction === 'nominal'),
  };
}

function formsOf(
  base: string,
  irregular: readonly string[] | undefined,
): readonly (readonly [VerbForm, string])[] {
  const { third, past, participle, gerund } = inflectionsOf(base, irregular);
  const forms: (readonly [VerbForm, string])[] = [
    ['base', base],
    ['third', third],
    ['past', past],
    ['gerund', gerund],
  ];
  return participle === past ? forms : [...forms, ['past', participle]];
}

/** The forms of a verb by the spelling rules of English; an irregular one gives its own. */
export function inflectionsOf(
  base: string,
  irregular: readonly string[] | undefined,
): Readonly<Record<'third' | 'past' | 'participle' | 'gerund', string>> {
  const [third = thirdOf(base), past = pastOf(base), participle = past, gerund = gerundOf(base)] =
    irregular ?? [];
  return { third, past, participle, gerund };
}

function thirdOf(base: string): string {
  if (/(?:s|x|z|ch|sh|o)$/.test(base)) return `${base}es`;
  return /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}ies` : `${base}s`;
}

function pastOf(base: string): string {
  if (base.endsWith('e')) return `${base}d`;
  return /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}ied` : `${doubled(base)}ed`;
}

function gerundOf(base: string): string {
  const stem = base.endsWith('e') && !base.endsWith('ee') ? base.slice(0, -1) : doubled(base);
  return `${stem}ing`;
}

/** "ship", "stop": one short vowel before one consonant doubles it. */
function doubled(base: string): string {
  return /^[^aeiou]*[aeiou][bdgklmnprt]$/.test(base) ? `${base}${base.slice(-1)}` : base;
}
