// Direction overrides, invisible marks and tag characters can make a line read as something it is not; the flags of
// countries within countries are written with tags behind a black flag, and stay.
const INVISIBLE =
  /(\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f})|[\u{ad}\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{e0000}-\u{e007f}]/gu;
const BLANKS = /[\s\p{Cc}\u{2028}\u{2029}]+/gu;

/**
 * One line of well-formed, visible text: line breaks and control characters become a space, invisible and
 * direction-changing characters go, half a surrogate pair becomes U+FFFD. Everything from outside passes through here
 * before it is escaped for where it lands.
 */
export function plain(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\u{fffd}')
    .replace(INVISIBLE, '$1')
    .replace(BLANKS, ' ')
    .trim();
}

/** At most `limit` UTF-16 units, cut between what a reader sees as characters and marked with an ellipsis. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit < 1) return '';
  return `${text.slice(0, boundaryBefore(text, limit - 1)).trimEnd()}…`;
}

/** Made when the first text is cut: making it takes as long as a small question. */
let characters: Intl.Segmenter | undefined;

/** No character that people use takes more UTF-16 units; longer heaps of marks are cut anywhere. */
const LONGEST_CHARACTER = 64;

/** The last place at or before `end` that lies between two characters, such as families of emoji and letters with marks. */
function boundaryBefore(text: string, end: number): number {
  const from = Math.max(0, end - 2 * LONGEST_CHARACTER);
  const around = text.slice(from, end + LONGEST_CHARACTER);
  characters ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const at = characters.segment(around).containing(end - from)?.index ?? 0;
  if (end - from - at <= LONGEST_CHARACTER && from + at > 0) return from + at;
  return /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end;
}

const encoder = new TextEncoder();

export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

/** Characters that end or change a link in one of the dialects and mean the same in a URL when they are encoded. */
const LINK_BREAKING = /[|()[\]\\*`~<>"'^{}]/g;

/** The address as a link may carry it anywhere, or null when it is not a plain web address. */
export function safeUrl(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  // A user name before the host is how a link pretends to lead elsewhere.
  if (!isWeb || url.username !== '' || url.password !== '') return null;
  return url.href.replace(LINK_BREAKING, (character) => percentEncoded(character));
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** At most `limit` characters, cut behind a word and marked with an ellipsis. */
export function cutBetweenWords(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, boundaryBefore(text, limit - 1));
  const end = cut.lastIndexOf(' ');
  return `${(end > limit / 2 ? cut.slice(0, end) : cut).replace(/[\s,;:]+$/, '')}…`;
}
