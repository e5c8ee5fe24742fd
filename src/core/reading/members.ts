import type { Mention } from '../names/mention.ts';
import type { Names } from '../names/names.ts';

const CAPITALISED = /(?<![\p{L}\p{N}._-])\p{Lu}\p{Ll}{2,}(?![\p{L}\p{N}_-])/gu;

/**
 * Adds the members of a family that a text calls by their last name alone once it has named the family ("Sol" after
 * "GPT-5.6"). Only names the catalogue holds, and only where exactly one family of the text has such a member.
 */
export function membersIn(
  text: string,
  mentions: readonly Mention[],
  titled: readonly Mention[],
  names: Names,
): readonly Mention[] {
  const last = lastNames([...mentions, ...titled], names);
  if (last.size === 0) return mentions;
  const found: Mention[] = [];
  for (const match of text.matchAll(CAPITALISED)) {
    const subject = last.get(match[0].toLowerCase());
    const span = [match.index, match.index + match[0].length] as const;
    const taken = mentions.some((other) => span[0] < other.span[1] && other.span[0] < span[1]);
    if (subject === undefined || subject === null || taken) continue;
    found.push({
      subject,
      span,
      text: match[0],
      alias: 'display',
      claimed: false,
      discovered: false,
    });
  }
  return [...mentions, ...found].sort((a, b) => a.span[0] - b.span[0]);
}

/** The last names of the members of the families a text speaks of; null where two families share one. */
function lastNames(mentions: readonly Mention[], names: Names): ReadonlyMap<string, string | null> {
  const families = new Set(mentions.map(({ subject }) => familyOf(subject)).filter(isText));
  const last = new Map<string, string | null>();
  for (const { id, kind } of names.subjects()) {
    const family = familyOf(id);
    if (kind !== 'model' || family === null || !families.has(family)) continue;
    const name = id.slice(family.length + 1);
    last.set(name, last.has(name) ? null : id);
  }
  return last;
}

/** The versioned family an id belongs to, when its last part is a name of its own (`gpt-5.6` of `gpt-5.6-sol`). */
function familyOf(id: string): string | null {
  const match = /^(.*\d)(?:-([a-z]{3,}))?$/.exec(id);
  if (match?.[1] === undefined) return null;
  return match[2] !== undefined && COMMON.has(match[2]) ? null : match[1];
}

/** Last parts that are plain words of the trade, and no names. */
const COMMON = new Set(
  'mini nano pro max turbo lite codex chat latest preview instant thinking audio realtime search api research vision instruct transcribe tts'.split(
    ' ',
  ),
);

function isText(value: string | null): value is string {
  return value !== null;
}
