import type { Mention } from '../../names/mention.ts';
import type { Names } from '../../names/names.ts';
import type { Range } from '../../text/characters.ts';
import { firstFrom } from '../cues/cue-index.ts';
import type { CueMatch } from '../cues/lexicon.ts';
import type { VendorWords } from '../cues/vendor-words.ts';
import type { WordLists } from '../syntax/word-classes.ts';
import type { Masked } from './markup.ts';

interface Known {
  names: Names;
  lists: WordLists;
  words: Pick<VendorWords, 'standIn'>;
}

/**
 * Adds the members of a family that a text calls by their last name alone once it has named the family ("Sol" after
 * "GPT-5.6"). Only names the catalogue holds, and only where exactly one family of the text has such a member.
 */
export function membersIn(
  text: string,
  mentions: readonly Mention[],
  titled: readonly Mention[],
  known: Known,
): readonly Mention[] {
  const meant = onlyMembers(text, mentions, titled, known);
  const inFull = meant.map((mention) => versionOf(text, mention, known.names));
  const named = withNumbers(text, inFull, [...inFull, ...titled], known);
  const last = lastNames([...named, ...titled], known);
  if (last.size === 0) return named;
  const found: Mention[] = [];
  for (const match of text.matchAll(capitalised([...last.keys()]))) {
    const subject = last.get(match[0].toLowerCase());
    if (subject === undefined || subject === null) continue;
    const span = [match.index, match.index + match[0].length] as const;
    if (isNamed(named, span)) continue;
    found.push(shortName(subject, span, match[0]));
  }
  return [...named, ...found].sort((a, b) => a.span[0] - b.span[0]);
}

/**
 * "DALL-E" on a page that DALL-E 2 is the title of: the name of a family without a number means the one member that the title
 * names, as far as the text names no other.
 */
function onlyMembers(
  text: string,
  mentions: readonly Mention[],
  titled: readonly Mention[],
  { names, lists }: Known,
): readonly Mention[] {
  const all = [...titled, ...mentions].map(({ subject }) => subject);
  const byFamily = new Map<string, string | null>();
  for (const { subject } of titled) {
    const family = subject.replace(/-\d[a-z\d.-]*$/, '');
    if (family === subject || /\d/.test(family) || names.subject(family)?.kind !== 'family')
      continue;
    const isOnly = all.every((one) => one === subject || !one.startsWith(`${family}-`));
    byFamily.set(family, isOnly ? subject : null);
  }
  return mentions.map((mention) => {
    const member = byFamily.get(mention.subject) ?? null;
    const before = text.slice(Math.max(0, mention.span[0] - NEAR), mention.span[0]);
    return member === null || lists['family-members.other'].test(before)
      ? mention
      : { ...mention, subject: member };
  });
}

/** A version by its number, with the size behind it. */
const NUMBER =
  /(?<![\p{L}\p{N}.$€£#,:_/-])(\d{1,2}\.\d{1,2})(?: (pro|mini|nano|thinking|instant)(?![\p{L}\p{N}]))?(?![\p{L}\p{N}%×_-]|[.,:]\d)/giu;
/** How far around a number its neighbours are looked at, in characters. */
const NEAR = 24;

/**
 * Adds versions that a text calls by their number alone once it has named them in full: "5.5" or "5.5 pro" after "GPT-5.5".
 */
function withNumbers(
  text: string,
  named: readonly Mention[],
  spoken: readonly Mention[],
  { names, lists }: Known,
): readonly Mention[] {
  const byNumber = versionsIn(spoken);
  if (byNumber.size === 0) return named;
  const found = [...text.matchAll(NUMBER)].flatMap((match): readonly Mention[] => {
    const [whole, number = '', tier] = match;
    const span = [match.index, match.index + whole.length] as const;
    const version = byNumber.get(number) ?? null;
    const subject = tier === undefined ? version : `${version}-${tier.toLowerCase()}`;
    if (version === null || subject === null || names.subject(subject) === null) return [];
    if (isNamed(named, span)) return [];
    // Behind another name or noun it is that one's; before a unit it counts something.
    const isLed = lists['family-members.leads'].test(
      text.slice(Math.max(0, span[0] - NEAR), span[0]),
    );
    if (!isLed || lists['family-members.counted'].test(text.slice(span[1], span[1] + NEAR)))
      return [];
    return [shortName(subject, span, whole)];
  });
  return found.length === 0 ? named : [...named, ...found].sort((a, b) => a.span[0] - b.span[0]);
}

function shortName(subject: string, span: Mention['span'], text: string): Mention {
  return { subject, span, text, alias: 'display', claimed: false, discovered: false };
}

/** Whether a place is part of a name already: names stand in order, and none overlaps another. */
function isNamed(named: readonly Mention[], [start, end]: Mention['span']): boolean {
  const before = named[firstFrom(named, end, ({ span }) => span[0]) - 1];
  return before !== undefined && before.span[1] > start;
}

/** The versions that names in full are of, by their number; null where two share one. */
function versionsIn(spoken: readonly Mention[]): ReadonlyMap<string, string | null> {
  const byNumber = new Map<string, string | null>();
  for (const { subject } of spoken) {
    const [, id = '', number] = /^([a-z-]+-(\d{1,2}\.\d{1,2}))(?:-[a-z]+)*$/.exec(subject) ?? [];
    if (number === undefined) continue;
    const known = byNumber.get(number);
    byNumber.set(number, known === undefined || known === id ? id : null);
  }
  return byNumber;
}

/** "A preview of o1" speaks of o1-preview, when the catalogue holds such a model. */
function versionOf(text: string, mention: Mention, names: Names): Mention {
  const before = text.slice(Math.max(0, mention.span[0] - 30), mention.span[0]);
  const [, tier] = VERSION.exec(before) ?? [];
  const subject = `${mention.subject}-${tier?.toLowerCase()}`;
  return tier !== undefined && names.subject(subject) !== null ? { ...mention, subject } : mention;
}

const VERSION = /\b(preview|mini|nano|pro)(?: version| model)? of (?:the )?$/i;

/** The names as a text writes them: with a capital, on their own. */
function capitalised(names: readonly string[]): RegExp {
  const written = names.map((name) => name.charAt(0).toUpperCase() + name.slice(1));
  return new RegExp(`(?<![\\p{L}\\p{N}._-])(?:${written.join('|')})(?![\\p{L}\\p{N}_-])`, 'gu');
}

/** The last names of the members of the families a text speaks of; null where two families share one. */
function lastNames(
  mentions: readonly Mention[],
  { names, words }: Known,
): ReadonlyMap<string, string | null> {
  const families = new Set(mentions.map(({ subject }) => familyOf(subject, words)).filter(isText));
  const last = new Map<string, string | null>();
  for (const { id, kind } of names.subjects()) {
    const family = familyOf(id, words);
    if (kind !== 'model' || family === null || !families.has(family)) continue;
    const name = id.slice(family.length + 1);
    if (name === '') continue;
    last.set(name, last.has(name) ? null : id);
  }
  return last;
}

/** The versioned family an id belongs to, when its last part is a name of its own (`gpt-5.6` of `gpt-5.6-sol`). */
function familyOf(id: string, words: Known['words']): string | null {
  const match = /^(.*\d)(?:-([a-z]{3,}))?$/.exec(id);
  if (match?.[1] === undefined) return null;
  const last = match[2] ?? '';
  return COMMON_ENDINGS.has(last) || words.standIn(last) === '@product' ? null : match[1];
}

/** Last parts that are plain words of the trade, and no names. */
const COMMON_ENDINGS = new Set(
  'mini nano pro max turbo lite chat latest preview instant thinking audio realtime search api research vision instruct transcribe tts'.split(
    ' ',
  ),
);

function isText(value: string | null): value is string {
  return value !== null;
}

/** Words with capitals, small words between them: how a text writes the name of an outlet or a person. */
const WORD = String.raw`[A-Z0-9][\w&'’-]*(?:\.[\w&'’-]+)*`;
const NAME = String.raw`(?:the\s+)?${WORD}(?:\s+(?:of|the|and|for|at|&|${WORD})){0,4}`;
const REPORTS =
  'reports?|reported|reporting|says?|said|writes?|wrote|claims?|claimed|notes?|noted|describes?|described|puts|quotes?|quoted|cites?|cited|learned|states?|stated|tells?|told|adds?|added|calls?|called|observes?|observed|lists?|logged|tweeted|posted|publishes|published|maintains?|insists?|insisted|confirms?|confirmed';
/** "Capital Ledger reports", "Capital Ledger, a newspaper, has reported". */
const BEFORE = new RegExp(
  String.raw`(?<![\w'’.-])(${NAME})(?:,[^,.;]{2,60},|,)?\s+(?:has |had |have |also |now |since |first |today |then )*(?:${REPORTS})\b`,
  'g',
);
/** "according to Capital Ledger", "reported by Capital Ledger", "Capital Ledger's report". */
const BEHIND = new RegExp(
  String.raw`\b(?:[Aa]ccording to|[Ll]aut|[Ss]elon|[Dd]'après|[Ss]egún|[Ss]egundo(?: (?:a|o))?|[Aa]s|[Pp]er|[Vv]ia|[Cc]iting|[Qq]uoting|(?:first |as )?(?:reported|spotted|noticed|seen|published|cited|quoted|logged|relayed) by)\s+(${NAME})(?!\w)`,
  'g',
);

/** Words that open no name, whatever follows them. */
const OPENERS =
  'it|he|she|they|we|you|i|this|that|these|those|there|here|nobody|none|everyone|everybody|anyone|some|many|most|all|both|several|other|others|what|who|which|as|and|but|so|then|now|today|yesterday|one|two|three|in|on|at|by|from|if|when|while';
/** Words that are no name by themselves, though they may be part of one. */
const COMMON =
  'people|users?|developers?|testers?|insiders?|leakers?|posters?|observers?|analysts?|experts?|fans?|critics?|sources?|rumou?rs?|reports?|leaks?|documents?|screenshots?|company|lab|vendor|changelog|docs|documentation|api|page|post|article|title|headline|text|model|update|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|plus|pro|free|team|enterprise|reviewers?|outlets?|media|press|ceo|sam|arena';
const NO_NAME = new RegExp(`^(?:the |a |an )?(?:${OPENERS}|${COMMON})$`, 'i');
const OPENS_NONE = new RegExp(`^(?:${OPENERS})$`, 'i');

/**
 * Where a text names somebody whose words it passes on, outlets and persons nobody has listed: the name as
 * `outlet.named`, the name with what it is said by as `source`. `taken` are the places of names that are no outlets:
 * models, the vendor, its people.
 */
export function namedSources(masked: Masked, taken: readonly Range[]): readonly CueMatch[] {
  const found = [BEFORE, BEHIND].flatMap((pattern) => [...masked.text.matchAll(pattern)]);
  return found.flatMap((match) => {
    const name = match[1] ?? '';
    const start = match.index + match[0].indexOf(name);
    const end = start + name.length;
    if (taken.some((one) => one.start < end && start < one.end)) return [];
    if (!isName(masked.text, name, start)) return [];
    return [
      { family: 'outlet.named', start, end },
      { family: 'source', start: match.index, end: match.index + match[0].length },
    ];
  });
}

function isName(text: string, name: string, start: number): boolean {
  const words = name.split(/\s+/);
  if (NO_NAME.test(name) || OPENS_NONE.test(words[0] ?? '')) return false;
  const opensSentence = /(?:^|[.!?:;|>"“(\n]\s*)$/.test(text.slice(Math.max(0, start - 4), start));
  if (name.length < 2 || /\b(?:on|in|at|from) $/.test(text.slice(Math.max(0, start - 5), start)))
    return false;
  return words.length > 1 || !opensSentence;
}
