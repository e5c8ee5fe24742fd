import { addNew, type Database, rowById } from './database.ts';
import type { Proposals } from './ports/proposals.ts';
import { PROPOSAL } from './records.ts';

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
