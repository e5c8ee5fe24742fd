/**
 * Characters that take no room on the page: soft hyphen, zero-width spaces and joiners, marks of direction, byte order
 * mark, variation selectors and tags. One inside a name makes it another name to a program and the same to a reader.
 */
const INVISIBLE =
  /[\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0]|[\uFE00-\uFE0F]|[\u{E0000}-\u{E0FFF}]/gu;
const IS_INVISIBLE = new RegExp(INVISIBLE.source, 'u');

/** A text as the source of an expression that finds it as it is written. */
export function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** A text without the characters nobody sees. */
export function withoutInvisible(text: string): string {
  return IS_INVISIBLE.test(text) ? text.replace(INVISIBLE, '') : text;
}

/** Each sign that has a plain twin of the same length, and the twin. Em dashes part sentences and stay. */
const TWINS = new Map([
  ...twins('\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d', '-'),
  ...twins(
    '\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000',
    ' ',
  ),
  ...twins('\u2018\u2019\u201b\u2032\u02bc\uff07\u00b4', "'"),
  ...twins('\u201c\u201d\u201e\u201f\u2033\uff02', '"'),
  // The one letter whose lower case is longer than itself.
  ...twins('\u0130', 'I'),
]);
const FULL_WIDTH_SHIFT = 0xfee0;
const ODD =
  /[\u00a0\u00b4\u0130\u02bc\u2000-\u200a\u2010-\u2013\u2018\u2019\u201b-\u201f\u202f\u2032\u2033\u205f\u2212\u3000\ufe63\uff01-\uff5e]/g;

function twins(characters: string, plain: string): readonly (readonly [string, string])[] {
  return [...characters].map((one) => [one, plain] as const);
}

/**
 * A text with the many ways to write one sign made one, in lower case, at the same length: an offset in the folded
 * text is an offset in the text itself.
 */
export function foldText(text: string): string {
  return foldSigns(text).toLowerCase();
}

/** As `foldText`, with capitals kept. */
function foldSigns(text: string): string {
  return text
    .replaceAll(/[\t`]/g, (sign) => (sign === '`' ? "'" : ' '))
    .replaceAll(
      ODD,
      (sign) => TWINS.get(sign) ?? String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_SHIFT),
    );
}

/** A stretch of a text, by offsets. */
export interface Range {
  start: number;
  end: number;
}

/** Pictures that say no, that something is wrong, or that it is asked. */
const SPEAKING = new Set(['❌', '❎', '✖', '⛔', '🚫', '🛑', '❓', '❔', '⁉', '🙅', '👎']);
/** A picture, its colour, and the signs that tie it to another one. */
const PICTURE = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f)+$/u;

/** "released 🔥GPT-5.5🔥": a picture that parts no words, and says nothing. */
export function isOrnament(piece: string): boolean {
  return PICTURE.test(piece) && ![...piece].some((one) => SPEAKING.has(one));
}
