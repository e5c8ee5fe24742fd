import type { Instant } from '../../domain/time.ts';
import type { AliasNode, Entry } from './alias-trie.ts';
import { coordinated } from './coordination.ts';
import { isClaimed, type Mention } from './mention.ts';
import { type Found, isPlan, joins, type NameTable, type Scan, SIZES } from './name-table.ts';
import { type Atom, atomsOf, continues, headOf, runsOf } from './runs.ts';
import { unlistedAt } from './unlisted.ts';

/** Words after a hyphen that speak of a model without making another one of it. */
const TAILS = new Set(
  (
    'api based built class client era familie family grade launch level like line lineage modell modelle modellen ' +
    'models native powered reihe related release releases serie series specific start style tier type update version'
  ).split(' '),
);
const QUOTES = /["'`«「『]/;

export function matchNames(
  text: string,
  folded: string,
  table: NameTable,
  at: Instant,
): readonly Mention[] {
  const scan: Scan = { text, folded, runs: runsOf(folded), table };
  const mentions: Mention[] = [];
  let index = 0;
  while (index < scan.runs.length) {
    const found = nameAt(scan, index);
    index = found?.next ?? index + 1;
    if (found === null) continue;
    const mention = mentionOf(scan, found, at);
    mentions.push(mention, ...coordinated(text, folded, mention, table));
    const end = mentions.at(-1)?.span[1] ?? found.end;
    while ((scan.runs[index]?.start ?? end) < end) index++;
  }
  return mentions;
}

function mentionOf(scan: Scan, found: Found, at: Instant): Mention {
  return {
    subject: found.subject,
    span: [found.start, found.end],
    text: scan.text.slice(found.start, found.end),
    alias: found.alias.kind,
    claimed: isClaimed(found.alias, at),
    discovered: !scan.table.known(found.subject),
  };
}

/** So many names that slashes join are looked through to find that the last of them is none. */
const MOST_JOINED = 16;

/** The longest name that begins with a run and fills whole runs, or null; `joined` names stand before it with slashes. */
function nameAt(scan: Scan, index: number, joined = 0): Found | null {
  const run = scan.runs[index];
  if (run === undefined || !run.clean) return null;
  const isStart = scan.table.trie.next.has(headOf(scan.folded, run));
  const listed = isStart ? aliasAt(scan, index) : null;
  const found =
    listed === null || hasVersionBehind(scan, listed) ? unlistedAt(scan, index, isStart) : listed;
  if (found === null || !endsClean(scan, found, joined) || isOfAnother(scan, index, found))
    return null;
  return withTier(scan, found) ?? found;
}

/** "Sora 3" is not Sora, nor "ChatGPT Images 3" what came before it. */
function hasVersionBehind(scan: Scan, found: Found): boolean {
  const run = scan.runs[found.next];
  if (run === undefined || !joins(scan, found.next)) return false;
  if (/\d[a-z]?$/.test(scan.folded.slice(found.start, found.end))) return false;
  const [first, second] = atomsOf(scan.folded, run);
  return first !== undefined && second === undefined && /^\d(?:\.\d+)?$/.test(first.text);
}

/** Walks the aliases from a run on, run by run. */
function aliasAt(scan: Scan, from: number): Found | null {
  let node: AliasNode | undefined = scan.table.trie;
  let best: Found | null = null;
  for (let index = from; node !== undefined; index++) {
    const run = scan.runs[index];
    if (run === undefined || (index > from && !joins(scan, index))) break;
    const step = walk(node, atomsOf(scan.folded, run));
    const entry = step.entry ?? (index === from ? step.slugOf : null);
    const found = entry && foundAs(scan, entry, from, index, step.end);
    if (found !== null && !isNameOfPlan(scan, best, found)) best = found;
    node = step.node;
  }
  return best;
}

/** In "GPT-5.5 Pro users" the longer name is the shorter one and a plan. */
function isNameOfPlan(scan: Scan, shorter: Found | null, longer: Found): boolean {
  const last = scan.folded.slice(scan.runs[longer.next - 1]?.start, longer.end);
  return shorter !== null && scan.table.isTier(last) && isPlan(scan.folded, longer.end);
}

/** The name that runs from the one to the other of them, when it is written as a name is. */
function foundAs(scan: Scan, entry: Entry, from: number, to: number, end: number): Found | null {
  const start = scan.runs[from]?.start ?? 0;
  if (!writtenAs(scan, entry, start, end)) return null;
  const { subject, alias } = entry;
  return { subject: subject.id, alias, start, end, next: to + 1 };
}

/** Where a run's atoms lead; an entry only when the run is used up, or what is left is a tail. */
function walk(
  from: AliasNode,
  atoms: readonly Atom[],
): { node: AliasNode | undefined; entry: Entry | null; slugOf: Entry | null; end: number } {
  let node: AliasNode | undefined = from;
  let end = 0;
  for (const [index, atom] of atoms.entries()) {
    const next: AliasNode | undefined = node.next.get(atom.text);
    if (next === undefined) {
      const isTail = index > 0 && index === atoms.length - 1 && TAILS.has(atom.text);
      return { node: undefined, entry: isTail ? node.entry : null, slugOf: null, end };
    }
    node = next;
    end = atom.end;
  }
  return {
    node: atoms.length === 0 ? undefined : node,
    entry: node.entry,
    slugOf: node.slugOf,
    end,
  };
}

/** A short id counts in its own case; a product or codename of one word only as a name: capital or in quotes. */
function writtenAs(scan: Scan, entry: Entry, start: number, end: number): boolean {
  const { text, kind } = entry.alias;
  const written = scan.text.slice(start, end);
  if (text.length <= 2) return written === text;
  const isWord = /^[A-Za-z]+$/.test(text) && (kind === 'codename' || kind === 'product');
  if (!isWord) return true;
  return /^[A-Z]/.test(written) || (start > 0 && QUOTES.test(scan.folded.charAt(start - 1)));
}

/** Whether nothing behind a name continues it: `…/text-to-image@beta`, `…:batch`, an accented letter. */
function endsClean(scan: Scan, found: Found, joined: number): boolean {
  const { folded } = scan;
  if (continues(folded, found.end)) return false;
  const [sign, after] = [folded.charAt(found.end), folded.charAt(found.end + 1)];
  if (sign === '_') return false;
  if (!/[a-z\d]/.test(after)) return true;
  if (sign === '/') return joined === MOST_JOINED || nameAt(scan, found.next, joined + 1) !== null;
  return sign !== '@' && !(sign === ':' && /[-\d]/.test(folded.slice(found.start, found.end)));
}

/** `GPT-6 Astra` + `Pro` is a model of its own. */
function withTier(scan: Scan, found: Found): Found | null {
  const run = scan.runs[found.next];
  if (run === undefined || !joins(scan, found.next)) return null;
  if (found.alias.kind === 'product' || found.alias.kind === 'codename') return null;
  const tier = scan.folded.slice(run.start, run.end);
  const grammar = scan.table.grammarOf(found.subject);
  const isName = SIZES.has(tier) || /[A-Z]/.test(scan.text.charAt(run.start));
  if (grammar === null || !grammar.tiers.has(tier)) return null;
  if (!isName || isPlan(scan.folded, run.end)) return null;
  const subject = `${found.subject}-${tier}`;
  return grammar.fits(subject) ? { ...found, subject, end: run.end, next: found.next + 1 } : null;
}

/** The word before a place on the same line, and the one before that when it only adds a genitive ("Google's"). */
const WORD_BEFORE = /([^\s'*(["“]+?)(?:'s)?[ \n*]{1,3}$/;
const FURTHEST = 40;

/**
 * Whether a name in plain words is the rest of somebody else's: of another maker's ("Qwen Image 2.0", "Google's Image
 * 2.0"), or of a longer one that was turned away ("NotGPT Image 2").
 */
function isOfAnother(scan: Scan, index: number, { alias, start, subject }: Found): boolean {
  if (alias.kind === 'api_id' || alias.kind === 'slug') return false;
  const before = scan.folded.slice(Math.max(0, start - FURTHEST), start);
  const word = WORD_BEFORE.exec(before)?.[1] ?? '';
  return word !== '' && (isMaker(scan, word, subject) || isTurnedAway(scan, index, word));
}

/** Whether a word is the name of somebody else than whose the subject is. */
function isMaker({ table }: Scan, word: string, subject: string): boolean {
  const last = word.split('-').at(-1) ?? word;
  const others = table.grammarOf(subject)?.others;
  return others !== undefined && (others.has(word) || others.has(last));
}

/** A word that ends like the beginning of a longer name of which this one is the rest. */
function isTurnedAway({ folded, runs, table }: Scan, index: number, word: string): boolean {
  const run = runs[index];
  const [first] = run === undefined ? [] : atomsOf(folded, run);
  if (first === undefined) return false;
  for (const [root, node] of table.trie.next) {
    if (word.endsWith(root) && node.next.has(first.text)) return true;
  }
  return false;
}
