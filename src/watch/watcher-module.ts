import { pathToFileURL } from 'node:url';

/** Imports the file of a watcher. In the bundle, which holds the watchers that come with it, the build puts their names here. */
export function importWatcher(path: string): Promise<{ default?: unknown }> {
  return import(pathToFileURL(path).href);
}
