import fc from 'fast-check';
import type { Claim } from '../../src/domain/claim.ts';
import type {
  Evidence,
  Force,
  Polarity,
  Retraction,
  Sighting,
  VoiceEdge,
} from '../../src/domain/evidence.ts';
import { idOf, targetId } from '../../src/domain/ids.ts';
import type { PublisherClass } from '../../src/domain/publisher.ts';
import type { SourceKind } from '../../src/domain/source-kind.ts';
import type { TargetChecks } from '../../src/domain/subject-record.ts';
import { type Interval, instantOf } from '../../src/domain/time.ts';
import { claimOf, makeCheck, makeEvidence } from './make.ts';

/** Streams of evidence, sightings, checks, retractions and edges over 3 subjects, 6 facets and 8 sources. */

interface Source {
  name: string;
  class: PublisherClass;
  kind: SourceKind;
  artefact: Evidence['artefact'];
}

export const SOURCES: readonly Source[] = [
  { name: 'api.vendor', class: 'P0', kind: 'model-list', artefact: 'list' },
  { name: 'changelog.vendor', class: 'P1', kind: 'changelog', artefact: 'permanent' },
  { name: 'pages.vendor', class: 'P1', kind: 'model-page', artefact: 'page' },
  { name: 'press.example', class: 'S1', kind: 'report', artefact: null },
  { name: 'tracker.example', class: 'S2', kind: 'tracker', artefact: null },
  { name: 'blog.example', class: 'S3', kind: 'report', artefact: null },
  { name: 'seller.example', class: 'S4', kind: 'report', artefact: null },
  { name: 'trend.example', class: 'X', kind: 'social', artefact: null },
];

const START = Date.parse('2026-04-01T00:00:00.000Z');
const STEP = 5 * 60_000;

/** Moments on a five-minute grid over some days, so that ties happen. */
export const moment = fc
  .integer({ min: 0, max: 2_000 })
  .map((step) => instantOf(START + step * STEP));

export const SUBJECTS = ['gpt-image-2', 'gpt-5.5', 'lmarena-tape-models'] as const;

const subjectId = fc.constantFrom(...SUBJECTS);

export const claim: fc.Arbitrary<Claim> = fc.oneof(
  subjectId.map((subject) => claimOf('announced', { subject })),
  subjectId.map((subject) => claimOf('announced', { subject, value: '2026-04-03' })),
  subjectId.map((subject) => claimOf('announced', { subject, value: '2026-04-07' })),
  subjectId.map((subject) => claimOf('api_listed', { subject })),
  subjectId.map((subject) => claimOf('released', { subject })),
  subjectId.map((subject) =>
    claimOf('product_available', { subject, qualifiers: { surface: 'chatgpt' } }),
  ),
  subjectId.map((subject) => claimOf('limited_test', { subject, qualifiers: { venue: 'arena' } })),
  subjectId.map((subject) => claimOf('identity', { subject, value: 'lmarena-tape-models' })),
);

const force = fc.constantFrom<Force>(
  'assert',
  'assert_partial',
  'attributed',
  'relayed',
  'report',
  'hedge',
  'forecast',
  'inference',
);

export interface Stream {
  claims: readonly Claim[];
  evidence: readonly Evidence[];
  sightings: readonly Sighting[];
  checks: readonly TargetChecks[];
  retractions: readonly Retraction[];
  edges: readonly VoiceEdge[];
}

/** A day about the time of the streams, as a text gives one; most give none. */
const day: fc.Arbitrary<Interval | null> = fc.option(
  fc.integer({ min: 1, max: 12 }).map((of) => ({
    ...{ from: `2026-04-${String(of).padStart(2, '0')}`, to: null, precision: 'day' as const },
  })),
  { freq: 2 },
);

function pieceOf(
  said: Claim,
  source: Source,
  at: string,
  polarity: Polarity,
  strength: Force,
  page: number,
  when: Pick<Evidence, 'effective' | 'validTime' | 'aliasClaimed'>,
): Evidence {
  const url = `https://${source.name}/${page}`;
  const isPrimary = source.artefact !== null;
  return makeEvidence(said, {
    id: idOf('ev', said.key, url, at, polarity, strength),
    url,
    target: targetId(source.kind, isPrimary ? `https://${source.name}/` : url),
    publisher: source.name,
    group: isPrimary ? 'vendor' : source.name,
    publisherClass: source.class,
    sourceKind: source.kind,
    artefact: source.artefact,
    evidentiality: isPrimary ? 'primary_artefact' : 'none',
    force: isPrimary ? 'assert' : strength,
    relays: !isPrimary && strength === 'relayed' ? 'Some Daily' : null,
    polarity,
    observedAt: at,
    ...when,
  });
}

export function evidence(
  sources: readonly Source[] = SOURCES,
  polarities: readonly Polarity[] = ['support', 'deny'],
): fc.Arbitrary<{ claim: Claim; piece: Evidence }> {
  return fc
    .tuple(
      claim,
      fc.constantFrom(...sources),
      moment,
      fc.constantFrom(...polarities),
      force,
      fc.integer({ min: 1, max: 3 }),
      fc.record({ effective: day, validTime: day, aliasClaimed: rarely }),
    )
    .map(([said, source, at, polarity, strength, page, when]) => ({
      claim: said,
      piece: pieceOf(said, source, at, polarity, strength, page, when),
    }));
}

const rarely = fc.integer({ min: 0, max: 7 }).map((drawn) => drawn === 7);

const outcomes = ['present', 'silent', 'unreachable', 'blocked', 'parse_failed'] as const;

export const badOutcome = fc.constantFrom(
  'unreachable',
  'blocked',
  'parse_failed',
  'control_failed',
) satisfies fc.Arbitrary<TargetChecks['latest']['outcome']>;

export function checksAt(at: string, outcome: TargetChecks['latest']['outcome']): TargetChecks[] {
  const kinds: readonly SourceKind[] = ['newsroom', 'changelog', 'model-page', 'model-list'];
  return kinds.map((kind) => {
    const url = `https://${kind}.vendor/`;
    const target = targetId(kind, url);
    const latest = makeCheck({ target, watcher: kind, at, outcome });
    const lastGood = outcome === 'present' || outcome === 'silent' ? latest : null;
    return { target, kind, url, subject: null, latest, lastGood };
  });
}

export function stream(
  pieces: fc.Arbitrary<{ claim: Claim; piece: Evidence }> = evidence(),
): fc.Arbitrary<Stream> {
  return fc
    .tuple(
      fc.array(pieces, { maxLength: 14 }),
      fc.array(fc.tuple(fc.nat(), moment, fc.constantFrom('seen', 'missed', 'gone')), {
        maxLength: 6,
      }),
      moment,
      fc.constantFrom(...outcomes),
    )
    .map(([said, seen, at, outcome]) => ({
      claims: [...new Map(said.map((one) => [one.claim.key, one.claim])).values()],
      evidence: [...new Map(said.map((one) => [one.piece.id, one.piece])).values()],
      sightings: seen.flatMap(([index, when, kind]) => {
        const piece = said[index % Math.max(1, said.length)]?.piece;
        if (piece === undefined || piece.artefact === null) return [];
        const { claim: key, target } = piece;
        return [
          {
            id: idOf('si', key, target, when, kind),
            claim: key,
            target,
            at: when,
            kind,
            snapshot: null,
          },
        ];
      }),
      checks: checksAt(at, outcome),
      retractions: [],
      edges: [],
    }));
}

const groups = fc.constantFrom(...SOURCES.slice(3).map(({ name }) => name));

/** A stream in which evidence is taken out and put back, superseded, and groups are found to be one. */
export function livelyStream(): fc.Arbitrary<Stream> {
  return stream().chain((given) => {
    const some = fc.nat({ max: Math.max(0, given.evidence.length - 1) });
    return fc
      .record({
        retracted: fc.array(fc.tuple(some, moment, fc.constantFrom('retract', 'restore')), {
          maxLength: 3,
        }),
        ended: fc.array(fc.tuple(some, moment), { maxLength: 3 }),
        joined: fc.array(fc.tuple(groups, groups, moment, fc.option(some)), { maxLength: 3 }),
      })
      .map(({ retracted, ended, joined }) => ({
        ...given,
        evidence: given.evidence.map((piece, index) =>
          endedAt(piece, ended.find(([of]) => of === index)?.[1]),
        ),
        retractions: retracted.flatMap(([index, at, kind]) => {
          const piece = given.evidence[index];
          return piece === undefined
            ? []
            : [{ evidence: piece.id, at, kind, by: 'ada', because: 'test' }];
        }),
        edges: joined.map(([a, b, observedAt, index]) => ({
          ...{ a, b, observedAt, signals: [] },
          item: given.evidence[index ?? -1]?.item ?? null,
        })),
      }));
  });
}

function endedAt(piece: Evidence, at: string | undefined): Evidence {
  return at === undefined || at <= piece.knownAt ? piece : { ...piece, supersededAt: at };
}
