import { expeditedAt } from '../core/schedule/next-check.ts';
import type { Claim } from '../domain/claim.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { TargetId } from '../domain/ids.ts';
import type { Policy } from '../domain/policy.ts';
import { isVendorClass } from '../domain/publisher.ts';
import type { SourceKind } from '../domain/source-kind.ts';
import type { TargetState } from '../domain/target.ts';
import type { Store } from '../store/store.ts';
import type { PipelineContext } from './context.ts';
import type { Interpretation } from './interpret-items.ts';

/**
 * Somebody says that the vendor said so: that proves nothing, and the vendor's own channels can be asked now. Makes those
 * due that could prove it, no sooner than the floor after their last check; those that back off are left alone.
 */
export async function expeditePrimaries(
  context: Pick<PipelineContext, 'reader' | 'watchers' | 'policy'>,
  tx: Store,
  { claims, evidence, at }: Pick<Interpretation, 'claims' | 'evidence' | 'at'>,
): Promise<readonly TargetId[]> {
  const attributed = new Set(evidence.filter(isAttributed).map(({ claim }) => claim));
  const open = await unproven(
    tx,
    claims.filter(({ key }) => attributed.has(key)),
  );
  if (open.length === 0) return [];
  const expedited: TargetId[] = [];
  const kinds = [...new Set(open.flatMap((claim) => mandatoryFor(context.policy, claim)))];
  for (const target of await tx.targets.list({ kinds })) {
    if (!open.some((claim) => couldProve(context, target, claim))) continue;
    const dueAt = expeditedAt(at, target.lastCheckAt);
    if (dueAt >= target.dueAt) continue;
    await tx.targets.expedite(target.id, dueAt);
    expedited.push(target.id);
  }
  return expedited;
}

function isAttributed({ force, polarity, publisherClass }: Evidence): boolean {
  return force === 'attributed' && polarity === 'support' && !isVendorClass(publisherClass);
}

async function unproven(tx: Store, claims: readonly Claim[]): Promise<readonly Claim[]> {
  const open: Claim[] = [];
  for (const claim of claims) {
    const verdicts = await tx.claims.verdicts(claim.subject);
    const known = verdicts.find((verdict) => verdict.claim === claim.key);
    if (known?.level !== 'confirmed') open.push(claim);
  }
  return open;
}

function mandatoryFor(
  { mandatory }: Policy,
  { facet }: Pick<Claim, 'facet'>,
): readonly SourceKind[] {
  return mandatory[facet] ?? mandatory.announced ?? [];
}

/** A mandatory channel of the subject's vendor for the facet, about the subject or about many, that answers at present. */
function couldProve(
  { reader, watchers, policy }: Pick<PipelineContext, 'reader' | 'watchers' | 'policy'>,
  target: TargetState,
  { subject, facet }: Claim,
): boolean {
  const vendor = watchers.get(target.watcher)?.vendor ?? null;
  if (vendor === null || vendor !== reader.subject(subject)?.vendor) return false;
  const kinds = mandatoryFor(policy, { facet });
  const isAbout = target.subject === null || target.subject === subject;
  return (
    isAbout &&
    target.linkedFrom === undefined &&
    target.failures === 0 &&
    kinds.includes(target.kind)
  );
}
