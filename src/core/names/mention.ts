import type { Alias, AliasKind } from '../../domain/subject.ts';
import { dayOf, type Instant } from '../../domain/time.ts';

/** One place where a text names a subject. */
export interface Mention {
  subject: string;
  span: readonly [number, number];
  text: string;
  alias: AliasKind;
  /** Named by an alias no primary source had used by then. */
  claimed: boolean;
  /** An id by the vendor's grammar that the catalogue does not hold. */
  discovered: boolean;
}

/** The subjects in the order in which they are named, each by its last mention. */
export function onePerSubject(mentions: readonly Mention[]): readonly Mention[] {
  return [...new Map(mentions.map((one) => [one.subject, one])).values()];
}

export function isClaimed(alias: Pick<Alias, 'status' | 'validFrom'>, at: Instant): boolean {
  if (alias.status === 'claimed') return true;
  return alias.validFrom !== undefined && dayOf(at) < alias.validFrom;
}
