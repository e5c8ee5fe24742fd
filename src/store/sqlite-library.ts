import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';

type SqliteLibrary = typeof Database;

/** From this version of Node on better-sqlite3 13 runs; npm leaves it out on an older one. */
const NODE_OF_NAPI = 22;

/**
 * SQLite for the Node that runs. better-sqlite3 12 runs on all, but what is compiled with the headers of Node 24.19 or
 * newer aborts when it is collected (nodejs/node#65446). Version 13 is made with Node-API, which is not concerned, and wants Node 22: npm
 * installs it beside the other where it can run, under the name better-sqlite3-napi.
 */
export const Sqlite: SqliteLibrary = sqliteFor(
  process.versions.node,
  createRequire(import.meta.url),
);

/** Falls back on the one that every Node has: an optional package may be absent, or have nothing for this machine. */
function sqliteFor(node: string, load: (name: string) => unknown): SqliteLibrary {
  if (Number.parseInt(node, 10) >= NODE_OF_NAPI) {
    try {
      const napi = load('better-sqlite3-napi') as SqliteLibrary;
      new napi(':memory:').close();
      return napi;
    } catch {
      // Opening a database with the other one tells what is wrong, if anything is.
    }
  }
  return load('better-sqlite3') as SqliteLibrary;
}
