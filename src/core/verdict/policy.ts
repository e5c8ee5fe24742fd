import { canonicalJson, idOf, type PolicyDigest, type VerdictDigest } from '../../domain/ids.ts';
import type { Policy } from '../../domain/policy.ts';
import { remembered } from '../../domain/remembered.ts';
import { DAY, HOUR, MINUTE } from '../../domain/time.ts';
import type { StoredVerdict } from '../../domain/verdict.ts';

/** The policy in force. Every figure and its reason stands in `docs/verdicts.md`. */
export const DEFAULT_POLICY: Policy = {
  version: 1,
  confirms: {
    P0: ['api_listed', 'retired', 'sdk_typed'],
    P1: [
      'announced',
      'documented',
      'priced',
      'deprecated',
      'retired',
      'capability',
      'product_available',
    ],
    P2: ['announced'],
  },
  alsoConfirms: {
    changelog: ['api_listed'],
    'model-page': ['api_listed'],
  },
  mandatory: {
    announced: ['newsroom', 'changelog'],
    documented: ['model-page', 'changelog'],
    api_listed: ['model-page', 'changelog'],
    released: ['model-page', 'changelog'],
  },
  corroborating: ['help'],
  freshness: {
    newsroom: 6 * HOUR,
    changelog: 6 * HOUR,
    'model-page': 6 * HOUR,
    help: 24 * HOUR,
  },
  siblingWindow: HOUR,
  minVoices: 2,
  listingRepeat: 10 * MINUTE,
  listingAlone: 72 * HOUR,
  goneRepeat: 30 * MINUTE,
  staleAfter: 30 * DAY,
  expiredAfter: 90 * DAY,
  dateOverdue: 14 * DAY,
  dateTolerance: 1,
  reading: {
    agreed: 'stronger',
    // A forecast supports nothing, and a conclusion denies nothing. What a model is unsure of was mostly read rightly.
    refused: { support: 'forecast', deny: 'inference' },
    unclear: { support: 'assert', deny: 'assert' },
    alone: {
      untaken: ['identity'],
      dated: ['date'],
      together: ['announced', 'released', 'product_available', 'api_listed'],
      left: { support: 'forecast', deny: 'inference' },
    },
    readByRules: 1,
  },
};

/** What a verdict carries to say under which parameters it was reached. */
export const policyDigest = remembered(
  (policy: Policy): PolicyDigest => idOf('po', canonicalJson(policy)),
);

/**
 * The version of the code that judges. It is raised when the same record under the same policy comes to another
 * verdict: what an older engine judged is then proved by its digest and no longer derived again.
 */
export const ENGINE = 5;

/** What a kept verdict carries, so that a change to it can be told from a change of the engine. */
export function verdictDigest(
  judged: Omit<StoredVerdict, 'subject' | 'reconsiderAt' | 'digest'>,
): VerdictDigest {
  const { claim, level, status, rule, flags, since, judgedAt, policy, engine } = judged;
  const parts = { claim, level, status, rule, flags, since, judgedAt, policy, engine };
  return idOf('vd', canonicalJson(parts));
}
