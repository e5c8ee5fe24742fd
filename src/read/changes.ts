import { diffWords } from '../core/diff/words.ts';
import { NotFoundError, UsageError } from '../domain/errors.ts';
import type { ChangeId } from '../domain/ids.ts';
import type { Change } from '../domain/item.ts';
import type { ChangeFilter } from '../store/ports/reads.ts';
import type { Known } from './known.ts';
import type { ChangeDetail, ChangeRow, ChangesView } from './views.ts';

/** What changed at which source, the newest first. */
export async function changesOf(known: Known, question: ChangeFilter): Promise<ChangesView> {
  const { target, ...rest } = question;
  const of = target === undefined ? {} : { target: await targetMeant(known, target) };
  const { rows, next } = await known.store.reads.changes({ ...rest, ...of });
  return { changes: rows.map(rowOf), next };
}

/** One source by its whole name, or by a part that no other has. Throws `NotFoundError` or `UsageError`. */
async function targetMeant({ store }: Known, typed: string): Promise<string> {
  const ids = (await store.targets.list()).map(({ id }): string => id);
  if (ids.includes(typed)) return typed;
  const like = ids.filter((id) => id.includes(typed));
  const [only, ...others] = like;
  if (only === undefined) throw new NotFoundError(`No source is called ${typed}.`);
  if (others.length === 0) return only;
  const some = like.slice(0, 3).join(', ');
  throw new UsageError(`${like.length} sources have ${typed} in their names: ${some} and so on.`);
}

function rowOf(change: Change): ChangeRow {
  const { id, at, kind, title, target, baseline, technical, snapshot } = change;
  return { id, at, kind, title, target, baseline, technical, snapshot };
}

/** One change with the words that differ. */
export async function changeDetail(known: Known, id: string): Promise<ChangeDetail> {
  const { items } = known.store;
  const change = await items.change(id as ChangeId);
  if (change === null) throw new NotFoundError(`There is no change ${id}.`);
  const before = change.before === null ? null : await items.get(change.before);
  const after = change.after === null ? null : await items.get(change.after);
  return {
    ...rowOf(change),
    url: (after ?? before)?.item.url ?? '',
    diff: [...diffWords(before?.item.text ?? '', after?.item.text ?? '')],
  };
}
