import { judgeSubject } from '../../src/core/verdict/judge.ts';
import { DEFAULT_POLICY } from '../../src/core/verdict/policy.ts';
import type { Retraction, VoiceEdge } from '../../src/domain/evidence.ts';
import type { ConfirmationLevel, Verdict } from '../../src/domain/verdict.ts';
import { makeCase, makeSubject } from './make.ts';
import { type Stream, SUBJECTS } from './streams.ts';

/** After everything a stream holds. */
export const LAST = '2026-05-01T00:00:00.000Z';
export const RUNS = { numRuns: 1_000 };
/** Withdrawn and contradicted stand beside the order. */
export const RANK: Record<ConfirmationLevel, number> = {
  unknown: 0,
  rumor: 1,
  secondary: 2,
  confirmed: 3,
  contradicted: -1,
  withdrawn: -1,
};

type GivenEdge = Pick<VoiceEdge, 'a' | 'b'> & Partial<VoiceEdge>;

/** Every verdict of every subject, by claim key. */
export function judgeAll(
  { claims, evidence: said, sightings, checks }: Stream,
  at = LAST,
  rest: { retractions?: readonly Retraction[]; edges?: readonly GivenEdge[] } = {},
): Map<string, Verdict> {
  const verdicts = SUBJECTS.flatMap((id) => {
    const own = new Set(claims.filter(({ subject }) => subject === id).map(({ key }) => key));
    const subjectCase = makeCase(
      claims.filter(({ subject }) => subject === id),
      said.filter((piece) => own.has(piece.claim)),
      {
        subject: makeSubject({ id }),
        sightings: sightings.filter((one) => own.has(one.claim)),
        checks,
        retractions: rest.retractions ?? [],
        edges: (rest.edges ?? []).map((edge) => ({
          item: null,
          observedAt: '2026-03-01T00:00:00.000Z',
          signals: [],
          ...edge,
        })),
      },
    );
    return judgeSubject(subjectCase, at, DEFAULT_POLICY);
  });
  return new Map(verdicts.map((verdict) => [verdict.claim.key, verdict]));
}

export const levels = (verdicts: Map<string, Verdict>) =>
  new Map([...verdicts].map(([key, { level }]) => [key, level]));
