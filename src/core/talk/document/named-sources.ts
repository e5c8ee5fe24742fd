import type { CueMatch } from '../cues/lexicon.ts';
import type { Masked } from './mask.ts';
import type { Range } from './sentences.ts';

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
