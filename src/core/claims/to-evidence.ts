import type { Capture } from '../../domain/capture.ts';
import type { Claim } from '../../domain/claim.ts';
import type { Artefact, Evidence, Statement } from '../../domain/evidence.ts';
import { idOf, type SnapshotId } from '../../domain/ids.ts';
import type { ItemVersion } from '../../domain/item.ts';
import type { Publisher } from '../../domain/publisher.ts';
import type { Target } from '../../domain/target.ts';
import type { Instant } from '../../domain/time.ts';
import { extractorOf, type Watcher } from '../../domain/watcher.ts';
import { makeClaim } from './claim-key.ts';

/** What was read out of one item, and from where it came. */
export interface Provenance {
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

export interface Folded {
  claims: readonly Claim[];
  evidence: readonly Evidence[];
}

/** Turns what an item says into claims and evidence. The same bytes read by the same extractor give the same ids. */
export function toEvidence(statements: readonly Read[], from: Provenance): Folded {
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
