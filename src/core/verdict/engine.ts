import { canonicalJson, idOf, type VerdictDigest } from '../../domain/ids.ts';
import type { StoredVerdict } from '../../domain/verdict.ts';

/**
 * The version of the code that judges. It is raised when the same record under the same policy comes to another
 * verdict: what an older engine judged is then proved by its digest and no longer derived again.
 */
export const ENGINE = 4;

/** What a kept verdict carries, so that a change to it can be told from a change of the engine. */
export function verdictDigest(
  judged: Omit<StoredVerdict, 'subject' | 'reconsiderAt' | 'digest'>,
): VerdictDigest {
  const { claim, level, status, rule, flags, since, judgedAt, policy, engine } = judged;
  const parts = { claim, level, status, rule, flags, since, judgedAt, policy, engine };
  return idOf('vd', canonicalJson(parts));
}
