import type { Capture } from '../../domain/capture.ts';
import type { Claim } from '../../domain/claim.ts';
import type { Artefact, Evidence, Statement } from '../../domain/evidence.ts';
import type { Facet } from '../../domain/facet.ts';
import {
  type ClaimKey,
  canonicalJson,
  idOf,
  type SnapshotId,
  sha256Hex,
} from '../../domain/ids.ts';
import type { ItemVersion } from '../../domain/item.ts';
import type { Publisher } from '../../domain/publisher.ts';
import type { SubjectRecord } from '../../domain/subject-record.ts';
import type { Target } from '../../domain/target.ts';
import type { Instant } from '../../domain/time.ts';
import { extractorOf, type Watcher } from '../../domain/watcher.ts';

/** What was read out of one item, and from where it came. */
interface Provenance {
  target: Pick<Target, 'id'>;
  watcher: Pick<Watcher, 'id' | 'version' | 'kind'>;
  publisher: Publisher;
  version: ItemVersion;
  capture: Pick<Capture, 'finalUrl' | 'fetchedAt'>;
  snapshot: SnapshotId;
  /** Later than the capture only for a second reading of old bytes. */
  knownAt: Instant;
  baseline: boolean;
}

/** A statement with what it is an artefact of, and the model that had a part in reading it. */
type Read = Statement & { artefact?: Artefact | null; reader?: string | null };

/** Turns what an item says into claims and evidence. The same bytes read by the same extractor give the same ids. */
export function toEvidence(
  statements: readonly Read[],
  from: Provenance,
): Pick<SubjectRecord, 'claims' | 'evidence'> {
  const claims = new Map<string, Claim>();
  const evidence = new Map<string, Evidence>();
  for (const statement of statements) {
    const claim = makeClaim(statement.claim);
    claims.set(claim.key, claim);
    const piece = evidenceOf(statement, claim, from);
    evidence.set(piece.id, piece);
  }
  return { claims: [...claims.values()], evidence: [...evidence.values()] };
}

function evidenceOf(statement: Read, claim: Claim, from: Provenance): Evidence {
  const { claim: _said, artefact, reader = null, rule = null, marks = [], ...said } = statement;
  const extractor = extractorOf(from.watcher, reader);
  const [start, end] = said.span;
  return {
    ...said,
    id: idOf('ev', claim.key, from.version.id, extractor, said.polarity, start, end),
    claim: claim.key,
    subject: claim.subject,
    target: from.target.id,
    item: from.version.id,
    snapshot: from.snapshot,
    url: from.version.item.url,
    publisher: from.publisher.domain,
    publisherClass: from.publisher.class,
    group: from.publisher.group,
    sourceKind: from.watcher.kind,
    artefact: artefact ?? null,
    extractor,
    observedAt: from.capture.fetchedAt,
    knownAt: from.knownAt,
    supersededAt: null,
    baseline: from.baseline,
    rule,
    marks,
  };
}

/** A claim with its key, the hash of what is claimed, whoever claims it, and the words for what would prove it. */
export function makeClaim({ subject, facet, qualifiers, value }: Statement['claim']): Claim {
  const claimed = { subject, facet, qualifiers, value };
  const key = sha256Hex(canonicalJson(claimed)) as ClaimKey;
  return { key, ...claimed, criterion: criterionOf(facet) };
}

const CRITERIA: Record<Facet, string> = {
  released: "it is in the vendor's API or open to users of a product, by the vendor's own channels",
  exists: 'nothing: no channel is an authority for mere existence',
  announced: 'a vendor news or changelog entry names it',
  documented: "the vendor's model page or changelog documents its exact id",
  api_listed:
    "the vendor's model list shows its id in two polls, or its changelog or model page says it is in the API",
  product_available: 'a vendor page says it is available in the product',
  limited_test: 'the venue itself lists it',
  sdk_typed: "a published version of the vendor's SDK types its id",
  priced: "the vendor's pricing or model page gives its price",
  deprecated: "the vendor's deprecations page or changelog says so",
  retired: "the vendor's deprecations page gives the date, and a later check shows that it is gone",
  capability: 'a vendor page describes it',
  identity: 'nothing: no channel is an authority for two names being one',
  date: 'nothing: a date is proved as the value of what happens on it',
};

/** Facets no channel is an authority for: what is said of them stays talk. */
const BEYOND_PROOF = new Set<Facet>(['exists', 'identity', 'date']);

export function isBeyondProof(facet: Facet): boolean {
  return BEYOND_PROOF.has(facet);
}

/** What would prove a claim of this facet, in words.
 * @public */
export function criterionOf(facet: Facet): string {
  return CRITERIA[facet];
}
