import { type RawBuilder, sql } from 'kysely';
import type { Backend } from '../backend.ts';

export type Sql = RawBuilder<unknown>;

/** An instant's column; one that is not written in full would sort wrongly, so it is refused. */
export function instant({ text }: Backend, name: string): Sql {
  return sql`${optionalInstant({ text }, name)} not null`;
}

export function optionalInstant({ text }: Pick<Backend, 'text'>, name: string): Sql {
  const column = sql.ref(name);
  return sql`${column} ${text} check (length(${column}) = 24)`;
}
