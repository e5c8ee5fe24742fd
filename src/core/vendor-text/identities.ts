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
  const made = idsOfNames(mentions, context);
  const renamed = mentions.map((one) => {
    const id = single.get(one.subject) ?? made.get(one.subject);
    return id === undefined ? one : { ...one, subject: id };
  });
  return { mentions: renamed, families, copies };
}

/** What an id has beside the words of a name: what the model does, a form of the weights, a number of the build. */
const BESIDE = /^(?:generate|it|\d{3})$/;

/** A text with more names than this is a list of models, and says nothing of which is which. */
const MOST_NAMES = 20;

/**
 * "Veo 4.1 Preview. … `veo-4.1-generate-preview`": the one id of a text that is made of a name's words, where the name is none
 * of an id by itself.
 */
function idsOfNames(
  mentions: readonly Mention[],
  { names }: PrimaryContext,
): ReadonlyMap<string, string> {
  const ids = new Set(mentions.flatMap(({ text, subject }) => (text === subject ? [subject] : [])));
  const named = new Set(
    mentions.flatMap(({ subject }) =>
      ids.has(subject) || names.subject(subject) !== null || !/\d/.test(subject) ? [] : [subject],
    ),
  );
  if (ids.size > MOST_NAMES || named.size > MOST_NAMES) return new Map();
  return new Map(
    [...named].flatMap((name) => {
      const [only, another] = [...ids].filter((id) => isMadeOf(id, name));
      return only !== undefined && another === undefined ? [[name, only] as const] : [];
    }),
  );
}

function isMadeOf(id: string, name: string): boolean {
  const words = partsOf(name);
  const rest = partsOf(id).filter((part) => {
    if (part !== words[0]) return true;
    words.shift();
    return false;
  });
  return words.length === 0 && rest.length > 0 && rest.every((part) => BESIDE.test(part));
}

/** The parts of an id; `4.0` and `4` are one version. */
export function partsOf(id: string): string[] {
  return id.split('-').map((part) => part.replace(/^(\d+)\.0$/, '$1'));
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
