import { Bug } from '../domain/errors.ts';
import type { Watcher } from '../domain/watcher.ts';

export type { Capture } from '../domain/capture.ts';
export type { Block } from '../domain/document.ts';
export type { Item } from '../domain/item.ts';
export type { Interval } from '../domain/time.ts';
export type { TargetContext } from '../domain/watcher.ts';

/** A watcher as its file declares it: the id is the file name, and most of the rest has a usual value. */
export type WatcherDeclaration = Omit<Watcher, 'id' | 'via' | 'mayBeEmpty' | 'shape'> &
  Partial<Pick<Watcher, 'via' | 'mayBeEmpty' | 'shape'>>;

/** Fills in the usual values; the registry adds the id. */
export function defineWatcher(declaration: WatcherDeclaration): Omit<Watcher, 'id'> {
  if (!Number.isInteger(declaration.version) || declaration.version < 1) {
    throw new Bug(`A watcher's version is a whole number from 1 on, not ${declaration.version}.`);
  }
  return {
    via: 'http',
    mayBeEmpty: false,
    shape: { landmarks: [], share: 0.5 },
    ...declaration,
  };
}
