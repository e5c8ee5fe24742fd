import { withoutInvisible } from '../text/characters.ts';

/** Hyphens that look alike (non-breaking hyphen, figure dash, minus): a date or an id may be written with any of them. */
const HYPHENS = /[\u2010-\u2012\u2212\uFE63\uFF0D]/g;

/** White space that is not one plain space already: most of a text is left as it is. */
const UNTIDY = /\s{2,}|[^\S ]/g;

/** One line: every run of white space is one space, nothing at the ends. */
export function oneLine(text: string): string {
  return withoutInvisible(text).replace(UNTIDY, ' ').trim();
}

/** Several lines: white space tidied within each, never more than one blank line in a row, none at the ends. */
export function tidyLines(text: string): string {
  const lines = withoutInvisible(text).split(/\r\n|[\n\r\u2028\u2029]/);
  const kept: string[] = [];
  for (const line of lines) {
    const tidied = line.replace(UNTIDY, ' ').trim();
    if (tidied === '' && (kept.length === 0 || kept.at(-1) === '')) continue;
    kept.push(tidied);
  }
  return kept.join('\n').trimEnd();
}

/** The plain hyphen for every look-alike; used to read dates and ids, never for text that is quoted. */
export function foldHyphens(text: string): string {
  return text.replace(HYPHENS, '-');
}

/** Longer than words are, on average: a name is made from the start of a text. */
const WORD = 30;

/** A name for a key: lower case, words joined by hyphens, at most `words` of them. */
export function slug(text: string, words = 12): string {
  const start = nameParts(text.slice(0, words * WORD));
  // The last word of a start may go on behind it.
  const parts = start.length > words ? start : nameParts(text);
  return parts.slice(0, words).join('-');
}

function nameParts(text: string): readonly string[] {
  return foldHyphens(text)
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}.]+/u)
    .map((part) => part.replace(/^\.+|\.+$/g, ''))
    .filter((part) => part !== '');
}

/** The first sentence of a text as a title, cut at a word when it is long. */
export function headline(text: string, longest = 120): string {
  const line = oneLine(text);
  const end = /[.!?](?=\s+[\p{Lu}"'(])/u.exec(line)?.index;
  const sentence = end === undefined ? line : line.slice(0, end + 1);
  if (sentence.length <= longest) return sentence;
  const cut = sentence.slice(0, longest);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > longest / 2 ? space : longest)}…`;
}

/**
 * Items with keys that are all different: of those that share one, the first keeps it and the others are told apart by
 * their opening words, so that an item that is added later takes no other's key. Exact repetitions are left out.
 */
export function distinctKeys<T extends { key: string; text: string }>(
  items: readonly T[],
): readonly T[] {
  const kept = new Map<string, T>();
  for (const item of items) {
    const first = kept.get(item.key);
    if (first === undefined) kept.set(item.key, item);
    else if (first.text !== item.text) {
      const key = `${item.key}/${slug(item.text.split('\n').at(-1) ?? '', 10)}`;
      if (!kept.has(key)) kept.set(key, { ...item, key });
    }
  }
  return [...kept.values()];
}
