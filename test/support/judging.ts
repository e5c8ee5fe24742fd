import { judgeSubject } from '../../src/core/verdict/judge.ts';
import { DEFAULT_POLICY } from '../../src/core/verdict/policy.ts';
import type { Retraction, VoiceEdge } from '../../src/domain/evidence.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { ConfirmationLevel, Verdict } from '../../src/domain/verdict.ts';
import { makeCase, makeSubject } from './make.ts';
import { type Stream, SUBJECTS } from './streams.ts';

/** After everything a stream holds. */
export const LAST = '2026-05-01T00:00:00.000Z';
/** A thousand runs of what is cheap to judge, or as many more as are asked for. */
export const RUNS = { numRuns: Math.max(1_000, Number(process.env['FIRSTHAND_RUNS'] ?? 0)) };
/** Withdrawn and contradicted stand beside the order. */
export const RANK: Record<ConfirmationLevel, number> = {
  unknown: 0,
  rumor: 1,
  secondary: 2,
  confirmed: 3,
  contradicted: -1,
  withdrawn: -1,
};

/** Made once: what is asked of every model is hashed once a subject. */
const MADE = new Map<string, ReturnType<typeof makeSubject>>(
  SUBJECTS.map((id) => [id, makeSubject({ id })]),
);

type GivenEdge = Pick<VoiceEdge, 'a' | 'b'> & Partial<VoiceEdge>;

interface Over {
  retractions?: readonly Retraction[];
  edges?: readonly GivenEdge[];
  policy?: Policy;
}

/** Every verdict of every subject, by claim key. */
export function judgeAll(given: Stream, at = LAST, over: Over = {}): Map<string, Verdict> {
  const verdicts = SUBJECTS.flatMap((id) =>
    judgeSubject(caseOf(given, id, over), at, over.policy ?? DEFAULT_POLICY),
  );
  return new Map(verdicts.map((verdict) => [verdict.claim.key, verdict]));
}

function caseOf({ claims, evidence, sightings, checks, ...rest }: Stream, id: string, over: Over) {
  const about = claims.filter(({ subject }) => subject === id);
  const own = new Set(about.map(({ key }) => key));
  return makeCase(
    about,
    evidence.filter((piece) => own.has(piece.claim)),
    {
      subject: MADE.get(id) ?? makeSubject({ id }),
      sightings: sightings.filter((one) => own.has(one.claim)),
      checks,
      retractions: [...rest.retractions, ...(over.retractions ?? [])],
      edges: [...rest.edges, ...(over.edges ?? []).map(edgeOf)],
    },
  );
}

function edgeOf(edge: GivenEdge): VoiceEdge {
  return { item: null, observedAt: '2026-03-01T00:00:00.000Z', signals: [], ...edge };
}

/** What is told of each verdict: all of it that does not depend on the order in which its evidence is listed. */
export function toldOf(verdicts: Map<string, Verdict>): Map<string, unknown> {
  return new Map(
    [...verdicts].map(([key, { level, status, rule, since, flags, voices, primary }]) => [
      key,
      { level, status, rule, since, voices, primary, flags: [...flags].sort() },
    ]),
  );
}

export const levels = (verdicts: Map<string, Verdict>) =>
  new Map([...verdicts].map(([key, { level }]) => [key, level]));
