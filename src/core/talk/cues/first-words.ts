/** How many first words one pattern may begin with; one that has more is matched the slow way. */
const MOST_HEADS = 1000;

interface Cursor {
  source: string;
  at: number;
  /** How many characters make a first word: one where words have no spaces. */
  longest: number;
}

/** What a pattern may begin with: the first word so far, and whether it is complete. */
type Start = readonly [text: string, done: boolean];

class TooWide extends Error {}

/**
 * The first words a pattern may begin with, so that a text is only matched where one of them stands. Null when they
 * cannot be told: the pattern begins with a class of characters.
 */
export function headsOf(source: string, unspaced = false): readonly string[] | null {
  const longest = unspaced ? 1 : Number.POSITIVE_INFINITY;
  try {
    const starts = alternatives({ source, at: 0, longest }, [['', false]]);
    const heads = starts.map(([text]) => text);
    return heads.includes('') ? null : [...new Set(heads)];
  } catch (thrown) {
    if (thrown instanceof TooWide) return null;
    throw thrown;
  }
}

/** The branches of a group, or of the whole pattern. */
function alternatives(cursor: Cursor, before: readonly Start[]): readonly Start[] {
  const all: Start[] = [];
  let branch = before;
  while (cursor.at < cursor.source.length) {
    const sign = cursor.source.charAt(cursor.at);
    if (sign === ')') break;
    if (sign === '|') {
      all.push(...branch);
      branch = before;
      cursor.at++;
    } else branch = step(cursor, branch);
    if (branch.length > MOST_HEADS) throw new TooWide();
  }
  return distinct([...all, ...branch]);
}

function distinct(starts: readonly Start[]): readonly Start[] {
  return [...new Map(starts.map((start) => [`${start[0]} ${start[1]}`, start])).values()];
}

/** One part of a branch with what says how often it stands. */
function step(cursor: Cursor, before: readonly Start[]): readonly Start[] {
  const after = part(cursor, before);
  const mark = cursor.source.charAt(cursor.at);
  if (mark === '{') return skipCount(cursor, after);
  if (mark !== '?' && mark !== '*' && mark !== '+') return after;
  cursor.at++;
  const grows = after.some(([, done]) => !done);
  if (mark !== '?' && grows) throw new TooWide();
  return mark === '+' ? after : distinct([...before, ...after]);
}

function skipCount(cursor: Cursor, after: readonly Start[]): readonly Start[] {
  const end = cursor.source.indexOf('}', cursor.at);
  if (end < 0 || after.some(([, done]) => !done)) throw new TooWide();
  cursor.at = end + 1;
  return after;
}

function part(cursor: Cursor, before: readonly Start[]): readonly Start[] {
  const sign = cursor.source.charAt(cursor.at);
  if (sign === '(') return group(cursor, before);
  if (sign === '[') return oneOf(cursor, before);
  cursor.at++;
  if (sign === '\\' || sign === '.') return unknown(cursor, sign, before);
  return extended(cursor, before, sign);
}

function group(cursor: Cursor, before: readonly Start[]): readonly Start[] {
  const opening = /\((?:\?:|\?!|\?=|\?<!|\?<=)?/y;
  opening.lastIndex = cursor.at;
  const opened = opening.exec(cursor.source)?.[0] ?? '(';
  cursor.at += opened.length;
  const inside = alternatives(cursor, before);
  cursor.at++;
  return opened === '(?:' || opened === '(' ? inside : before;
}

function oneOf(cursor: Cursor, before: readonly Start[]): readonly Start[] {
  const end = cursor.source.indexOf(']', cursor.at);
  if (end < 0) throw new TooWide();
  const inside = cursor.source.slice(cursor.at + 1, end);
  cursor.at = end + 1;
  if (/[\\^]|.-./.test(inside)) return unknown(cursor, '.', before);
  return [...inside].flatMap((one) => extended(cursor, before, one));
}

/** A sign that cannot be told: harmless behind the first word, unusable within it. */
function unknown(cursor: Cursor, sign: string, before: readonly Start[]): readonly Start[] {
  const escaped = sign === '\\' ? cursor.source.charAt(cursor.at) : '';
  if (sign === '\\') cursor.at++;
  if (/[^a-zA-Z\d]/.test(escaped)) return extended(cursor, before, escaped);
  if (escaped === 's' || escaped === 'b') return before.map(([text]) => [text, true] as const);
  if (before.some(([, done]) => !done)) throw new TooWide();
  return before;
}

function extended(cursor: Cursor, before: readonly Start[], sign: string): readonly Start[] {
  const isWord = /[\p{L}\p{N}]/u.test(sign);
  return before.map((start) => {
    const [text, done] = start;
    if (done) return start;
    const longer = isWord ? text + sign : text;
    return [longer, !isWord || longer.length >= cursor.longest] as const;
  });
}
