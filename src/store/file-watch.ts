import { closeSync, openSync, readSync, type Stats, statSync } from 'node:fs';

/** So many looks find the same before it counts. */
const LOOKS = 3;

/**
 * Looks whether a file and its log are still the ones that were opened, and still a database. Another process may be in
 * the middle of a write: damage is told that several looks in a row find.
 */
export function fileWatch(path: string): () => string | null {
  const log = `${path}-wal`;
  const opened = { file: found(path), log: found(log) };
  let seen: { damage: string | null; looks: number } = { damage: null, looks: 0 };
  return () => {
    const now = { file: found(path), log: found(log) };
    if (now.file === null) return `${path} is gone`;
    if (!isSame(opened.file, now.file)) return `another file lies at ${path}`;
    // The log comes with the first write and stays while anybody has the file open.
    if (opened.log !== null && !isSame(opened.log, now.log)) return `the log of ${path} is gone`;
    opened.log = now.log;
    const damage = damageOf(path, now.file.size) ?? (now.log === null ? null : logDamageOf(log));
    seen = { damage, looks: damage === seen.damage ? seen.looks + 1 : 1 };
    return seen.looks < LOOKS ? null : damage;
  };
}

function found(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}

function isSame(one: Stats | null, other: Stats | null): boolean {
  return one?.ino === other?.ino && one?.dev === other?.dev;
}

/** How every database file begins that is not empty. */
export const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');

/** Where its head says how large it is. */
const PAGE_SIZE_AT = 16;
const PAGES_AT = 28;
const HEAD_LENGTH = 100;

/** Free pages at the end need not have been written yet. */
const MOST_UNWRITTEN = 16;

function damageOf(path: string, size: number): string | null {
  const head = firstBytes(path, HEAD_LENGTH);
  if (head.length < HEAD_LENGTH || !head.subarray(0, MAGIC.length).equals(MAGIC)) {
    return `${path} is no database any more`;
  }
  // A page of 64 KiB does not fit into its two bytes and is written as 1.
  const written = head.readUInt16BE(PAGE_SIZE_AT);
  const page = written === 1 ? 65_536 : written;
  const pages = head.readUInt32BE(PAGES_AT);
  return size < (pages - MOST_UNWRITTEN) * page ? `${path} was cut off` : null;
}

/** How every log begins that is not empty; the last bit says how its sums are made. */
const LOG_HEAD = 0x37_7f_06_82;

function logDamageOf(path: string): string | null {
  const head = firstBytes(path, 4);
  if (head.length < 4) return null;
  const isLog = (head.readUInt32BE(0) & ~1) === LOG_HEAD;
  return isLog ? null : `${path} is no log any more`;
}

/** The beginning of a file; less where it holds less. */
export function firstBytes(path: string, count: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(count);
    return bytes.subarray(0, readSync(file, bytes, 0, count, 0));
  } finally {
    closeSync(file);
  }
}
