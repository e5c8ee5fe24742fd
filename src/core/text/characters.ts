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
