import { makeClaim } from '../../src/core/claims/to-evidence.ts';
import type { Check } from '../../src/domain/check.ts';
import type { Claim } from '../../src/domain/claim.ts';
import type { Evidence, Retraction, Sighting, VoiceEdge } from '../../src/domain/evidence.ts';
import type { Facet } from '../../src/domain/facet.ts';
import { idOf, targetId } from '../../src/domain/ids.ts';
import type { SourceKind } from '../../src/domain/source-kind.ts';
import type { Subject } from '../../src/domain/subject.ts';
import type { SubjectCase, TargetChecks } from '../../src/domain/subject-record.ts';

/** Builders: a valid thing of each kind, with what a test cares about put in. */

export function makeSubject(over: Partial<Subject> = {}): Subject {
  return {
    id: 'gpt-image-2',
    vendor: 'openai',
    kind: 'model',
    name: 'GPT Image 2',
    aliases: [],
    controls: ['gpt-image-1.5', 'gpt-5.4'],
    moving: false,
    status: 'curated',
    discovered: null,
    ...over,
  };
}

export function claimOf(facet: Facet, over: Partial<Claim> = {}): Claim {
  return makeClaim({ subject: 'gpt-image-2', facet, qualifiers: {}, value: null, ...over });
}

let counter = 0;

export function makeEvidence(claim: Claim, over: Partial<Evidence> = {}): Evidence {
  counter += 1;
  const group = over.group ?? over.publisher ?? 'blog.example';
  const observedAt = over.observedAt ?? '2026-04-17T09:00:00.000Z';
  const url = over.url ?? `https://${group}/page`;
  return {
    id: idOf('ev', claim.key, url, observedAt, counter),
    claim: claim.key,
    subject: claim.subject,
    target: targetId('reports', url),
    item: idOf('iv', url, observedAt),
    snapshot: idOf('sn', url, observedAt),
    url,
    publisher: group,
    publisherClass: 'S3',
    group,
    sourceKind: 'report',
    artefact: null,
    extractor: 'reports@1',
    observedAt,
    knownAt: observedAt,
    supersededAt: null,
    baseline: false,
    polarity: 'support',
    force: 'assert',
    evidentiality: 'none',
    effective: null,
    validTime: null,
    quote: 'it is out',
    span: [0, 9],
    relays: null,
    silenceOf: null,
    aliasClaimed: false,
    rule: null,
    marks: [],
    ...over,
  };
}

/** Evidence as a primary watcher would give it. */
export function makePrimary(claim: Claim, over: Partial<Evidence> = {}): Evidence {
  const kind: SourceKind = over.sourceKind ?? 'changelog';
  return makeEvidence(claim, {
    publisher: 'openai.com',
    group: 'openai',
    publisherClass: kind === 'model-list' || kind === 'package' ? 'P0' : 'P1',
    sourceKind: kind,
    artefact: 'permanent',
    evidentiality: 'primary_artefact',
    url: `https://openai.com/${kind}`,
    target: targetId(kind, `https://openai.com/${kind}`),
    ...over,
  });
}

export function makeSighting(evidence: Evidence, at: string, kind: Sighting['kind']): Sighting {
  const { claim, target } = evidence;
  return { id: idOf('si', claim, target, at, kind), claim, target, at, kind, snapshot: null };
}

export function makeCheck(over: Partial<Check> = {}): Check {
  const target = over.target ?? targetId('changelog', 'https://openai.com/changelog');
  const at = over.at ?? '2026-04-21T13:55:00.000Z';
  return {
    id: idOf('ck', target, at),
    target,
    watcher: 'changelog',
    at,
    outcome: 'present',
    failure: null,
    snapshot: null,
    shows: ['gpt-image-1.5', 'gpt-5.4'],
    ...over,
  };
}

export function makeChecks(kind: SourceKind, over: Partial<Check> = {}): TargetChecks {
  const url = `https://openai.com/${kind}`;
  const latest = makeCheck({ target: targetId(kind, url), watcher: kind, ...over });
  const isGood = latest.outcome === 'present' || latest.outcome === 'silent';
  const lastGood = isGood ? latest : null;
  return { target: latest.target, kind, url, subject: null, latest, lastGood };
}

export function makeCase(
  claims: readonly Claim[],
  evidence: readonly Evidence[],
  rest: {
    sightings?: readonly Sighting[];
    retractions?: readonly Retraction[];
    edges?: readonly VoiceEdge[];
    checks?: readonly TargetChecks[];
    subject?: Subject;
  } = {},
): SubjectCase {
  const subject = rest.subject ?? makeSubject();
  return {
    subject,
    record: {
      subject: subject.id,
      claims,
      evidence,
      sightings: rest.sightings ?? [],
      retractions: rest.retractions ?? [],
      edges: rest.edges ?? [],
    },
    checks: rest.checks ?? [],
  };
}
