import type { StoryFact } from '../../domain/alert.ts';

/** Facts that one sentence proves are one fact: it is quoted once, for all of its places. */
export function bySentence(facts: readonly StoryFact[]): readonly StoryFact[] {
  const merged: StoryFact[] = [];
  for (const fact of facts) {
    const at = merged.findIndex((one) => isOneSentence(one, fact));
    const home = merged[at];
    if (home === undefined) merged.push(fact);
    else merged[at] = together(home, fact);
  }
  return merged;
}

function isOneSentence(a: StoryFact, b: StoryFact): boolean {
  const [one, other] = [a.proof, b.proof];
  if (one === null || other === null || one.url !== other.url) return false;
  // A post is announced by its title and its first sentence, of which the other is a part.
  const isPart = one.quote.endsWith(other.quote) || other.quote.endsWith(one.quote);
  return isPart && a.words === b.words && a.isNew === b.isNew;
}

function together(a: StoryFact, b: StoryFact): StoryFact {
  const isShorter = (b.proof?.quote.length ?? 0) < (a.proof?.quote.length ?? 0);
  const places = [...a.surface.split(/, | and (?=in )/), lowerFirst(b.surface)];
  return { ...a, surface: listed(places), proof: isShorter ? b.proof : a.proof };
}

let list: Intl.ListFormat | undefined;

function listed(words: readonly string[]): string {
  list ??= new Intl.ListFormat('en-GB');
  return list.format(words);
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
