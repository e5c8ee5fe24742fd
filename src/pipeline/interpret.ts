import type { ItemChange } from '../core/alerts/source-changes.ts';
import { ExtractError } from '../domain/errors.ts';
import type { TargetState } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import { extractorOf, type Watcher } from '../domain/watcher.ts';
import type { CheckRun, Failed, Unchanged } from './check-run.ts';
import type { PipelineContext } from './context.ts';
import { type TalkPage, talkPages } from './group-sources.ts';
import {
  type FollowUpResult,
  followUpRepeat,
  type Interpretation,
  interpretItems,
} from './interpret-items.ts';
import type { Content } from './snapshot.ts';

/** What a check found, ready to be judged and written. */
export type Findings = Failed | Repeated | Interpreted;

/** The last good answer again, with what that says about artefacts that waited for their repeat or were missing. */
export interface Repeated extends Unchanged {
  at: Instant;
  followed: FollowUpResult | null;
}

/** A good answer that differs from the last one, or is the first. */
export interface Interpreted extends Omit<Content, 'kind'>, Interpretation {
  kind: 'interpreted';
  /** What was there when the target was first seen: it is known, and nobody is alerted. */
  baseline: boolean;
  /** No target of the watcher was read before. */
  isFirstPass: boolean;
  /** The changes somebody may be alerted to. */
  news: readonly ItemChange[];
  /** New pages of others that speak of a model. */
  talk: readonly TalkPage[];
}

/** Compares an answer with what is known of its target, and finds out what it says that was not said before. */
export async function interpret(
  context: PipelineContext,
  run: CheckRun,
  content: Failed | Unchanged | Content,
): Promise<Findings> {
  if (content.kind === 'failed') return content;
  if (content.kind === 'unchanged') return interpretRepeat(context, run, content);
  try {
    return await interpretContent(context, run, content);
  } catch (thrown) {
    // Its entries were found, and saying what they say takes too long.
    if (!(thrown instanceof ExtractError)) throw thrown;
    return { kind: 'failed', error: thrown, snapshot: content.snapshot };
  }
}

async function interpretRepeat(
  context: PipelineContext,
  { target, watcher }: CheckRun,
  unchanged: Unchanged,
): Promise<Repeated> {
  const at = context.clock.now();
  const followed = target.awaitsRepeat ? await followUpRepeat(context, target, watcher, at) : null;
  return { ...unchanged, at, followed };
}

async function interpretContent(
  context: PipelineContext,
  { target, watcher }: CheckRun,
  content: Content,
): Promise<Interpreted> {
  const firstPass = await context.store.targets.firstPassAt(watcher.id);
  const baseline = isBaseline(context, target, firstPass);
  const interpretation = await interpretItems(context, {
    ...{ target, watcher, ...content, baseline },
    ...{ knownAt: context.clock.now(), technical: false },
  });
  return {
    ...content,
    ...interpretation,
    kind: 'interpreted',
    baseline,
    isFirstPass: firstPass === null,
    news: newsOf(target, watcher, interpretation, baseline),
    talk: await talkPages(context, content.capture, interpretation),
  };
}

/**
 * What was there when a watcher began is known and alerts nobody; a page added to it later is news, unless it is about a
 * model that was there before, or about a sibling that nobody follows. A model that came since is news on any page.
 */
function isBaseline(
  { reader, links }: Pick<PipelineContext, 'reader' | 'links'>,
  { baselineAt, linkedFrom: lead, createdAt, subject }: TargetState,
  firstPass: Instant | null,
): boolean {
  if (baselineAt !== null) return false;
  if (lead !== undefined) return lead.baseline;
  const discovered = subject === null ? null : reader.subject(subject)?.discovered;
  const isNews = discovered?.firstHand === true && discovered.baseline !== true;
  if (!isNews && (firstPass === null || createdAt <= firstPass)) return true;
  if (subject === null) return false;
  return discovered?.baseline === true || links?.isWatched(subject) === false;
}

/**
 * Changes at the vendor's own channels that are not the first sight of them. Where the last good answer could not be read
 * by a new version of the watcher, what differs may differ by the reading alone.
 */
function newsOf(
  target: TargetState,
  watcher: Watcher,
  { diff }: Pick<Interpretation, 'diff'>,
  baseline: boolean,
): readonly ItemChange[] {
  if (baseline || watcher.vendor === null) return [];
  const isUpToDate = target.readBy === null || target.readBy === extractorOf(watcher);
  return diff.changes
    .filter(({ change }) => change.kind === 'added' || (isUpToDate && !change.technical))
    .map((change) => ({ ...change, target }));
}
