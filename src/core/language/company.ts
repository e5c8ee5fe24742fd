import { type Argument, coordinationFrom, type NamedModel } from './arguments.ts';
import { firstWord, isSign, type Phrases, skip, wordsOf } from './phrases.ts';
import { takesObject } from './subjects.ts';

/** What comes with the models of a predicate, behind "along with" and its like. */
interface Company {
  /** Index of the phrase that leads it. */
  lead: number;
  names: readonly NamedModel[];
  /** "alongside c for participants": those who are named, and nobody else, can have it. */
  isForFew: boolean;
}

/** "along with the smaller a and b": what comes in company is taken by the verb too. */
export function withCompany(phrases: Phrases, theme: Argument, from: number): Argument {
  const company = theme.kind === 'names' ? companyBehind(phrases, from) : null;
  return company === null || company.isForFew
    ? theme
    : { ...theme, names: [...theme.names, ...company.names] };
}

/** Where what is for a few, and is told beside the rest, begins; null where nothing is. */
export function fewBehind(phrases: Phrases): number | null {
  const company = companyBehind(phrases, 0);
  return company?.isForFew ? (phrases.chunks[company.lead]?.from ?? null) : null;
}

export function companyBehind(phrases: Phrases, from: number): Company | null {
  const { chunks, words, list } = phrases;
  for (let at = from + 1; at < chunks.length; at++) {
    const chunk = chunks[at];
    if (chunk === undefined || isSign(phrases, chunk, ';', ':', '—')) return null;
    // "our most capable released model" tells of what is before the company.
    if (chunk.kind === 'verb' && !(chunk.verb?.form === 'participle' && takesObject(phrases, at)))
      return null;
    if (words.phraseAt(list, chunk.from, 'additive') === 0) continue;
    const start = skip(phrases, at + 1, 1, 'adverb', 'preposition');
    if (chunks[start]?.kind !== 'noun') return null;
    const { items, last } = coordinationFrom(phrases, start);
    const names = items.flatMap((item) => item.names);
    return { lead: at, names, isForFew: isForFew(phrases, last) };
  }
  return null;
}

function isForFew(phrases: Phrases, last: number): boolean {
  const { chunks, words } = phrases;
  const [lead, people] = [chunks[last + 1], chunks[last + 2]];
  return (
    lead?.kind === 'preposition' &&
    words.is(firstWord(phrases, lead), 'purposes') &&
    people?.kind === 'noun' &&
    wordsOf(phrases, people).some((word) => words.is(word, 'few'))
  );
}
