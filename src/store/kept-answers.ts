import { fromTextOrNull, moment, toTextOrNull } from './columns.ts';
import type { Database } from './database.ts';
import { addNew, prepared, rowById } from './database.ts';
import type { Proposals } from './ports/claims.ts';
import type { RobotsFiles } from './ports/work.ts';
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

/** A pass over many hosts asks for the file of each. */
function fileOf(db: Database) {
  return prepared<{ origin: string }>((place) =>
    db.selectFrom('robots_files').selectAll().where('origin', '=', place('origin')),
  );
}

export function robotsFilesIn(db: Database): RobotsFiles {
  let byOrigin: ReturnType<typeof fileOf> | null = null;
  return {
    async get(origin) {
      byOrigin ??= fileOf(db);
      const { rows } = await db.executeQuery<Tables['robots_files']>(byOrigin({ origin }));
      const [row] = rows;
      if (row === undefined) return null;
      return { text: fromTextOrNull(row.rules), readAt: row.read_at };
    },
    async put(origin, { text, readAt }) {
      const file = { rules: toTextOrNull(text), read_at: moment(readAt) };
      await db
        .insertInto('robots_files')
        .values({ origin, ...file })
        .onConflict((conflict) => conflict.column('origin').doUpdateSet(file))
        .execute();
    },
  };
}
