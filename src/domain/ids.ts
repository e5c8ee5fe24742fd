import { hash } from 'node:crypto';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** SHA-256 of raw bytes, 64 hex digits. */
export type BodyHash = Branded<'BodyHash'>;
/** SHA-256 of a claim's canonical JSON, 64 hex digits. */
export type ClaimKey = Branded<'ClaimKey'>;
/** `<watcher>:<canonical url>`. */
export type TargetId = Branded<'TargetId'>;
export type SnapshotId = Branded<'sn'>;
export type ItemVersionId = Branded<'iv'>;
export type ChangeId = Branded<'ch'>;
export type CheckId = Branded<'ck'>;
export type EvidenceId = Branded<'ev'>;
export type SightingId = Branded<'si'>;
export type TransitionId = Branded<'tr'>;
export type AlertId = Branded<'al'>;
export type DeliveryId = Branded<'dl'>;
export type PolicyDigest = Branded<'po'>;
export type VerdictDigest = Branded<'vd'>;
export type ProposalId = Branded<'pr'>;
export type StoryId = Branded<'st'>;

type Prefix =
  | 'sn'
  | 'iv'
  | 'ch'
  | 'ck'
  | 'ev'
  | 'si'
  | 'tr'
  | 'al'
  | 'dl'
  | 'po'
  | 'vd'
  | 'pr'
  | 'st';

/** Lower-case hex SHA-256 of a text's UTF-8 bytes. */
export function sha256Hex(text: string): string {
  return hash('sha256', text);
}

/**
 * The id of a thing is made from what it is, so that replaying a recording makes no second one:
 * a prefix and 20 hex digits (80 bits) of the hash of its parts.
 */
export function idOf<P extends Prefix>(
  prefix: P,
  ...parts: readonly (string | number | null)[]
): Branded<P> {
  return `${prefix}_${sha256Hex(JSON.stringify(parts)).slice(0, 20)}` as Branded<P>;
}

/** JSON with object keys sorted at every depth and undefined dropped: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    const entries = Object.entries(inner).filter(([, held]) => held !== undefined);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** @internal */
export function bodyHash(hex: string): BodyHash {
  return hex as BodyHash;
}

export function hashOfBody(body: Uint8Array): BodyHash {
  return bodyHash(hash('sha256', body));
}

export function targetId(watcher: string, url: string): TargetId {
  return `${watcher}:${url}` as TargetId;
}
