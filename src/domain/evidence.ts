import type { Claim } from './claim.ts';
import type {
  ClaimKey,
  EvidenceId,
  ItemVersionId,
  SightingId,
  SnapshotId,
  TargetId,
} from './ids.ts';
import type { PublisherClass } from './publisher.ts';
import type { SourceKind } from './source-kind.ts';
import type { Instant, Interval } from './time.ts';

export type Polarity = 'support' | 'deny';

/** How firmly it is said; see `docs/verdicts.md`. Anything below `report` supports a rumor at best. */
export type Force =
  | 'assert'
  | 'assert_partial'
  | 'attributed'
  | 'relayed'
  | 'report'
  | 'hedge'
  | 'forecast'
  | 'inference';

/** The forces, the firmest first. */
export const FIRMEST_FIRST: readonly Force[] = [
  ...(['assert', 'assert_partial', 'attributed', 'relayed'] as const),
  ...(['report', 'hedge', 'inference', 'forecast'] as const),
];

/** What the statement rests on, by its own account. */
export type Evidentiality =
  | 'primary_artefact'
  | 'first_hand'
  | 'link_to_primary'
  | 'named_quote'
  | 'unnamed'
  | 'reasoning'
  | 'none';

/**
 * How a primary artefact can be found gone: a permanent one (dated post, changelog entry, package version) never by
 * absence, an exact-id page by its own absence, a row of a complete list by its absence from the list.
 */
export type Artefact = 'permanent' | 'page' | 'list';

/** The part of a sentence that says it, and what stands for the model it is said of, and for who does it. */
export type SentencePart = 'predicate' | 'model' | 'agent';

/** Where a part of a statement stands, by offsets in the item's text. */
export interface Mark {
  part: SentencePart;
  span: readonly [number, number];
}

/** What a reader takes from a text before it is known whose text it is: evidence without its provenance. */
export interface Statement {
  claim: Omit<Claim, 'key' | 'criterion'>;
  polarity: Polarity;
  force: Force;
  evidentiality: Evidentiality;
  /** What moment the text speaks of ("as of mid-April"), not its "Updated" stamp; null when it says nothing. */
  effective: Interval | null;
  /** When the asserted fact holds in the world: a shutdown date, a launch day. */
  validTime: Interval | null;
  quote: string;
  /** Offsets of the quote in the item's text. */
  span: readonly [number, number];
  /** The outlet whose statement is passed on, when the text relays one it names. */
  relays: string | null;
  /** The primary channel a second-hand "nothing there" speaks of; such a statement never counts, it is shown. */
  silenceOf: string | null;
  /** Set when the text names the subject only by an alias nobody verified. */
  aliasClaimed: boolean;
  /** Id of the rule that found it; absent where it was read before rules were recorded. */
  rule?: string;
  /** The parts of the sentence that carry it, in order; absent where it is no sentence. */
  marks?: readonly Mark[];
}

/** One item bearing on one claim, with everything its judgement needs. */
export interface Evidence extends Omit<Statement, 'claim' | 'rule' | 'marks'> {
  id: EvidenceId;
  claim: ClaimKey;
  subject: string;
  target: TargetId;
  item: ItemVersionId;
  snapshot: SnapshotId;
  url: string;
  /** The publisher as the catalogue knew it when the page was read. */
  publisher: string;
  publisherClass: PublisherClass;
  group: string;
  sourceKind: SourceKind;
  artefact: Artefact | null;
  /** Name and version of the extractor that made the text the quote stands in. */
  extractor: string;
  /** When the bytes were fetched. */
  observedAt: Instant;
  /** When it entered the database: later than `observedAt` only for a second reading of old bytes. */
  knownAt: Instant;
  /** When a newer version of the same page, or a newer reading, took its place; null while it speaks. */
  supersededAt: Instant | null;
  baseline: boolean;
  /** Id of the rule that found it; null where it was read before rules were recorded. */
  rule: string | null;
  marks: readonly Mark[];
}

/**
 * Whether a primary artefact was still shown at a later good check of its target. Only what can change a verdict is
 * written: the repeat that lets a listing count, the first and second miss, the return, an explicit 404 or 410.
 */
export interface Sighting {
  id: SightingId;
  claim: ClaimKey;
  target: TargetId;
  at: Instant;
  kind: 'seen' | 'missed' | 'gone';
  snapshot: SnapshotId | null;
}

/** A piece of evidence taken out of judgement, or put back, from a moment on. */
export interface Retraction {
  evidence: EvidenceId;
  at: Instant;
  kind: 'retract' | 'restore';
  /** Who did it, as they gave their name; empty where nobody did. */
  by: string;
  because: string;
}

/**
 * Two independence groups found to have one origin, from the moment it was found. Either they are one house in all
 * they say, or one page of `b` passes on what `a` says and the rest of `b` is its own.
 */
export interface VoiceEdge {
  a: string;
  b: string;
  /** The page of `b` that passes on what `a` says; null when the two groups are one in all they say. */
  item: ItemVersionId | null;
  observedAt: Instant;
  /** What gave it away, with its weight (`byline 0.4`); the edge stands when they sum to 1 or more. */
  signals: readonly string[];
}
