import { sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { instant, optionalInstant, type Sql } from './columns.ts';

export function claimTables(backend: Backend): readonly Sql[] {
  const { text, tableEnd } = backend;
  return [
    sql`create table subjects (
      id ${text} primary key,
      vendor ${text} not null,
      kind ${text} not null,
      name ${text} not null,
      aliases ${text} not null,
      controls ${text} not null,
      moving integer not null,
      status ${text} not null,
      discovered ${text}
    ) ${tableEnd}`,
    sql`create table claims (
      key ${text} primary key,
      subject ${text} not null,
      facet ${text} not null,
      qualifiers ${text} not null,
      value ${text},
      criterion ${text} not null,
      ${instant(backend, 'known_at')}
    ) ${tableEnd}`,
    sql`create table evidence (
      id ${text} primary key,
      claim ${text} not null references claims,
      subject ${text} not null,
      target ${text} not null references targets,
      item ${text} not null references item_versions,
      snapshot ${text} not null references snapshots,
      url ${text} not null,
      publisher ${text} not null,
      publisher_class ${text} not null,
      voice_group ${text} not null,
      source_kind ${text} not null,
      artefact ${text},
      extractor ${text} not null,
      ${instant(backend, 'observed_at')},
      ${instant(backend, 'known_at')},
      ${optionalInstant(backend, 'superseded_at')},
      baseline integer not null,
      polarity ${text} not null,
      force ${text} not null,
      evidentiality ${text} not null,
      effective ${text},
      valid_time ${text},
      quote ${text} not null,
      span ${text} not null,
      relays ${text},
      silence_of ${text},
      alias_claimed integer not null
    ) ${tableEnd}`,
    sql`create table sightings (
      id ${text} primary key,
      claim ${text} not null references claims,
      target ${text} not null references targets,
      ${instant(backend, 'at')},
      kind ${text} not null,
      snapshot ${text} references snapshots
    ) ${tableEnd}`,
    sql`create table retractions (
      evidence ${text} not null references evidence,
      subject ${text} not null,
      ${instant(backend, 'at')},
      kind ${text} not null,
      because ${text} not null,
      primary key (evidence, at, kind)
    ) ${tableEnd}`,
  ];
}

export function verdictTables(backend: Backend): readonly Sql[] {
  const { text, tableEnd } = backend;
  return [
    sql`create table policies (
      digest ${text} primary key,
      policy ${text} not null
    ) ${tableEnd}`,
    sql`create table verdicts (
      claim ${text} primary key references claims,
      subject ${text} not null,
      level ${text} not null,
      status ${text} not null,
      rule ${text} not null,
      flags ${text} not null,
      ${optionalInstant(backend, 'since')},
      ${optionalInstant(backend, 'reconsider_at')},
      ${instant(backend, 'judged_at')},
      policy ${text} not null
    ) ${tableEnd}`,
    sql`create table transitions (
      id ${text} primary key,
      claim ${text} not null references claims,
      subject ${text} not null,
      ${instant(backend, 'at')},
      from_level ${text} not null,
      from_status ${text} not null,
      to_level ${text} not null,
      to_status ${text} not null,
      rule ${text} not null,
      evidence ${text} not null,
      quiet integer not null,
      policy ${text} not null
    ) ${tableEnd}`,
  ];
}
