import { sha256Hex } from '../../domain/ids.ts';
import { isStock, weightOf } from './boilerplate-lines.ts';
import type { Fingerprint } from './fingerprint.ts';
import { containment, sharesAny } from './shared-runs.ts';

/** How widely the marks of fingerprints are spread. */
export interface Frequency {
  /** The groups of which a page is known. */
  groups: number;
  /** The groups that carry a mark, the two in question among them. */
  of(mark: string): number;
}

/** Signals of one family rest on one thing; an edge needs two of them. */
type Family = 'author' | 'template' | 'words' | 'outline' | 'owner' | 'copy';

export interface Signal {
  name: string;
  weight: number;
  family: Family;
}

/** Why two pages of different groups have one origin. */
interface Likeness {
  signals: readonly Signal[];
  /** It speaks of the sites: one owner, or one author in one template; else only of these two pages. */
  isHouse: boolean;
}

/** docs/verdicts.md says why. */
const WEIGHTS = {
  byline: 0.4,
  biographies: 0.2,
  boilerplate: 0.5,
  longRun: 0.4,
  shortRun: 0.2,
  term: 0.3,
  section: 0.2,
  alone: 1,
} as const;
const ENOUGH = 1;

/** A page of which this share stands in another one is a copy, whatever was put around it. */
const COPIED = 0.5;
/** Fewer runs than this do not make a copy. */
const FEWEST_RUNS = 40;
/** What more groups than this carry belongs to a platform, an agency or a theme. */
const WIDESPREAD = 12;
/** A term is rare when no more groups than this use it, among at least so many. */
const RARE = 2;
const RARE_AMONG = 20;
/** A sequence of template lines is one site's when their weights reach this. */
const BOILERPLATE_WEIGHT = 3;
const MOST_OF_STOCK = 2;
const FEWEST_LINES = 3;
/** Two introductions of one person that share less than this of their words do not tell of one life. */
const ONE_LIFE = 0.25;
const SHORTEST_BIOGRAPHY = 5;

/** Compares two pages of different groups; null when they do not show one origin. */
export function similarityOf(
  one: Fingerprint,
  other: Fingerprint,
  frequency: Frequency,
): Likeness | null {
  // The same pair gives the same signals whichever is named first.
  const [a, b] = one.url <= other.url ? [one, other] : [other, one];
  const alone = [...ownerSignals(a, b, frequency), ...copySignals(a, b)];
  const summed = [
    ...authorSignals(a, b, frequency),
    ...templateSignals(a, b, frequency),
    ...wordSignals(a, b, frequency),
  ];
  const families = new Set(summed.map(({ family }) => family));
  const reaches = total(summed) >= ENOUGH && families.size >= 2;
  if (!reaches && alone.length === 0) return null;
  const isOneTeam = reaches && families.has('template') && families.has('author');
  const isHouse = isOneTeam || alone.some(({ family }) => family === 'owner');
  return { signals: [...alone, ...summed], isHouse };
}

function total(signals: readonly Signal[]): number {
  return Math.round(signals.reduce((sum, { weight }) => sum + weight, 0) * 10) / 10;
}

function shared(a: readonly string[], b: readonly string[]): readonly string[] {
  const other = new Set(b);
  return a.filter((one) => other.has(one));
}

function ownerSignals(a: Fingerprint, b: Fingerprint, frequency: Frequency): readonly Signal[] {
  const ids = shared(a.owners, b.owners).filter((id) => frequency.of(ownerMark(id)) <= WIDESPREAD);
  return ids
    .slice(0, 1)
    .map((id) => ({ name: `analytics ${id}`, weight: WEIGHTS.alone, family: 'owner' }));
}

function copySignals(a: Fingerprint, b: Fingerprint): readonly Signal[] {
  const [weight, family] = [WEIGHTS.alone, 'copy'] as const;
  if (a.text !== null && a.text === b.text) return [{ name: 'same text', weight, family }];
  const share = containment(a.runs, b.runs);
  const isLong = Math.min(a.runs.short.size, b.runs.short.size) >= FEWEST_RUNS;
  if (!isLong || share < COPIED) return [];
  return [{ name: `${Math.round(share * 100)} % of the text`, weight, family }];
}

function authorSignals(a: Fingerprint, b: Fingerprint, frequency: Frequency): readonly Signal[] {
  const [person] = shared(a.people, b.people).filter(
    (name) => frequency.of(personMark(name)) <= WIDESPREAD,
  );
  if (person === undefined) return [];
  const family = 'author';
  const byline: Signal = { name: `byline ${person}`, weight: WEIGHTS.byline, family };
  if (!areTwoLives(a.biography, b.biography)) return [byline];
  return [byline, { name: 'two biographies', weight: WEIGHTS.biographies, family }];
}

/** One name with two biographies that have nothing in common is a house that invents its authors. */
function areTwoLives(a: readonly string[], b: readonly string[]): boolean {
  const [one, other] = [new Set(a), new Set(b)];
  if (Math.min(one.size, other.size) < SHORTEST_BIOGRAPHY) return false;
  const common = [...one].filter((word) => other.has(word)).length;
  return common < ONE_LIFE * (one.size + other.size - common);
}

function templateSignals(a: Fingerprint, b: Fingerprint, frequency: Frequency): readonly Signal[] {
  const lines = inSameOrder(a.boilerplate, b.boilerplate);
  let own = 0;
  let stock = 0;
  for (const line of lines) {
    const isCommon = isStock(line) || frequency.of(boilerplateMark(line)) > WIDESPREAD;
    if (isCommon) stock += Math.min(weightOf(line), 0.5);
    else own += weightOf(line);
  }
  const isOne = own + Math.min(stock, MOST_OF_STOCK) >= BOILERPLATE_WEIGHT;
  if (!isOne || lines.length < FEWEST_LINES) return [];
  const name = `boilerplate (${lines.length} lines)`;
  return [{ name, weight: WEIGHTS.boilerplate, family: 'template' }];
}

/** The lines both have, as many as stand in the same order in both. */
function inSameOrder(a: readonly string[], b: readonly string[]): readonly string[] {
  const places = new Map([...b.entries()].map(([at, line]) => [line, at]));
  const runs: { lines: readonly string[]; end: number }[] = [];
  let longest: readonly string[] = [];
  for (const line of new Set(a)) {
    const end = places.get(line);
    if (end === undefined) continue;
    const before = runs.filter((run) => run.end < end);
    const best = before.reduce((x, y) => (y.lines.length > x.lines.length ? y : x), NO_RUN);
    const lines = [...best.lines, line];
    runs.push({ lines, end });
    if (lines.length > longest.length) longest = lines;
  }
  return longest;
}

const NO_RUN: { lines: readonly string[]; end: number } = { lines: [], end: -1 };

function wordSignals(a: Fingerprint, b: Fingerprint, frequency: Frequency): readonly Signal[] {
  const signals: Signal[] = [];
  if (sharesAny(a.runs.long, b.runs.long)) {
    signals.push({ name: 'shared run of 11 words', weight: WEIGHTS.longRun, family: 'words' });
  } else if (sharesAny(a.runs.short, b.runs.short)) {
    signals.push({ name: 'shared run of 8 words', weight: WEIGHTS.shortRun, family: 'words' });
  }
  const [term] = shared(a.terms, b.terms).filter((one) => frequency.of(termMark(one)) <= RARE);
  if (term !== undefined && frequency.groups >= RARE_AMONG) {
    signals.push({ name: `rare term ${term}`, weight: WEIGHTS.term, family: 'words' });
  }
  const [section] = shared(a.sections, b.sections).filter(
    (one) => frequency.of(sectionMark(one)) <= WIDESPREAD,
  );
  if (section !== undefined) {
    signals.push({ name: `section ${section}`, weight: WEIGHTS.section, family: 'outline' });
  }
  return signals;
}

/**
 * A mark is one trait of a fingerprint in a form that can be indexed. Two pages that could be found to have one origin
 * always share a mark by which each can be looked up from the other.
 */

function personMark(name: string): string {
  return `by ${name}`;
}

function ownerMark(id: string): string {
  return `owner ${id}`;
}

function boilerplateMark(line: string): string {
  return `line ${digest(line)}`;
}

function termMark(term: string): string {
  return `term ${term}`;
}

function sectionMark(section: string): string {
  return `section ${digest(section)}`;
}

function digest(text: string): string {
  return sha256Hex(text).slice(0, 12);
}

/** The marks by which pages of one origin are looked up: every way to reach an edge begins with one of these. */
export function lookupMarks(print: Fingerprint): readonly string[] {
  return distinct([
    ...print.people.map(personMark),
    ...print.owners.map(ownerMark),
    ...ownLines(print),
    ...(print.text === null ? [] : [`text ${print.text}`]),
    ...print.runs.sample.map((run) => `run ${run.toString(36)}`),
  ]);
}

/** The marks of which it matters how many groups carry them. */
export function countedMarks(print: Fingerprint): readonly string[] {
  return distinct([
    ...print.people.map(personMark),
    ...print.owners.map(ownerMark),
    ...ownLines(print),
    ...print.terms.map(termMark),
    ...print.sections.map(sectionMark),
  ]);
}

/** All marks that are kept of a page. */
export function marksOf(print: Fingerprint): readonly string[] {
  return distinct([...lookupMarks(print), ...countedMarks(print)]);
}

/** Lines that any site may have lead to every site. */
function ownLines({ boilerplate }: Fingerprint): readonly string[] {
  return boilerplate.filter((line) => !isStock(line)).map(boilerplateMark);
}

function distinct(marks: readonly string[]): readonly string[] {
  return [...new Set(marks)].sort();
}
