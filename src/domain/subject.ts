import type { Instant } from './time.ts';

export const SUBJECT_KINDS = ['model', 'snapshot', 'product', 'family', 'codename'] as const;

export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export const ALIAS_KINDS = ['api_id', 'display', 'codename', 'product', 'slug'] as const;

export type AliasKind = (typeof ALIAS_KINDS)[number];

export interface Alias {
  text: string;
  kind: AliasKind;
  /** A claimed alias may be matched, and what rests on it alone is flagged `alias_unverified`. */
  status: 'curated' | 'claimed';
  /** The day a primary source first used the name; before it the alias is only claimed. */
  validFrom?: string;
}

/** What is claimed about: a model, a dated snapshot, a product, a family, or a codename nobody has placed yet. */
export interface Subject {
  id: string;
  vendor: string;
  kind: SubjectKind;
  name: string;
  aliases: readonly Alias[];
  /** Known siblings: a source that shows none of them says nothing by its silence about this subject. */
  controls: readonly string[];
  /** A moving alias (`chat-latest`) points elsewhere from time to time and is never itself released. */
  moving: boolean;
  status: 'curated' | 'claimed';
  discovered: Discovery | null;
}

/** From where a subject nobody catalogued became known. */
export interface Discovery {
  at: Instant;
  target: string;
  snapshot: string;
  /** Whether the vendor's own bytes held the name. */
  firstHand: boolean;
  /** The first good answer of a target held it: it was there before, and so was whatever is found of it now. */
  baseline?: boolean;
}

/** A page of others that names more ids than this which nobody knows is a list or a flood: it names none. */
export const MOST_UNKNOWN = 30;

/** Whether a person follows a subject, as they said on the command line; the config may name more. */
export interface Follow {
  subject: string;
  /** False for a subject that would be followed by itself and is not wanted. */
  followed: boolean;
  at: Instant;
}
