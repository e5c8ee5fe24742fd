import type { Evidence, Force } from '../../domain/evidence.ts';
import { groupedBy } from '../../domain/groups.ts';
import type { ClaimKey, ItemVersionId } from '../../domain/ids.ts';
import { isVendorClass } from '../../domain/publisher.ts';
import { earliest, elapsed, HOUR, type Instant, latest } from '../../domain/time.ts';
import type { Transition, Verdict } from '../../domain/verdict.ts';
import { reasonToSetAside, spokenUntil } from '../provenance/independent-voices.ts';
import { type Estimate, type Grade, gradeOf, medianOf, shrunkenMeans } from './shrinkage.ts';

/**
 * How well an outlet did on claims that are settled. Shown beside what it says and never an influence on a level: who
 * was right last time may be wrong today, and a level must be explained by what was said.
 */
export interface OutletRecord {
  outlet: string;
  /** Settled claims it spoke of. */
  claims: number;
  /** Mean squared distance of what it held likely from what was so: 0 is always sure and right, 0.25 a coin. */
  brier: Estimate;
  /** A to E by the mean; null before ten settled claims. */
  grade: Grade | null;
  /** Median hours from its first word for what came true to the proof; negative when it came after. */
  leadHours: number | null;
  /** Claims it asserted before they were so, or that never were. */
  premature: number;
  /** Claims it denied after they were so, or asserted after they were no longer. */
  stale: number;
  pages: number;
  /** When it last said anything on a settled claim: a record may be old. */
  lastAt: Instant;
  /** Pages that pass on what another group says, 0 to 1. */
  copiedShare: number;
}

export interface ScoreQuestion {
  /** What outlets said, without what was retracted. */
  evidence: readonly Evidence[];
  resolutions: readonly Resolution[];
  /** Pages that pass on others. */
  passedOn: ReadonlySet<ItemVersionId>;
  /** How far a statement may lie from the proof and still count as in time (time zones, next-day writers), in milliseconds. */
  tolerance: number;
}

/** How likely a statement of each force says the claim is. */
const LIKELY: Record<Force, number> = {
  assert: 0.95,
  assert_partial: 0.9,
  attributed: 0.85,
  relayed: 0.8,
  report: 0.75,
  hedge: 0.6,
  inference: 0.6,
  forecast: 0.6,
};

/** Said of now; the others speak of what may be or come, and are right when it ever does. */
const OF_NOW = new Set<Force>(['assert', 'assert_partial', 'attributed', 'relayed', 'report']);
const FIRM = new Set<Force>(['assert', 'assert_partial', 'attributed', 'relayed']);

/** What one outlet said of one settled claim. */
interface Spoken {
  pieces: readonly Evidence[];
  resolution: Resolution;
}

/** The records of all outlets that spoke of a settled claim, by name. */
export function sourceScores(question: ScoreQuestion): readonly OutletRecord[] {
  const { tolerance, passedOn } = question;
  const settled = new Map(question.resolutions.map((one) => [one.claim, one]));
  const outlets = groupedBy(question.evidence.filter(isScored), ({ publisher }) => publisher);
  const spoken = new Map<string, readonly Spoken[]>();
  for (const outlet of [...outlets.keys()].sort()) {
    const byClaim = groupedBy(outlets.get(outlet) ?? [], ({ claim }) => claim);
    const claims = [...byClaim].flatMap(([claim, pieces]) => {
      const resolution = settled.get(claim);
      return resolution === undefined ? [] : [{ pieces, resolution }];
    });
    if (claims.length > 0) spoken.set(outlet, claims);
  }
  const distances = [...spoken].map(
    ([outlet, claims]) => [outlet, claims.map((one) => distanceOf(one, tolerance))] as const,
  );
  return [...shrunkenMeans(new Map(distances))].map(([outlet, brier]) => {
    const claims = spoken.get(outlet) ?? [];
    const moments = claims.flatMap(({ pieces }) => pieces.map(({ observedAt }) => observedAt));
    const pages = [...new Set(outlets.get(outlet)?.map(({ item }) => item))];
    const copied = pages.filter((item) => passedOn.has(item)).length;
    return {
      ...{ outlet, claims: claims.length, lastAt: latest(moments) ?? '', brier },
      grade: gradeOf(brier.mean, claims.length),
      ...timingOf(claims, tolerance),
      ...{ pages: pages.length, copiedShare: copied / pages.length },
    };
  });
}

/** Vendors prove, popularity says nothing, and who says that nothing will come denies nothing that is. */
function isScored(evidence: Evidence): boolean {
  if (isVendorClass(evidence.publisherClass)) return false;
  const isForecast = evidence.force === 'forecast' && evidence.polarity === 'support';
  return reasonToSetAside(isForecast ? { ...evidence, force: 'hedge' } : evidence) === null;
}

/** One claim counts once, however often it was spoken of. */
function distanceOf({ pieces, resolution }: Spoken, tolerance: number): number {
  const squares = pieces.map((piece) => {
    const likely = piece.polarity === 'support' ? LIKELY[piece.force] : 1 - LIKELY[piece.force];
    const wasSo = wasTrue(piece, resolution, tolerance) ? 1 : 0;
    return (likely - wasSo) ** 2;
  });
  return squares.reduce((sum, one) => sum + one, 0) / squares.length;
}

/** Whether the claim held when it was spoken of; what lies within the tolerance is read in the speaker's favour. */
function wasTrue(piece: Evidence, { heldFrom, heldUntil }: Resolution, tolerance: number): boolean {
  if (heldFrom === null) return false;
  if (!OF_NOW.has(piece.force))
    return piece.polarity === 'support' || spokenUntil(piece) >= heldFrom;
  const favour = piece.polarity === 'support' ? tolerance : -tolerance;
  const at = spokenUntil(piece);
  const isAfterStart = elapsed(heldFrom, at) >= -favour;
  return isAfterStart && (heldUntil === null || elapsed(heldUntil, at) <= favour);
}

function timingOf(
  claims: readonly Spoken[],
  tolerance: number,
): Pick<OutletRecord, 'leadHours' | 'premature' | 'stale'> {
  const countOf = (test: typeof isStale) =>
    claims.filter(({ pieces, resolution }) =>
      pieces.some((piece) => test(piece, resolution, tolerance)),
    ).length;
  return {
    leadHours: medianOf(claims.flatMap((one) => leadOf(one) ?? [])),
    premature: countOf(isPremature),
    stale: countOf(isStale),
  };
}

/** What was there when we began to look was said at a time we do not know. */
function leadOf({ pieces, resolution: { heldFrom } }: Spoken): number | null {
  if (heldFrom === null) return null;
  const support = pieces.filter(({ polarity }) => polarity === 'support');
  const first = earliest(support.map(({ observedAt }) => observedAt));
  const isKnown = support.some(({ observedAt, baseline }) => observedAt === first && !baseline);
  return first === null || !isKnown ? null : elapsed(first, heldFrom) / HOUR;
}

function isPremature(
  { polarity, force, observedAt }: Evidence,
  { heldFrom }: Resolution,
  tolerance: number,
): boolean {
  if (polarity === 'deny' || !FIRM.has(force)) return false;
  return heldFrom === null || elapsed(observedAt, heldFrom) > tolerance;
}

function isStale(
  { polarity, force, observedAt }: Evidence,
  { heldFrom, heldUntil }: Resolution,
  tolerance: number,
): boolean {
  if (heldFrom === null || !OF_NOW.has(force)) return false;
  const since: Instant | null = polarity === 'deny' ? heldFrom : heldUntil;
  const isOver = since !== null && elapsed(since, observedAt) > tolerance;
  return isOver && (polarity === 'support' || heldUntil === null || observedAt <= heldUntil);
}

/** How a claim came out. */
export interface Resolution {
  claim: ClaimKey;
  /** From when it was proven to hold; null when it was shown not to. */
  heldFrom: Instant | null;
  /** When it was found to hold no longer; null while it holds. */
  heldUntil: Instant | null;
}

/**
 * Reads how claims came out from their verdicts: confirmed, withdrawn after that, contradicted, or expired because
 * their date passed. What merely grew old is open still. `history` tells when a withdrawn claim had been confirmed.
 */
export function resolutionsOf(
  verdicts: readonly Verdict[],
  history: readonly Transition[],
): readonly Resolution[] {
  const confirmedAt = new Map<ClaimKey, Instant>();
  for (const { claim, to, at } of history) {
    const known = confirmedAt.get(claim);
    if (to.level === 'confirmed' && (known === undefined || at < known)) confirmedAt.set(claim, at);
  }
  return verdicts.flatMap((verdict) => {
    const { key } = verdict.claim;
    const span = spanOf(verdict, confirmedAt.get(key) ?? null);
    return span === null ? [] : [{ claim: key, ...span }];
  });
}

function spanOf(
  { level, status, since, claim, primary }: Verdict,
  confirmedAt: Instant | null,
): Omit<Resolution, 'claim'> | null {
  if (level === 'confirmed') return { heldFrom: since, heldUntil: null };
  if (level === 'withdrawn') return { heldFrom: confirmedAt, heldUntil: since };
  if (level === 'contradicted') return { heldFrom: null, heldUntil: null };
  // Without a date a claim nobody speaks of any more may come true yet.
  const isOverdue = status === 'expired' && claim.value !== null && primary.state === 'silent';
  return isOverdue ? { heldFrom: null, heldUntil: null } : null;
}
