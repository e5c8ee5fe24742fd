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
export interface FoundByline {
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
