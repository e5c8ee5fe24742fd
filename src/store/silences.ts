import type { Silence } from '../domain/alert.ts';
import type { Instant } from '../domain/time.ts';
import { fromText, toText } from './codec.ts';
import { type Database, moment } from './database.ts';

export async function mute(
  db: Database,
  { subject, from, until, because }: Silence,
): Promise<void> {
  const row = { from, until, because: toText(because) };
  await db
    .insertInto('silences')
    .values({ subject, ...row })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(row))
    .execute();
}

export async function silencesAt(db: Database, at: Instant): Promise<readonly Silence[]> {
  const rows = await db
    .selectFrom('silences')
    .selectAll()
    .where('from', '<=', moment(at))
    .where('until', '>', at)
    .orderBy('subject')
    .execute();
  return rows.map((row) => ({ ...row, because: fromText(row.because) }));
}
