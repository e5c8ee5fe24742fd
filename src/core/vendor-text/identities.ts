import type { Mention } from '../names/mention.ts';
import type { PrimaryContext } from './statement.ts';

/** Mentions of a text, with the ids that it gives for its own names. */
export interface Identified {
  mentions: readonly Mention[];
  families: ReadonlyMap<string, readonly string[]>;
  /** Of a name, the dated copy that is given for it: the model lives on, and may end, as that. */
  copies: ReadonlyMap<string, string>;
}

/** What may stand between a name and the bracket with its id. */
const OPENING = /^(?: models?)?\s*\(\s*$/;
const BETWEEN = /^(?:\s*,\s*|\s*,?\s+(?:and|or)\s+)$/;
const CLOSING = /^\s*\)/;
/** An alias that moves on is no name of one model. */
const MOVING = /-latest$/;

/**
 * "Mistral Large 3 (`mistral-large-2512`)": where a text gives the id of what it names, the name means that id, throughout.
 * Several ids of another form are the members of a family that has no id of its own.
 */
export function identifiedIn(
  text: string,
  mentions: readonly Mention[],
  context: PrimaryContext,
): Identified {
  const single = new Map<string, string>();
  const copies = new Map<string, string>();
  const families = new Map<string, readonly string[]>();
  for (const [index, name] of mentions.entries()) {
    const ids = idsBehind(text, mentions, index);
    const [id] = ids;
    if (id === undefined || ids.includes(name.subject)) continue;
    if (ids.length === 1) {
      if (isCopyOf(id, name, context)) copies.set(name.subject, id);
      else if (isIdOf(id, context)) single.set(name.subject, id);
    } else if (!ids.some((one) => one.startsWith(`${name.subject}-`))) {
      families.set(name.subject, ids);
    }
  }
  const renamed = mentions.map((one) => {
    const id = single.get(one.subject);
    return id === undefined ? one : { ...one, subject: id };
  });
  return { mentions: single.size === 0 ? mentions : renamed, families, copies };
}

function isIdOf(id: string, { names }: PrimaryContext): boolean {
  return !MOVING.test(id) && names.subject(id)?.moving !== true;
}

function isCopyOf(id: string, { subject }: Mention, { names }: PrimaryContext): boolean {
  return id.startsWith(`${subject}-`) && names.dated(id) !== null;
}

/** The ids in the bracket right behind a name, where nothing else stands in it. */
function idsBehind(text: string, mentions: readonly Mention[], index: number): readonly string[] {
  const ids: string[] = [];
  let end = mentions[index]?.span[1] ?? 0;
  for (const { span, subject, text: written } of mentions.slice(index + 1)) {
    const lead = text.slice(end, span[0]);
    if (!(ids.length === 0 ? OPENING : BETWEEN).test(lead) || written !== subject) break;
    ids.push(subject);
    end = span[1];
  }
  return CLOSING.test(text.slice(end)) ? ids : [];
}
