import { createHash } from 'node:crypto';
import type { Capture } from '../../src/domain/capture.ts';
import type { Check } from '../../src/domain/check.ts';
import type { Claim } from '../../src/domain/claim.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Facet } from '../../src/domain/facet.ts';
import {
  bodyHash,
  type ItemVersionId,
  idOf,
  type SnapshotId,
  targetId,
} from '../../src/domain/ids.ts';
import type { ItemVersion } from '../../src/domain/item.ts';
import type { Target } from '../../src/domain/target.ts';
import { type Instant, instantOf } from '../../src/domain/time.ts';
import type { StoredVerdict, Transition } from '../../src/domain/verdict.ts';
import type { Store } from '../../src/store/store.ts';
import { claimOf, makeCheck, makeEvidence } from './make.ts';

/** The moment `minutes` after the start of the time in which these tests play. */
export function minute(minutes: number): Instant {
  return instantOf(Date.UTC(2026, 3, 1) + minutes * 60_000);
}

export function makeTarget(name: string, watcher = 'reports'): Target {
  const url = `https://example.org/${name}`;
  return { id: targetId(watcher, url), watcher, kind: 'report', url, subject: null };
}

export function makeCapture(text: string | Uint8Array, given: Partial<Capture> = {}): Capture {
  const body = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return {
    url: 'https://example.org/page',
    finalUrl: 'https://example.org/page',
    redirects: ['https://example.org/page'],
    status: 200,
    headers: { etag: '"1"' },
    contentType: 'text/html',
    body,
    bodyHash: bodyHash(createHash('sha256').update(body).digest('hex')),
    fetchedAt: minute(0),
    via: 'http',
    ...given,
  };
}

export function checkAt(target: Target, at: Instant, given: Partial<Check> = {}): Check {
  return makeCheck({ target: target.id, watcher: target.watcher, at, shows: [], ...given });
}

export function makeVersion(
  target: Target,
  snapshot: SnapshotId,
  key: string,
  given: Partial<ItemVersion> = {},
): ItemVersion {
  return {
    id: idOf('iv', target.id, key, given.firstSeenAt ?? 'first'),
    target: target.id,
    item: {
      key,
      kind: 'entry',
      title: `About ${key}`,
      text: `What is said about ${key}.`,
      url: `${target.url}#${key}`,
      published: null,
      fields: {},
    },
    snapshot,
    mentions: ['gpt-image-2'],
    firstSeenAt: minute(0),
    supersededAt: null,
    ...given,
  };
}

export function claimOn(subject: string, facet: Facet = 'announced'): Claim {
  return claimOf(facet, { subject });
}

/** Where evidence may stand: a target, one of its snapshots, an item in it, and a claim. */
export interface Ground {
  target: Target;
  snapshot: SnapshotId;
  item: ItemVersionId;
  claim: Claim;
}

/** Writes all that a piece of evidence rests on. */
export async function layGround(store: Store, name: string, subject: string): Promise<Ground> {
  const target = makeTarget(name);
  const claim = claimOn(subject);
  await store.targets.register([target], minute(0));
  const { id: snapshot } = await store.snapshots.keep(target.id, makeCapture(`about ${name}`));
  const version = makeVersion(target, snapshot, name);
  await store.items.apply({ added: [version], ended: [], changes: [] });
  await store.claims.add([claim], minute(0));
  return { target, snapshot, item: version.id, claim };
}

export function evidenceOn(
  { target, snapshot, item, claim }: Ground,
  name: string,
  given: Partial<Evidence> = {},
): Evidence {
  return makeEvidence(claim, {
    id: idOf('ev', claim.key, target.id, name),
    target: target.id,
    item,
    snapshot,
    url: target.url,
    observedAt: minute(1),
    knownAt: minute(1),
    ...given,
  });
}

export function makeTransition(claim: Claim, at: Instant): Transition {
  return {
    id: idOf('tr', claim.key, at),
    claim: claim.key,
    subject: claim.subject,
    at,
    from: { level: 'unknown', status: 'never_reported' },
    to: { level: 'rumor', status: 'current' },
    rule: '5',
    evidence: [],
    quiet: false,
    policy: idOf('po', 'usual'),
  };
}

export function makeVerdict(claim: Claim, given: Partial<StoredVerdict> = {}): StoredVerdict {
  return {
    claim: claim.key,
    subject: claim.subject,
    level: 'rumor',
    status: 'current',
    rule: '5',
    flags: ['primary_silent'],
    since: minute(1),
    reconsiderAt: null,
    judgedAt: minute(1),
    policy: idOf('po', 'usual'),
    engine: 1,
    digest: null,
    ...given,
  };
}
