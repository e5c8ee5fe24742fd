import type { Mention } from './mention.ts';
import type { NameTable } from './name-table.ts';
import { isPlan } from './scan.ts';

/** What joins the parts of "DALL-E 2 and 3", "GPT-5.6 Sol, Terra and Luna", "GPT-5.5 (and 5.5 Pro)". */
const JOINT =
  /^(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|und|oder|y|et|e|&|\+)\s+|\s*\/\s*|\s+\((?:and|or)\s+|\s*[、和与と]\s*)/;
const PART = /^(\d+(?:\.\d+)*[a-z]?|[a-z]+)(?:[ -]([a-z]+))?(?![a-z\d._-]*[a-z\d])/;
/** A number before these counts them and names no version. */
const COUNTED =
  /^\s+(?:others?|more|new|additional|different|further|models?|months?|weeks?|days?|years?|hours?|times?|people|users?|of)\b/;
const LONGEST_LIST = 8;

/** The further members of a list that gives only its first name in full. Only catalogued names count: the rest is prose. */
export function coordinated(
  text: string,
  folded: string,
  first: Mention | undefined,
  table: NameTable,
): readonly Mention[] {
  const found: Mention[] = [];
  let last = first;
  while (last !== undefined && found.length < LONGEST_LIST) {
    last = nextMember(text, folded, last, table);
    if (last !== undefined) found.push(last);
  }
  return found;
}

function nextMember(
  text: string,
  folded: string,
  before: Mention,
  table: NameTable,
): Mention | undefined {
  const behind = folded.slice(before.span[1], before.span[1] + 60);
  const joint = JOINT.exec(behind);
  if (joint === null) return undefined;
  const part = PART.exec(behind.slice(joint[0].length));
  if (part === null) return undefined;
  const [whole, head = '', tier] = part;
  const start = before.span[1] + joint[0].length;
  const hasTier = tier !== undefined && !isPlan(folded, start + whole.length);
  const wide = hasTier ? memberId(before.subject, `${head}-${tier}`, table) : null;
  const id = wide ?? memberId(before.subject, head, table);
  if (id === null) return undefined;
  const end = start + (wide === null ? head.length : whole.length);
  if (COUNTED.test(folded.slice(end, end + 20))) return undefined;
  return {
    ...before,
    subject: id,
    span: [start, end],
    text: text.slice(start, end),
    discovered: false,
  };
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
