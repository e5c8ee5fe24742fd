import { literal, type Range } from '../text/characters.ts';
import type { Naming } from './name-table.ts';

/** Where a text speaks of makers and models that are not read: what a pronoun behind them means is not known. */
export type RivalFinder = (text: string) => readonly Range[];

/** Finds the makers nobody watches, with their models, and names behind a maker nobody describes ("Grok 4"). */
export function rivalFinder(naming: Naming): RivalFinder {
  // Putting it together takes longer than a short command may: most of them never look for a rival.
  let pattern: RegExp | null = null;
  return (text) => {
    pattern ??= rivalPattern(naming);
    return [...text.matchAll(pattern)].map(({ index: start, 0: { length } }) => ({
      start,
      end: start + length,
    }));
  };
}

function rivalPattern({ vendors, anyVendor }: Naming): RegExp {
  const unread = vendors.filter(({ watched }) => !watched);
  const named = unread.flatMap(({ name, aliases, ids }) => [
    ...[name, ...aliases, ...ids.roots, ...Object.keys(ids.short)],
  ]);
  const makers = anyVendor.makers.map(
    (word) => `[${word[0]?.toUpperCase()}${word[0]}]${word.slice(1)}`,
  );
  return new RegExp(
    String.raw`(?<![\p{L}\p{N}_-])(?:${alternatives(named)}(?![\p{L}\p{N}])|(?:${makers.join('|')})(?: [A-Z]\w*)?[ -]?[vV]?\d)`,
    'gu',
  );
}

function alternatives(words: readonly string[]): string {
  const escaped = [...new Set(words)].map(literal);
  return `(?:${escaped.sort((a, b) => b.length - a.length).join('|')})`;
}
