import type { Range } from '../../text/characters.ts';
import type { VendorWords } from '../cues/vendor-words.ts';

/** Sentences longer than this are data, or an attack. */
export const LONGEST_SENTENCE = 2000;

const ABBREVIATION =
  /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|approx|nos|fig|inc|ltd|corp|dr|mr|mrs|ms|st|jr|prof|u\.s|a\.k\.a|vol|ed|est|z\.b|d\.h|u\.a|bzw|ca|[a-z])\.$/i;
/** "21. April": the dot of a day in a German date ends no sentence. */
const ORDINAL = /(?:^|\D)\d{1,2}\.\s(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)/;
// Folding has made the wide punctuation narrow: before a script without spaces they end a sentence all the same.
const END =
  /[.!?…]+["')\]]*(?=\s|$)|[!?]+["'」』)]*(?=[\u3040-\u9fff\uac00-\ud7a3])|[。｡]+["'」』)]*/g;
/** A line this short ends where it breaks: wrapped text fills its lines. */
const SHORT_LINE = 60;

/** The sentences of a stretch of folded text. */
export function sentencesIn(folded: string, within: Range): readonly Range[] {
  const sentences: Range[] = [];
  let start = within.start;
  for (const end of endsIn(folded, within)) {
    if (end <= start) continue;
    push(sentences, folded, start, end);
    start = end;
  }
  push(sentences, folded, start, within.end);
  return sentences;
}

function push(sentences: Range[], folded: string, from: number, to: number): void {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(folded.charAt(start))) start++;
  while (end > start && /\s/.test(folded.charAt(end - 1))) end--;
  if (end > start) sentences.push({ start, end });
}

function endsIn(folded: string, { start, end }: Range): readonly number[] {
  const text = folded.slice(start, end);
  const ends: number[] = [];
  for (const match of text.matchAll(END)) {
    const at = match.index + match[0].length;
    if (match[0].startsWith('.') && isDotOf(text, at)) continue;
    if (!(match[0].includes('"') && goesOn(text, at))) ends.push(start + at);
  }
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', line)) {
    if (at - line < SHORT_LINE || /[:.!?]\s*$/.test(text.slice(line, at))) ends.push(start + at);
    line = at + 1;
  }
  return ends.sort((a, b) => a - b);
}

/** Whether the dot before a place belongs to an abbreviation or a day, and ends nothing. */
function isDotOf(text: string, at: number): boolean {
  return (
    ABBREVIATION.test(text.slice(Math.max(0, at - 8), at)) ||
    ORDINAL.test(text.slice(Math.max(0, at - 4), at + 10))
  );
}

/** A question mark or dots within a sentence: what follows begins small (“Released!” posts), as an original is not shown. */
function goesOn(text: string, at: number): boolean {
  return /^[ ](?:posts?|videos?|headlines?|threads?|tweets?|claims?|asked|asks|said|says|wrote|thumbnails?|stories|screenshots?|banners?|pages?|listings?|on|by|in)\b/.test(
    text.slice(at, at + 16),
  );
}

/** Where a clause ends: punctuation, conjunctions after a comma, contrasts, and a new subject after "and". */
const BREAKS = [
  String.raw`[;()（）；]|:(?!\d)|：|\s-{1,2}\s|—|–`,
  String.raw`,\s+(?:and|but|or|so|yet|while|whereas|although|though|because|since|which|who|where|when|if|unless|until|nor|then|not|no|even|with|then|however|plus)\b`,
  String.raw`\s(?:but|whereas|although|though|because|unless)\s|(?<!\b(?:a|all|worth|little|long))\swhile\s`,
  String.raw`(?<!\b(?:not|n't|never|has|have|had|is|are|was|were|as|been))\syet\s(?!to\b)`,
  String.raw`\sand\s(?=(?:then\s)?(?:it|they|he|she|we|you|i|there|this|that|no|nobody|nothing|none|neither|<maker>|the company|is|are|was|were|has|have|had|will|would|can|cannot|could|may|does|did|do|remains?|still|already|now)\b)`,
  String.raw`,(?=[\u3040-\u9fff])|、(?=(?:但|而|不过|然而|如果|要是|虽然|因为|所以|同时|其余))`,
].join('|');

const compiled = new Map<string, RegExp>();

/** `BREAKS` with the names of the makers, compiled once. */
function breaksWith(words: Pick<VendorWords, 'expand'>): RegExp {
  const source = words.expand(BREAKS);
  const known = compiled.get(source) ?? new RegExp(source, 'g');
  compiled.set(source, known);
  return known;
}

/** A clause put in front ("While it is being tested, …") ends at its comma. */
const FRONTED =
  /^(?:but |and |so |then |yet )?(?:(?:[\w-]+ ){1,3}(?:after|before)|while|although|though|whereas|since|as|because|after|before|when|once|if|unless|until|despite|unlike|whether|until then|meanwhile|for now|so far)\b[^,]{3,160},\s/;

/** The clauses of a sentence: a cue reaches no further than its own. */
export function clausesIn(
  folded: string,
  sentence: Range,
  words: Pick<VendorWords, 'expand'>,
): readonly Range[] {
  const breaks = breaksWith(words);
  const text = folded.slice(sentence.start, sentence.end);
  const fronted = FRONTED.exec(text)?.[0].length ?? 0;
  const clauses: Range[] = [];
  const middle = sentence.start + fronted;
  if (fronted > 0) cut(clauses, folded, { start: sentence.start, end: middle }, breaks);
  cut(clauses, folded, { start: middle, end: sentence.end }, breaks);
  return clauses;
}

function cut(clauses: Range[], folded: string, within: Range, breaks: RegExp): void {
  const text = folded.slice(within.start, within.end);
  let { start } = within;
  for (const match of text.matchAll(breaks)) {
    const at = within.start + match.index;
    push(clauses, folded, start, at);
    // The conjunction belongs to what it opens; a sign to neither.
    const sign = /^(?:,\s+|\s)?[^\p{L}]*/u.exec(match[0])?.[0].length ?? 0;
    start = at + sign;
  }
  push(clauses, folded, start, within.end);
}

/** Whether a sentence ends in a question mark, quotes and brackets behind it apart. */
export function isQuestion(folded: string, { start, end }: Range): boolean {
  return /[?？]["'」』)]*$/.test(folded.slice(start, end));
}
