import type { Mark, Statement } from '../../domain/evidence.ts';
import type { ItemVersion } from '../../domain/item.ts';
import { type Day, dayOf } from '../../domain/time.ts';
import { foldText } from '../text/characters.ts';

/** The rule of a newsroom's title that is a name alone, or a name with a tagline. */
export const NAME_ALONE = 'title.name-alone';

/** An entry of a newsroom as far as its place in history is concerned. */
export type Carrier = Pick<ItemVersion, 'mentions' | 'firstSeenAt'> & {
  item: Pick<ItemVersion['item'], 'key' | 'url' | 'published' | 'text'>;
};

/**
 * What an entry says, less what its title says by a name alone of a model that the newsroom had named on an earlier day:
 * only the first such title announces. A customer's story, and a second post months later, are titled alike.
 */
export function firstCarried<One extends Pick<Statement, 'claim' | 'rule' | 'marks'>>(
  statements: readonly One[],
  entry: Carrier,
  history: readonly Carrier[],
): readonly One[] {
  return statements.filter(
    ({ rule, claim: { subject }, marks = [] }) =>
      rule !== NAME_ALONE || !wasCarriedBefore({ subject, marks }, entry, history),
  );
}

/** What a title names, and where it does. */
export interface TitledModel {
  subject: string;
  marks: readonly Mark[];
}

/** Whether another entry of the newsroom named on an earlier day what a title names. */
export function wasCarriedBefore(
  { subject, marks }: TitledModel,
  entry: Carrier,
  history: readonly Carrier[],
): boolean {
  const names = marks.map(({ span }) => spaced(entry.item.text.slice(...span)));
  return history.some(
    (other) =>
      other.item.key !== entry.item.key &&
      other.item.url !== entry.item.url &&
      dayIn(other) < dayIn(entry) &&
      // "GPT-9 Astra" in a text that states nothing is a mention of GPT-9, and carries the name all the same.
      (other.mentions.includes(subject) || names.some((name) => isIn(other, name))),
  );
}

function isIn({ item }: Carrier, name: string): boolean {
  return name !== '' && ` ${spaced(item.text)} `.includes(` ${name} `);
}

/** Letters and digits alone: names stand before commas, and with other dashes. */
function spaced(text: string): string {
  return foldText(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The day an entry gives itself, else the one it was first seen on. */
function dayIn({ item, firstSeenAt }: Carrier): Day {
  return dayOf(item.published?.from ?? firstSeenAt);
}
