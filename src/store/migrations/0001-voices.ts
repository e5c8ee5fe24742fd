import { sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { instant, type Sql } from './columns.ts';

export function voiceTables(backend: Backend): readonly Sql[] {
  const { text, tableEnd, clusteredEnd } = backend;
  return [
    // An edge between whole groups has an empty item: a key may hold no null.
    sql`create table voice_edges (
      a ${text} not null,
      b ${text} not null,
      item ${text} not null,
      ${instant(backend, 'observed_at')},
      signals ${text} not null,
      primary key (a, b, item)
    ) ${tableEnd}`,
    // Every group there are marks of: how many is asked with every page.
    sql`create table voice_groups (
      voice_group ${text} primary key
    ) ${tableEnd}`,
    sql`create table voice_pages (
      item ${text} primary key references item_versions,
      origin ${text} not null
    ) ${tableEnd}`,
    // Looked up by mark alone, many rows a page: the table itself lies in that order.
    sql`create table voice_marks (
      mark ${text} not null,
      item ${text} not null references item_versions,
      voice_group ${text} not null,
      primary key (mark, item)
    ) ${clusteredEnd}`,
  ];
}

export function voiceIndexes(): readonly Sql[] {
  return [
    sql`create index voice_edges_b on voice_edges (b)`,
    sql`create index voice_edges_item on voice_edges (item)`,
    sql`create index voice_marks_item on voice_marks (item)`,
    sql`create index evidence_group on evidence (voice_group, subject)`,
  ];
}
