import { fromTextOrNull, toTextOrNull } from './codec.ts';
import { type Database, moment } from './database.ts';
import type { RobotsFiles } from './ports/robots-files.ts';

export function robotsFilesIn(db: Database): RobotsFiles {
  return {
    async get(origin) {
      const row = await db
        .selectFrom('robots_files')
        .selectAll()
        .where('origin', '=', origin)
        .executeTakeFirst();
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
