import type { Force, Polarity } from './evidence.ts';
import type { Facet } from './facet.ts';
import type { PublisherClass } from './publisher.ts';
import type { SourceKind } from './source-kind.ts';

/** How what a model read goes together with what the rules read, and what it may come to by itself. */
export interface ReadingPolicy {
  /** The force of what both read alike: the firmer of the two, the less firm, or that of the rules. */
  agreed: 'stronger' | 'weaker' | 'own';
  /** The most force that is left of a statement of the rules which the model does not read so, or is not sure of. */
  refused: Readonly<Record<Polarity, Force>>;
  unclear: Readonly<Record<Polarity, Force>>;
  /** What a model alone read and is not taken for it: kept, with no more force than `left`. */
  alone: {
    /** Facets of which its word alone is not taken. */
    untaken: readonly Facet[];
    /** Facets of which its support alone is taken only with a day. */
    dated: readonly Facet[];
    /**
     * Facets that the same words may well say together. Where the rules read a model in the same words, nothing further that
     * a model alone reads of it there is taken but another of these, or another place; and where it alone reads several
     * things in them, the first in the order of facets.
     */
    together: readonly Facet[];
    left: Readonly<Record<Polarity, Force>>;
  };
  /** Independent groups without an interest whose words the rules read, that `secondary` needs. */
  readByRules: number;
}

/** The parameters of judgement, as data: a verdict carries their digest and can be derived again from them. */
export interface Policy {
  version: number;
  /** The facets a class may confirm. */
  confirms: Readonly<Partial<Record<PublisherClass, readonly Facet[]>>>;
  /** Facets a source kind may confirm beyond what its class may. */
  alsoConfirms: Readonly<Partial<Record<SourceKind, readonly Facet[]>>>;
  /** The channels whose silence about a facet means something; all others prove nothing by silence. */
  mandatory: Readonly<Partial<Record<Facet, readonly SourceKind[]>>>;
  /** Channels that are looked at beside the mandatory ones; their silence is shown and never counted. */
  corroborating: readonly SourceKind[];
  /** How old a good check may be and still be called silence, in milliseconds. */
  freshness: Readonly<Partial<Record<SourceKind, number>>>;
  /** How far from an exact-id page's 404 the good check of a sibling's page may lie, in milliseconds. */
  siblingWindow: number;
  /** Independent groups that make a claim secondary. */
  minVoices: number;
  /** Two sightings in a machine-readable list at least this far apart make a listing count, in milliseconds. */
  listingRepeat: number;
  /** A model that only its vendor's list shows is released after this long in it, in milliseconds. */
  listingAlone: number;
  /** Two misses at least this far apart make an artefact gone, in milliseconds. */
  goneRepeat: number;
  /** Without new support a secondary or rumored claim is stale, then expired, in milliseconds. */
  staleAfter: number;
  expiredAfter: number;
  /** An asserted date this far in the past with silent channels expires the claim, in milliseconds. */
  dateOverdue: number;
  /** Dates at most this many days apart are compatible (time zones, next-day writers). */
  dateTolerance: number;
  reading: ReadingPolicy;
}
