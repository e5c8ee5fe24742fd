import { bylineIn } from './byline.ts';

/** The field of a stored item that holds its boilerplate; another name would make a new version of every page (docs/adr/0030). */
export const BOILERPLATE_FIELD = 'furniture';

/** Pictographs, arrows and other symbols that sites put around template text. */
const SIGN = /[\p{Extended_Pictographic}\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff]/u;
const SEPARATOR = /\s[·‧∙／]\s|[•|]/;

const MONTHS =
  'jan(?:uary|uar|eiro|vier)?|feb(?:ruary|ruar)?|mar(?:ch|zo|s)?|mär(?:z)?|apr(?:il)?|may|mai|jun[ei]?|jul[yi]?|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?';
const MOMENT = new RegExp(`^(?:${MONTHS}|\\d+(?:st|nd|rd|th)?|am|pm|utc|gmt)$`, 'i');

/** Lines that stand on any site, folded: shared, they say little. */
const STOCK = new Set(
  `#|by *|written by *|posted by *|author *|# min read|# mins read|# minute read|# minutes read|min read #|posted #|
posted on #|published|published #|published on #|updated #|last updated #|#|# comments|# comment|no comments|comments|
leave a comment|leave a reply|learn more|read more|continue reading|scroll to top|back to top|to top|back to blog|
back to news|back|share|share this|share this post|share this article|share on *|share on x|share on facebook|tags|
tags *|tag *|categories *|category *|filed under *|topics *|home|blog|about|about us|about me|contact|contact us|news|
articles|guides|archive|archives|search|menu|close|subscribe|sign in|log in|login|sign up|register|newsletter|rss|
feed|privacy|privacy policy|terms|terms of service|terms of use|terms and conditions|cookie policy|cookies|imprint|
impressum|datenschutz|all rights reserved|copyright #|skip to content|skip to main content|related|related posts|
related articles|recent posts|latest posts|popular posts|you might like|you may also like|read next|keep reading|
more|more posts|previous post|next post|previous|next|follow us|source|sources|source *|advertisement|table of contents|
contents|on this page|in this article|pricing|docs|documentation|features|download|products|product|resources`
    .split('|')
    .map((line) => line.trim()),
);

/** Whether a short line bears the marks of a template rather than of an author. */
export function looksLikeTemplate(line: string): boolean {
  const bare = line.trim();
  if (SIGN.test(bare)) return true;
  if (SEPARATOR.test(bare) && /[\p{L}\p{N}]/u.test(bare)) return true;
  return /^[^.!?]{2,30}[:：]$/u.test(bare) && bare.split(/\s+/).length <= 3;
}

/**
 * A template line with what changes from page to page taken out: symbols and pictures, numbers and dates, the names of
 * a byline, the values of a list. Texts that were glued together (`4 min read738 words`) come apart.
 */
export function foldTemplateLine(line: string): string {
  const byline = bylineIn(line);
  const named =
    byline === null ? line : `${line.slice(0, byline.start)} \ue000 ${line.slice(byline.end)}`;
  const labelled = /^([^:：|·•]{2,40})[:：].*[|·•,、]/u.exec(named);
  const text = labelled === null ? named : `${labelled[1]} \ue000`;
  const parts = text
    .split(/\s+/)
    .filter((part) => !isMisread(part))
    .join(' ')
    .replace(/(\p{Ll})(?=\p{Lu})|(\p{L})(?=\p{N})|(\p{N})(?=\p{L})/gu, '$1$2$3 ')
    .match(/[\p{L}'’]+|\p{N}+|\ue000/gu);
  const folded: string[] = [];
  for (const part of parts ?? []) {
    const word = foldedPart(part);
    if (word !== '#' || folded.at(-1) !== '#') folded.push(word);
  }
  return folded.join(' ');
}

function foldedPart(part: string): string {
  if (part === '\ue000') return '*';
  return MOMENT.test(part) ? '#' : part.toLowerCase().replaceAll('’', "'");
}

/** A picture character read in the wrong charset: letters beyond ASCII and symbols, and nothing else. */
function isMisread(part: string): boolean {
  return !/[\x20-\x7e]/.test(part) && /\p{L}/u.test(part) && /[^\p{L}\p{M}\p{N}]/u.test(part);
}

/** What a line that two sites share says of their being one: nothing for an empty one, little for a common one. */
export function weightOf(folded: string): number {
  if (!/\p{L}/u.test(folded)) return 0;
  return isStock(folded) ? 0.5 : 1;
}

/** A line any site may have: known as such, or a single word. */
export function isStock(folded: string): boolean {
  return STOCK.has(folded) || !folded.includes(' ');
}
