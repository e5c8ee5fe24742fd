import type { CheckReport } from '../domain/check-report.ts';
import { extractorOf } from '../domain/watcher.ts';
import type { Lease } from '../store/ports/work.ts';
import type { Store } from '../store/store.ts';
import { beginRun, type CheckRun, timed } from './check-run.ts';
import { commit, type Moved } from './commit.ts';
import type { PipelineContext } from './context.ts';
import { fetchTarget } from './fetch-target.ts';
import { interpret } from './interpret.ts';
import { judge } from './judge-subjects.ts';
import { reprocessTarget } from './reprocess.ts';
import { extractItems, keepSnapshot } from './snapshot.ts';
import { ownTurn } from './turns.ts';

/**
 * The program in six calls, for one leased target: fetch the answer, keep it, extract its items, interpret what they
 * say, judge what that moves, and commit it all. It writes twice: the snapshot alone, so that an extractor that breaks
 * loses nothing, and then everything that follows from it together with the end of the lease. Each step of an answer that is
 * new has a turn of the event loop of its own.
 */
export async function check(
  context: PipelineContext,
  lease: Lease,
  signal: AbortSignal,
): Promise<CheckReport> {
  const run = await readAgain(context, beginRun(context, lease));
  const answer = await timed(run, 'fetch', () => fetchTarget(context, run, signal));
  const kept = await timed(run, 'keep', () => keepSnapshot(context, run, answer));
  if (kept.kind === 'kept') await ownTurn();
  const content = await timed(run, 'extract', () => extractItems(context, run, kept));
  if (content.kind === 'content') await ownTurn();
  const findings = await timed(run, 'interpret', () => interpret(context, run, content));
  if (findings.kind === 'interpreted') await ownTurn();
  // Inside the write: of two checks that move one subject, the later must see what the earlier found.
  const judgeIn = (tx: Store, moved: Moved) =>
    timed(run, 'judge', () => judge(context, tx, findings, moved));
  return timed(run, 'commit', () => commit(context, run, findings, judgeIn));
}

/**
 * What another version of the watcher read is read again first, quietly: what then differs in a new answer has changed
 * at the source, and not in the reading.
 */
async function readAgain(context: PipelineContext, run: CheckRun): Promise<CheckRun> {
  const { target, watcher } = run;
  const readBy = extractorOf(watcher);
  if (target.readBy === null || target.readBy === readBy) return run;
  const again = await timed(run, 'read again', () => reprocessTarget(context, target, watcher));
  const { unreadable, items: itemCount, transitions, ...counts } = again;
  const fields = { target: target.id, was: target.readBy, is: readBy, ...counts };
  context.log.info({ ...fields, transitions: transitions.length }, 'read again');
  if (unreadable !== null) return run;
  return { ...run, target: { ...target, readBy, itemCount, awaitsRepeat: true } };
}
