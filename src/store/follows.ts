import { toFlag } from './codec.ts';
import { type Database, moment } from './database.ts';
import type { Follows } from './ports/work-plan.ts';

export function followsIn(db: Database): Follows {
  return {
    async list() {
      const rows = await db.selectFrom('follows').selectAll().orderBy('subject').execute();
      return rows.map(({ subject, followed, at }) => ({ subject, followed: followed === 1, at }));
    },
    async set({ subject, followed, at }) {
      const said = { followed: toFlag(followed), at: moment(at) };
      await db
        .insertInto('follows')
        .values({ subject, ...said })
        .onConflict((conflict) => conflict.column('subject').doUpdateSet(said))
        .execute();
    },
  };
}
