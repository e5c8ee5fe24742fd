import { fromTextOrNull, moment, toTextOrNull } from './codec.ts';
import type { Database } from './database.ts';
import type { RobotsFiles } from './ports/robots-files.ts';
import { prepared } from './prepared.ts';
import type { Tables } from './tables.ts';

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
