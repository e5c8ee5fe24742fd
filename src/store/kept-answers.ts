import { MINUTE } from '../domain/time.ts';
import { fromTextOrNull, moment, toTextOrNull } from './columns.ts';
import type { Database } from './database.ts';
import { addNew, prepared, putRow, rowById } from './database.ts';
import type { Proposals } from './ports/claims.ts';
import type { RobotsFile, RobotsFiles } from './ports/work.ts';
import { PROPOSAL } from './records.ts';
import type { Tables } from './tables.ts';

export function proposalsIn(db: Database): Proposals {
  return {
    async get(id) {
      const row = await rowById(db, 'proposals', id);
      return row === undefined ? null : PROPOSAL.recordOf(row);
    },
    keep: (proposal) => addNew(db, 'proposals', [PROPOSAL.rowOf(proposal)]),
    async reserve(day, tokens, limit) {
      await addNew(db, 'model_days', [{ day, tokens: 0 }]);
      const { numUpdatedRows } = await db
        .updateTable('model_days')
        .set(({ eb }) => ({ tokens: eb('tokens', '+', tokens) }))
        .where('day', '=', day)
        .where('tokens', '<=', limit - tokens)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async settle(day, difference) {
      await db
        .updateTable('model_days')
        .set(({ eb }) => ({ tokens: eb('tokens', '+', difference) }))
        .where('day', '=', day)
        .execute();
    },
    async spent(day) {
      const row = await db
        .selectFrom('model_days')
        .select('tokens')
        .where('day', '=', day)
        .executeTakeFirst();
      return row?.tokens ?? 0;
    },
  };
}

/** How many files are read with the first that is asked for, the newest, and how long they are at most. */
const AHEAD = 1_000;
const SHORT = 4_000;
/** How long they are waited with for whoever asks, in milliseconds. */
const WAITS = MINUTE;

function fileOf(db: Database) {
  return prepared<{ origin: string }>((place) =>
    db.selectFrom('robots_files').selectAll().where('origin', '=', place('origin')),
  );
}

/** A pass over many hosts asks for the file of each: they are read in one statement. */
async function newest(db: Database): Promise<{ files: Map<string, RobotsFile>; readAt: number }> {
  const rows = await db
    .selectFrom('robots_files')
    .selectAll()
    .where((row) =>
      row.or([row('rules', 'is', null), row(row.fn('length', ['rules']), '<=', SHORT)]),
    )
    .orderBy('read_at', 'desc')
    .limit(AHEAD)
    .execute();
  const files = new Map(rows.map((row) => [row.origin, fileIn(row)]));
  return { files, readAt: performance.now() };
}

function fileIn({ rules, read_at: readAt }: Tables['robots_files']): RobotsFile {
  return { text: fromTextOrNull(rules), readAt };
}

export function robotsFilesIn(db: Database): RobotsFiles {
  let byOrigin: ReturnType<typeof fileOf> | null = null;
  let ahead: ReturnType<typeof newest> | null = null;

  /** Hands a file out once: whoever asked keeps it for as long as it holds. */
  async function fromAhead(origin: string): Promise<RobotsFile | null> {
    ahead ??= newest(db).catch((error: unknown) => {
      ahead = null;
      throw error;
    });
    const { files, readAt } = await ahead;
    if (performance.now() - readAt > WAITS) files.clear();
    const file = files.get(origin) ?? null;
    files.delete(origin);
    return file;
  }

  return {
    async get(origin) {
      const file = await fromAhead(origin);
      if (file !== null) return file;
      byOrigin ??= fileOf(db);
      const { rows } = await db.executeQuery<Tables['robots_files']>(byOrigin({ origin }));
      const [row] = rows;
      return row === undefined ? null : fileIn(row);
    },
    async put(origin, { text, readAt }) {
      const file = { origin, rules: toTextOrNull(text), read_at: moment(readAt) };
      (await ahead)?.files.delete(origin);
      await putRow(db, 'robots_files', 'origin', file);
    },
  };
}
