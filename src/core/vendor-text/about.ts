import type { Argument, NamedModel } from '../language/arguments.ts';
import type { Mention } from '../names/mention.ts';
import { foldText } from '../text/fold.ts';
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
  { names }: PrimaryContext,
): string | null {
  if (extension === '') return mention.subject;
  const words = extension.replaceAll(' ', '-');
  return names.resolve(`${mention.subject}-${words}`) ?? ofFamily(mention, words, names);
}

/** "GPT-Rosalind Clinical": another model of a family whose names hold no number, where its name is one of the vendor's. */
function ofFamily(
  { text, subject }: Mention,
  words: string,
  names: PrimaryContext['names'],
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

export function distinct(about: readonly About[]): readonly About[] {
  return [...new Map(about.map((one) => [one.subject, one])).values()];
}
