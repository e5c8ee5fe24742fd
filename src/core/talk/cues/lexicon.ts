import type { CueFamily } from '../../../domain/catalog.ts';
import { groupedBy } from '../../../domain/groups.ts';
import type { Vendor } from '../../../domain/vendor.ts';
import { headsOf } from './first-words.ts';
import { type VendorWords, vendorWords } from './vendor-words.ts';

/** One place where a text shows a cue. Offsets as in the text that was scanned. */
export interface CueMatch {
  family: string;
  start: number;
  end: number;
}

/** The cue families, compiled once: for each language, what may begin at which word. */
export interface Lexicon {
  /** Every cue of the language, and of all languages, in a folded text; in order, the longest first at one place. */
  scan(folded: string, language: string | null): readonly CueMatch[];
  /** Whether the language's statements can be read. */
  reads(language: string): boolean;
  /** What the words of the watched vendors stand for. */
  words: VendorWords;
  /** The places to find a model in that cues tell apart, the vendors' own first. */
  surfaces: readonly string[];
}

interface Matcher {
  family: string;
  pattern: RegExp;
}

interface Scanner {
  byHead: ReadonlyMap<string, readonly Matcher[]>;
  /** Patterns whose first word cannot be told; matched over the whole text. */
  anywhere: readonly Matcher[];
}

/** Languages written without spaces: a pattern begins and ends at any sign. */
const UNSPACED = new Set(['zh', 'ja', 'ko']);
const ANY = 'any';
/** English is read by its predicates; another language when it has words for what can be said of a model. */
const ENGLISH = 'en';
const ESSENTIAL = 'release.past';
const LETTERS = 'a-z0-9\\u00c0-\\u024f';

/** Any app is a place, and none that a claim could name. */
const UNNAMED = 'app';

export function compileLexicon(cues: readonly CueFamily[], vendors: readonly Vendor[]): Lexicon {
  const words = vendorWords(vendors);
  const families = [
    ...cues.map((family) => ({ ...family, patterns: family.patterns.map(words.expand) })),
    ...words.families,
  ];
  const languages = new Set(families.map(({ language }) => language));
  const scanners = new Map<string, Scanner>();
  for (const language of languages) {
    scanners.set(
      language,
      scannerOf(families.filter((family) => [language, ANY].includes(family.language))),
    );
  }
  const fallback = scannerOf(families.filter(({ language }) => language === ANY));
  const readable = new Set(
    families.filter(({ name }) => name === ESSENTIAL).map(({ language }) => language),
  );
  return {
    scan: (folded, language) => scan(folded, scanners.get(language ?? ANY) ?? fallback),
    reads: (language) => language === ENGLISH || readable.has(language),
    words,
    surfaces: surfacesOf([...words.families, ...families]),
  };
}

function surfacesOf(families: readonly CueFamily[]): readonly string[] {
  const named = families.flatMap(({ name }) => /^surface\.(.+)$/.exec(name)?.[1] ?? []);
  return [...new Set(named)].filter((surface) => surface !== UNNAMED);
}

function scannerOf(families: readonly CueFamily[]): Scanner {
  const sources = families.flatMap(({ name: family, language, patterns }) =>
    patterns.flatMap((pattern) => {
      const source = bounded(pattern, language);
      const heads = headsOf(pattern, UNSPACED.has(language)) ?? [null];
      return heads.map((head) => ({ head, family, source }));
    }),
  );
  const anywhere = sources.flatMap(({ head, family, source }) =>
    head === null ? [{ family, pattern: new RegExp(source, 'g') }] : [],
  );
  const byHead = [...groupedBy(sources, ({ head }) => head)].flatMap(([head, those]) =>
    head === null ? [] : [[head, matchersOf(those)] as const],
  );
  return { byHead: new Map(byHead), anywhere };
}

/** One expression a family, its longest patterns first. */
function matchersOf(those: readonly { family: string; source: string }[]): readonly Matcher[] {
  return [...groupedBy(those, ({ family }) => family)].map(([family, ofFamily]) => {
    const sources = new Set(ofFamily.map(({ source }) => source));
    const longestFirst = [...sources].sort((a, b) => b.length - a.length);
    return { family, pattern: new RegExp(longestFirst.join('|'), 'y') };
  });
}

/** Adverbs that may stand between the words of a predicate, by language. English is read by its predicates. */
const ADVERBS: Readonly<Record<string, string>> = {
  de: 'jetzt|schon|bereits|noch|nun|auch|endlich|offiziell|öffentlich|derzeit',
  es: 'ya|ahora|también|finalmente|aún|todavía|oficialmente',
  pt: 'já|agora|também|finalmente|ainda|oficialmente',
  fr: 'déjà|désormais|maintenant|aussi|enfin|encore|officiellement',
};

/** A pattern at word boundaries; a space in it stands for any white space, ` ?` for none too, `<adv>` for a few adverbs. */
function bounded(pattern: string, language: string): string {
  const adverbs = `(?: (?:${ADVERBS[language] ?? '(?!)'})){0,3}`;
  const spaced = pattern
    .replaceAll('<adv>', adverbs)
    .replaceAll(' ?', '\\s*')
    .replaceAll(' ', '\\s+');
  return UNSPACED.has(language) ? `(?:${spaced})` : `(?:${spaced})(?![${LETTERS}])`;
}

const NONE: readonly Matcher[] = [];

function scan(folded: string, { byHead, anywhere }: Scanner): readonly CueMatch[] {
  const cues: CueMatch[] = [];
  // A family's cue within a longer one of the same family says nothing more.
  const reach = new Map<string, number>();
  const words = wordsOf(folded);
  for (let at = 0; at < words.length; at += 2) {
    const start = words[at] ?? 0;
    for (const { family, pattern } of byHead.get(folded.slice(start, words[at + 1])) ?? NONE) {
      pattern.lastIndex = start;
      if (start < (reach.get(family) ?? 0) || !pattern.test(folded)) continue;
      cues.push({ family, start, end: pattern.lastIndex });
      reach.set(family, pattern.lastIndex);
    }
  }
  if (anywhere.length === 0) return cues;
  const found = anywhere.flatMap(({ family, pattern }) =>
    [...folded.matchAll(pattern)].map((match) => ({
      family,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  return [...cues, ...found].sort((a, b) => a.start - b.start);
}

const OTHER = 0;
const WORD = 1;
const OWN = 2;

/** What a sign is to a word: part of one, one of its own (scripts without spaces), or none. */
function classOf(code: number): number {
  if (code < 128) {
    const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
    return isLetter || (code >= 48 && code <= 57) ? WORD : OTHER;
  }
  if (code < 0xc0) return OTHER;
  if (code < 0x2000) return WORD;
  return code >= 0x3041 && code <= 0xd7a3 ? OWN : OTHER;
}

/** Where the words of a text begin and end, in turns; by hand, as it is asked of every page as a whole. */
function wordsOf(text: string): readonly number[] {
  const bounds: number[] = [];
  let at = 0;
  while (at < text.length) {
    const sort = classOf(text.charCodeAt(at));
    const start = at++;
    if (sort === OTHER) continue;
    while (sort === WORD && at < text.length && classOf(text.charCodeAt(at)) === WORD) at++;
    bounds.push(start, at);
  }
  return bounds;
}
