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

/** Words before `by` that make it no byline. */
const NOT_WRITTEN =
  /\b(?:powered|photo|photograph|image|images|picture|pictures|illustration|art|cover|video|sponsored|presented|made|built|hosted|reviewed|translated|edited|verified|followed|bild|foto)s?\s*$/i;

/** A lead-in that says whose words these are, in some languages. */
const LEAD_IN =
  /(?:^|[\s|·•,–—-])(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|[Aa]uthor|[Aa]utore?|[Aa]utorin|[Aa]uteur)\s*:?\s+/gu;
const LEAD_IN_EAST_ASIAN =
  /(?:作者|文|撰文|記者|记者|著者|執筆|글|기자)\s*[:：／/|]\s*([\p{L}・· ]{2,20})/u;

const PART = String.raw`\p{Lu}[\p{L}'’.-]*`;
const PARTICLE = 'de|da|di|do|del|della|van|von|der|den|bin|al|el|la|le|ter|ten';
/** Two to four names, the first and the last with capitals. */
const PERSON = new RegExp(String.raw`^${PART}(?:\s+(?:${PARTICLE}))*(?:\s+${PART}){1,3}`, 'u');

/** What stands in a byline and is nobody: such a byline is shared by strangers. */
const NOBODY =
  /\b(?:admin|administrator|staff|team|editors?|editorial|desk|newsroom|news|agency|correspondent|reporters?|writers?|contributors?|guest|author|user|redaktion|redazione|redacción|rédaction|bot|ai|inc|llc|ltd|gmbh)\b/iu;

/** The person a byline names, in lower case; null when it names none. */
export function personIn(byline: string): string | null {
  const text = byline.replace(/^\s*(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or)\s*:?\s+/u, '').trim();
  const name = PERSON.exec(text)?.[0];
  if (name === undefined || NOBODY.test(name)) return null;
  return name.toLowerCase().replace(/[’.]/g, '').replace(/\s+/g, ' ').trim();
}

/** A byline found in a line: who, and where the names begin and end. */
interface FoundByline {
  people: readonly string[];
  start: number;
  end: number;
}

/** Finds who a short line says wrote it (`Written by Ada Quill and Ben Roe`). */
export function bylineIn(line: string): FoundByline | null {
  for (const lead of line.matchAll(LEAD_IN)) {
    if (NOT_WRITTEN.test(line.slice(0, lead.index + 1).trimEnd())) continue;
    const start = lead.index + lead[0].length;
    const names = namesFrom(line.slice(start));
    if (names.people.length > 0) return { ...names, start, end: start + names.length };
  }
  const eastAsian = LEAD_IN_EAST_ASIAN.exec(line);
  const name = eastAsian?.[1]?.trim();
  if (eastAsian === null || name === undefined || name.length < 2) return null;
  const start = eastAsian.index;
  return { people: [name.toLowerCase()], start, end: start + eastAsian[0].length };
}

function namesFrom(text: string): { people: readonly string[]; length: number } {
  const people: string[] = [];
  let length = 0;
  for (;;) {
    const rest = text.slice(length);
    const joint =
      people.length === 0 ? '' : (/^\s*(?:,|&|and|und|et|y)\s+/u.exec(rest)?.[0] ?? null);
    if (joint === null) break;
    const name = PERSON.exec(rest.slice(joint.length))?.[0];
    const person = name === undefined ? null : personIn(name);
    if (name === undefined || person === null) break;
    people.push(person);
    length += joint.length + name.length;
  }
  return { people, length };
}
