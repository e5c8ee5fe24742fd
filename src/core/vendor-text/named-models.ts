import type { Argument, NamedModel } from '../language/arguments.ts';
import type { Mention } from '../names/mention.ts';
import { foldText, type Range } from '../text/characters.ts';
import type { PrimaryContext } from './statement.ts';

/** The names of a text, with the ids it gives for them. */
interface Named {
  mentions: readonly Mention[];
  families: ReadonlyMap<string, readonly string[]>;
  context: PrimaryContext;
}

/** A model that a frame is about. */
export interface About {
  subject: string;
  /** Listed as a member of another name: "GPT-5 (Instant and Thinking)". */
  isMember: boolean;
  /** By an alias no primary source had used by then. */
  claimed: boolean;
}

/** The subjects of the names in an argument; what has no id by any grammar is left out. */
export function aboutOf(
  { mentions, context, families }: Named,
  { names }: Argument,
): readonly About[] {
  const found = names.flatMap((name): readonly About[] => {
    const mention = mentions[name.mention];
    if (mention === undefined) return [];
    const subject = subjectNamed(mention, name, context);
    if (subject === null || isNickname(mentions, names, name)) return [];
    const claimed = !isVerified(mentions, mention);
    const members = families.get(subject);
    return members === undefined
      ? [{ subject, isMember: name.isMember, claimed }]
      : members.map((member) => ({ subject: member, isMember: false, claimed: false }));
  });
  return distinct(found);
}

/** "Gemini 3.1 Flash Image (Nano Banana 2)": another name for the one before it, where brackets hold it alone. */
function isNickname(
  mentions: readonly Mention[],
  names: Argument['names'],
  name: NamedModel,
): boolean {
  if (!name.isMember || name.extension !== '') return false;
  const own = mentions[name.mention];
  const head = names.findLast((one) => !one.isMember && one.start < name.start);
  const above = mentions[head?.mention ?? -1];
  const isAlone = names.filter(({ isMember }) => isMember).length === 1;
  if (own === undefined || above === undefined || !isAlone) return false;
  return own.text !== own.subject && !own.subject.startsWith(`${above.subject}-`);
}

/** A name verified anywhere in the item counts. */
function isVerified(mentions: readonly Mention[], { subject, claimed }: Mention): boolean {
  return !claimed || mentions.some((other) => other.subject === subject && !other.claimed);
}

function subjectNamed(
  mention: Mention,
  { extension }: NamedModel,
  context: PrimaryContext,
): string | null {
  if (extension === '') return mention.subject;
  const words = extension.replaceAll(' ', '-');
  return context.names.resolve(`${mention.subject}-${words}`) ?? ofFamily(mention, words, context);
}

/** "GPT-Rosalind Clinical": another model of a family whose names hold no number, where its name is one of the vendor's. */
function ofFamily(
  { text, subject }: Mention,
  words: string,
  { names }: PrimaryContext,
): string | null {
  const vendor = names.vendorOf(subject);
  if (vendor === null || /\d/.test(text)) return null;
  const id = foldText(`${text}-${words}`).replaceAll(' ', '-');
  const listed = names.listed(vendor, { id, owner: null });
  return 'subject' in listed ? listed.subject : null;
}

/** Whether a place names a model, and no product. */
export function isOfModel({ subject }: Mention, { names }: PrimaryContext): boolean {
  return names.subject(subject)?.kind !== 'product';
}

/** The models that are named between two places. */
export function modelsIn(
  { mentions, context }: Pick<Named, 'mentions' | 'context'>,
  { start, end }: Range,
): readonly Mention[] {
  return mentions.filter(
    (one) => one.span[0] >= start && one.span[1] <= end && isOfModel(one, context),
  );
}

export function distinct(about: readonly About[]): readonly About[] {
  return [...new Map(about.map((one) => [one.subject, one])).values()];
}

/** The names in a text, by what was known when it was captured. */
export function namesIn(text: string, context: PrimaryContext): readonly Mention[] {
  const found = context.names.find(text, context.at);
  const glued = gluedIds(text, context);
  if (glued.length === 0) return found;
  const apart = found.filter(
    ({ span }) => !glued.some((one) => one.span[0] < span[1] && span[0] < one.span[1]),
  );
  return [...apart, ...glued].sort((a, b) => a.span[0] - b.span[0]);
}

/** The subject an id names when the whole of it is one known or well-formed id; null for anything else. */
export function subjectOf(id: string, { names, at }: PrimaryContext): string | null {
  const mention = wholeId(id, { names, at });
  return mention === null || mention.claimed ? null : mention.subject;
}

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
      const isCopy = id.startsWith(`${name.subject}-`) && context.names.dated(id) !== null;
      if (isCopy) copies.set(name.subject, id);
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

/** What is known by when. */
type Known = Pick<PrimaryContext, 'names' | 'at'>;

/** A run of the signs that ids are made of, longer than most ids and no longer than a handful. */
const RUN = /(?<![a-z0-9._-])[a-z][a-z0-9.-]{15,240}(?![a-z0-9_-])/g;

/**
 * The ids of a run that holds several with nothing between them, as where each stands in a frame of its own on the page:
 * "gemini-9-flashgemini-9-pro". Each must be an id from its first sign to its last.
 * @public
 */
export function gluedIds(text: string, context: Known): readonly Mention[] {
  return [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => {
    const cuts = cutsIn(run, context);
    if (cuts.length === 0) return [];
    const starts = [0, ...cuts];
    const ids = starts.map((start, at) => run.slice(start, starts[at + 1]));
    const found = ids.flatMap((id) => wholeId(id, context) ?? []);
    if (found.length < ids.length) return [];
    return found.map((one, at) => {
      const start = index + (starts[at] ?? 0);
      return { ...one, span: [start, start + one.text.length] as const };
    });
  });
}

/** Where the words that open an id stand right behind a letter or digit. */
function cutsIn(run: string, { names }: Known): readonly number[] {
  return [...run.matchAll(/(?<=[a-z0-9])(?=[a-z])/g)]
    .map(({ index }) => index)
    .filter((index) => names.rootOf(run.slice(index)) !== null);
}

function wholeId(id: string, { names, at }: Known): Mention | null {
  const [mention] = names.find(id, at);
  return mention?.span[1] === id.length && mention.span[0] === 0 ? mention : null;
}
