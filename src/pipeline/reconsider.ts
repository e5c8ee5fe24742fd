import type { Judged } from '../domain/check-report.ts';
import { asError, StoreError } from '../domain/errors.ts';
import { HOUR, type Instant, plus } from '../domain/time.ts';
import type { Store } from '../store/store.ts';
import type { PipelineContext } from './context.ts';
import { judgeSubjects, tellWaiting } from './judge-subjects.ts';

/** How far a subject is put off whose judging crashed. */
const AFTER_A_CRASH = HOUR;

/**
 * Judges again whatever time alone may have changed by now, and tells what has waited in stories. A subject whose judging
 * crashes is put off before the crash is reported, and holds up no other.
 */
export async function reconsider(context: PipelineContext): Promise<Judged> {
  const at = context.clock.now();
  const found: Judged[] = [];
  for (const subject of await context.store.claims.toReconsider(at)) {
    const input = { subjects: [subject], changes: [], at, technical: false };
    try {
      found.push(await context.store.write((tx) => judgeSubjects(context, tx, input)));
    } catch (thrown) {
      if (thrown instanceof StoreError) throw thrown;
      await putOff(context.store, subject, at);
      context.log.error({ subject, err: asError(thrown) }, 'judging crashed');
    }
  }
  const waited = await tellWaiting(context);
  return {
    transitions: found.flatMap(({ transitions }) => transitions),
    alerts: [...found.flatMap(({ alerts }) => alerts), ...waited],
  };
}

async function putOff(store: Store, subject: string, at: Instant): Promise<void> {
  const later = plus(at, AFTER_A_CRASH);
  const due = (await store.claims.verdicts(subject)).filter(
    ({ reconsiderAt }) => reconsiderAt !== null && reconsiderAt <= at,
  );
  await store.claims.putVerdicts(due.map((verdict) => ({ ...verdict, reconsiderAt: later })));
}
