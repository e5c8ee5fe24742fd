import type { Mention } from './mention.ts';
import { isPlan, type NameTable, SIZES } from './name-table.ts';

/** What joins the parts of "DALL-E 2 and 3", "GPT-5.6 Sol, Terra and Luna", "GPT-5.5 (and 5.5 Pro)". */
const JOINT =
  /^(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|und|oder|y|et|e|&|\+)\s+|\s*\/\s*|\s+\((?:and|or)\s+|\s*[、和与と]\s*)/;
const PART = /^(\d+(?:\.\d+)*[a-z]?|[a-z]+)(?:[ -]([a-z]+))?(?![a-z\d._-]*[a-z\d])/;
/** A number before these counts them and names no version. */
const COUNTED =
  /^\s+(?:others?|more|new|additional|different|further|models?|months?|weeks?|days?|years?|hours?|times?|people|users?|of)\b/;
/** "3.5 Flash-Lite", "3 Pro Image Preview": a version with the words that make a model of it, and no family. */
const VERSIONED = /^(\d+(?:\.\d+)?)((?:[ -][a-z]+){1,4})/;
const LONGEST_LIST = 8;

/** The further members of a list that gives only its first name in full. Only catalogued names count: the rest is prose. */
export function coordinated(
  text: string,
  folded: string,
  first: Mention,
  table: NameTable,
): readonly Mention[] {
  const found: Mention[] = [];
  while (found.length < LONGEST_LIST) {
    const next = nextMember(text, folded, found.at(-1) ?? first, table);
    if (next === null) break;
    found.push(next);
  }
  return found;
}

function nextMember(
  text: string,
  folded: string,
  before: Mention,
  table: NameTable,
): Mention | null {
  const behind = folded.slice(before.span[1], before.span[1] + 60);
  const joint = JOINT.exec(behind);
  if (joint === null) return null;
  const start = before.span[1] + joint[0].length;
  const versioned = versionedMember(text, folded, before, start, table);
  if (versioned !== null) return versioned;
  const part = PART.exec(behind.slice(joint[0].length));
  if (part === null) return null;
  const [whole, head = '', tier] = part;
  const hasTier = tier !== undefined && !isPlan(folded, start + whole.length);
  const wide = hasTier ? memberId(before.subject, `${head}-${tier}`, table) : null;
  const id = wide ?? memberId(before.subject, head, table);
  if (id === null) return null;
  const end = start + (wide === null ? head.length : whole.length);
  if (COUNTED.test(folded.slice(end, end + 20))) return null;
  return memberFrom(before, id, text, [start, end], table);
}

function memberFrom(
  before: Mention,
  subject: string,
  text: string,
  span: Mention['span'],
  table: NameTable,
): Mention {
  return { ...before, subject, span, text: text.slice(...span), discovered: !table.known(subject) };
}

/** "Gemini 3.6 Flash and 3.5 Flash-Lite": the longest name by the grammar of the first one, whether or not it is catalogued. */
function versionedMember(
  text: string,
  folded: string,
  before: Mention,
  start: number,
  table: NameTable,
): Mention | null {
  const grammar = table.grammarOf(before.subject);
  const [, version, behind = ''] = VERSIONED.exec(folded.slice(start, start + 60)) ?? [];
  const root = /^\D+-(?=\d)/.exec(before.subject)?.[0];
  if (grammar === null || version === undefined || root === undefined) return null;
  // The first one has such words too: "GPT-5 and 4 Pro users" lists no models.
  if (!/\d-[a-z]/.test(before.subject)) return null;
  const words = [...behind.matchAll(/[ -]([a-z]+)/g)];
  const isNamed = ({ 0: whole, 1: word = '', index }: RegExpExecArray): boolean => {
    const first = text.charAt(start + version.length + index + whole.length - word.length);
    return grammar.tiers.has(word) && (SIZES.has(word) || /[A-Z]/.test(first));
  };
  const other = words.findIndex((word) => !isNamed(word));
  for (let length = other < 0 ? words.length : other; length > 0; length--) {
    const last = words[length - 1];
    const tiers = words.slice(0, length).map(([, word]) => word);
    const subject = `${root}${grammar.version(version)}-${tiers.join('-')}`;
    const end = start + version.length + (last?.index ?? 0) + (last?.[0].length ?? 0);
    const isWhole = !/[\w-]/.test(folded.charAt(end)) && !isPlan(folded, end);
    if (isWhole && grammar.fits(subject) && subject !== before.subject) {
      return memberFrom(before, subject, text, [start, end], table);
    }
  }
  return null;
}

/** The id with its last part, or its last parts, put in place of the ones the list left out. */
function memberId(id: string, part: string, table: NameTable): string | null {
  const parts = id.split('-');
  for (let kept = parts.length - 1; kept > 0; kept--) {
    const sameSort = /^\d/.test(part) === /^\d/.test(parts[kept] ?? '');
    const candidate = [...parts.slice(0, kept), part].join('-');
    if (sameSort && candidate !== id && table.known(candidate)) return candidate;
  }
  return null;
}
