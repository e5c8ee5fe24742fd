import { countGroups, originsOf } from '../core/provenance/origins.ts';
import type { Subject } from '../domain/subject.ts';
import type { Instant } from '../domain/time.ts';
import type { Store } from '../store/store.ts';
import type { OfflineContext } from './context.ts';

type Learning = Pick<OfflineContext, 'reader' | 'policy'>;

/**
 * Makes subjects of the ids that only others name, once as many independent voices speak of them as make a claim
 * secondary. Until then what they say is kept and judged nowhere.
 */
export async function discoverHeard(
  { reader, policy }: Learning,
  tx: Store,
  heard: readonly Subject[],
  at: Instant,
): Promise<void> {
  if (heard.length === 0) return;
  const records = await tx.claims.records(
    heard.map(({ id }) => id),
    at,
  );
  const found = heard.filter(({ id }) => {
    const { evidence = [], edges = [] } = records.get(id) ?? {};
    const standing = evidence.filter(({ supersededAt }) => supersededAt === null);
    return countGroups(standing, originsOf(edges, at)) >= policy.minVoices;
  });
  // Stored whether it was learned or not: a transaction that is run again has lost the first time.
  await tx.claims.discover(found);
  reader.learn(found.filter(({ id }) => reader.subject(id) === null));
}

/** Those of some subjects that are known, to this process or to another one. */
export async function knownSubjectsAmong(
  { reader }: Pick<Learning, 'reader'>,
  tx: Store,
  ids: readonly string[],
): Promise<readonly Subject[]> {
  if (ids.some((id) => reader.subject(id) === null))
    await learnStoredSubjects({ reader, store: tx });
  return ids.flatMap((id) => reader.subject(id) ?? []);
}

/** Makes the subjects known that other processes have found. */
export async function learnStoredSubjects({
  reader,
  store,
}: Pick<OfflineContext, 'reader' | 'store'>): Promise<void> {
  const found = await store.claims.subjects();
  reader.learn(found.filter(({ id }) => reader.subject(id) === null));
}
