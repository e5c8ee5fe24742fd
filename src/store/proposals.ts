import { fromJson, toJson } from './codec.ts';
import { type Database, moment } from './database.ts';
import type { Proposals } from './ports/proposals.ts';

export function proposalsIn(db: Database): Proposals {
  return {
    async get(id) {
      const row = await db
        .selectFrom('proposals')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : { ...row, statements: fromJson(row.statements) };
    },
    async keep({ at, statements, ...proposal }) {
      await db
        .insertInto('proposals')
        .values({ ...proposal, at: moment(at), statements: toJson(statements) })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
    async reserve(day, tokens, limit) {
      await db
        .insertInto('model_days')
        .values({ day, tokens: 0 })
        .onConflict((conflict) => conflict.column('day').doNothing())
        .execute();
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
