import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { digestOfFiles } from '../config/compiled-catalog.ts';
import type { Config } from '../config/config.ts';
import type { Instant } from '../domain/time.ts';
import { strikeOut } from '../log.ts';
import { packageRoot, version, watchersFolder } from '../package-root.ts';
import type { Store } from '../store/store.ts';
import { watcherFiles, watcherOf } from '../watch/registry.ts';

const MARK = 'last-pass';

/**
 * What decides which addresses are read and whether a pass can run at all: program, catalogue, watchers, config, and the
 * subjects of the database. While it stands, nothing but time can make a pass do something.
 */
export async function groundOfPass(config: Config, store: Store): Promise<string> {
  const root = packageRoot();
  const [catalog, watchers, subjects, follows] = await Promise.all([
    digestOfFiles(join(root, 'data', 'catalog'), '.yaml'),
    digestOfFiles(watchersFolder(), ''),
    store.claims.subjects(),
    store.follows.list(),
  ]);
  const { secrets, ...rest } = config;
  const settings = strikeOut(secrets)(JSON.stringify(rest));
  return createHash('sha256')
    .update(JSON.stringify([version(), catalog, watchers, settings, subjects, follows]))
    .digest('hex');
}

/** Remembers a pass that left nothing to do but what comes due later. */
export async function markAtRest(store: Store, ground: string, now: Instant): Promise<void> {
  await store.marks.put(MARK, `${ground} ${now}`);
}

/**
 * Whether a pass over what is due would find nothing to do: its ground is that of the last one, and nothing is due. One
 * that lies ahead was made by a clock that was wrong, and what it put off is to be mended.
 */
export async function isAtRest(config: Config, store: Store, now: Instant): Promise<boolean> {
  const [ground, at = ''] = (await store.marks.get(MARK))?.split(' ') ?? [];
  if (ground === undefined || at > now) return false;
  if (ground !== (await groundOfPass(config, store))) return false;
  const isOn = (id: string) => config.watchers[id]?.off !== true;
  const watchers = (await watcherFiles(watchersFolder())).map(watcherOf).filter(isOn);
  const next = await store.targets.nextDueAt(now, watchers);
  if (next !== null && next <= now) return false;
  const due = await Promise.all([
    store.claims.toReconsider(now),
    store.stories.due(now),
    store.outbox.dueChannels(now),
  ]);
  return due.every(({ length }) => length === 0);
}
