import type { Mention } from '../../names/mention.ts';
import type { Names } from '../../names/names.ts';

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
  const named = mentions.map((mention) => versionOf(text, mention, names));
  const last = lastNames([...named, ...titled], names);
  if (last.size === 0) return named;
  const found: Mention[] = [];
  for (const match of text.matchAll(capitalised([...last.keys()]))) {
    const subject = last.get(match[0].toLowerCase());
    if (subject === undefined || subject === null) continue;
    const span = [match.index, match.index + match[0].length] as const;
    if (named.some((other) => span[0] < other.span[1] && other.span[0] < span[1])) continue;
    found.push({
      subject,
      span,
      text: match[0],
      alias: 'display',
      claimed: false,
      discovered: false,
    });
  }
  return [...named, ...found].sort((a, b) => a.span[0] - b.span[0]);
}

/** "A preview of o1" speaks of o1-preview, when the catalogue holds such a model. */
function versionOf(text: string, mention: Mention, names: Names): Mention {
  const before = text.slice(Math.max(0, mention.span[0] - 30), mention.span[0]);
  const [, tier] = VERSION.exec(before) ?? [];
  const subject = `${mention.subject}-${tier?.toLowerCase()}`;
  return tier !== undefined && names.subject(subject) !== null ? { ...mention, subject } : mention;
}

const VERSION = /\b(preview|mini|nano|pro)(?: version| model)? of (?:the )?$/i;

/** The names as a text writes them: with a capital, on their own. */
function capitalised(names: readonly string[]): RegExp {
  const written = names.map((name) => name.charAt(0).toUpperCase() + name.slice(1));
  return new RegExp(`(?<![\\p{L}\\p{N}._-])(?:${written.join('|')})(?![\\p{L}\\p{N}_-])`, 'gu');
}

/** The last names of the members of the families a text speaks of; null where two families share one. */
function lastNames(mentions: readonly Mention[], names: Names): ReadonlyMap<string, string | null> {
  const families = new Set(mentions.map(({ subject }) => familyOf(subject)).filter(isText));
  const last = new Map<string, string | null>();
  for (const { id, kind } of names.subjects()) {
    const family = familyOf(id);
    if (kind !== 'model' || family === null || !families.has(family)) continue;
    const name = id.slice(family.length + 1);
    if (name === '') continue;
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
