import { type Migration, sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { instant, optionalInstant, type Sql } from './columns.ts';

/** The first schema. Instants and JSON are text, booleans 0 or 1; ids come from what a thing is, never from a counter. */
export function initial(backend: Backend): Migration {
  return {
    async up(db) {
      for (const statement of statementsFor(backend)) await statement.execute(db);
    },
  };
}

function statementsFor(backend: Backend): readonly Sql[] {
  return [
    ...watchedTables(backend),
    ...itemTables(backend),
    ...claimTables(backend),
    ...voiceTables(backend),
    ...verdictTables(backend),
    ...alertTables(backend),
    ...indexes(),
    ...voiceIndexes(),
  ];
}

function watchedTables(backend: Backend): readonly Sql[] {
  const { text, bytes, tableEnd, clusteredEnd } = backend;
  return [
    sql`create table targets (
      id ${text} primary key,
      watcher ${text} not null,
      kind ${text} not null,
      url ${text} not null,
      subject ${text},
      ${instant(backend, 'created_at')},
      ${instant(backend, 'due_at')},
      ${optionalInstant(backend, 'last_check_at')},
      ${optionalInstant(backend, 'last_good_at')},
      ${optionalInstant(backend, 'last_change_at')},
      ${optionalInstant(backend, 'baseline_at')},
      health ${text},
      failures integer not null,
      validators ${text},
      read_by ${text},
      body_hash ${text},
      item_count integer,
      suspect_hash ${text},
      awaits_repeat integer not null,
      lease_owner ${text},
      ${optionalInstant(backend, 'lease_until')}
    ) ${tableEnd}`,
    sql`create table first_passes (
      watcher ${text} primary key,
      ${instant(backend, 'at')}
    ) ${tableEnd}`,
    sql`create table bodies (
      hash ${text} primary key,
      encoding ${text} not null,
      raw_size integer not null,
      stored_size integer not null,
      bytes ${bytes} not null
    ) ${tableEnd}`,
    sql`create table snapshots (
      id ${text} primary key,
      target ${text} not null references targets,
      url ${text} not null,
      final_url ${text} not null,
      redirects ${text} not null,
      status integer not null,
      headers ${text} not null,
      content_type ${text} not null,
      body_hash ${text} not null references bodies,
      ${instant(backend, 'fetched_at')},
      via ${text} not null,
      size integer not null,
      ${optionalInstant(backend, 'read_at')}
    ) ${tableEnd}`,
    // Checks are most of all rows and are only read by target and moment, so the table itself lies in that order.
    sql`create table checks (
      id ${text} not null,
      target ${text} not null references targets,
      watcher ${text} not null,
      ${instant(backend, 'at')},
      outcome ${text} not null,
      failure ${text},
      snapshot ${text},
      shows ${text},
      primary key (target, at, id)
    ) ${clusteredEnd}`,
    sql`create table shown (
      hash ${text} primary key,
      subjects ${text} not null
    ) ${tableEnd}`,
  ];
}

function itemTables(backend: Backend): readonly Sql[] {
  const { text, tableEnd } = backend;
  return [
    sql`create table item_versions (
      id ${text} primary key,
      target ${text} not null references targets,
      key ${text} not null,
      kind ${text} not null,
      title ${text} not null,
      text ${text} not null,
      url ${text} not null,
      published ${text},
      fields ${text} not null,
      snapshot ${text} not null references snapshots,
      mentions ${text} not null,
      ${instant(backend, 'first_seen_at')},
      ${optionalInstant(backend, 'superseded_at')}
    ) ${tableEnd}`,
    sql`create table changes (
      id ${text} primary key,
      target ${text} not null references targets,
      ${instant(backend, 'at')},
      kind ${text} not null,
      key ${text} not null,
      title ${text} not null,
      before ${text},
      after ${text},
      snapshot ${text} not null references snapshots,
      technical integer not null,
      baseline integer not null
    ) ${tableEnd}`,
  ];
}

function alertTables(backend: Backend): readonly Sql[] {
  const { text, tableEnd } = backend;
  return [
    sql`create table alerts (
      id ${text} primary key,
      kind ${text} not null,
      subject ${text} not null,
      ${instant(backend, 'at')},
      transitions ${text} not null,
      message ${text} not null
    ) ${tableEnd}`,
    sql`create table deliveries (
      id ${text} primary key,
      alert ${text} not null references alerts,
      channel ${text} not null,
      thread ${text} not null,
      state ${text} not null,
      ${instant(backend, 'queued_at')},
      attempts integer not null,
      ${instant(backend, 'due_at')},
      digest ${text},
      error ${text},
      ${optionalInstant(backend, 'sent_at')},
      receipt ${text},
      lease_owner ${text},
      ${optionalInstant(backend, 'lease_until')}
    ) ${tableEnd}`,
    sql`create table silences (
      subject ${text} primary key,
      ${instant(backend, 'from')},
      ${instant(backend, 'until')},
      because ${text} not null
    ) ${tableEnd}`,
    sql`create table holds (
      channel ${text} primary key,
      ${instant(backend, 'until')},
      because ${text} not null
    ) ${tableEnd}`,
  ];
}

/** One for each question the store is asked, and for each column by which retention must find what still cites a row. */
function indexes(): readonly Sql[] {
  return [
    sql`create index targets_due on targets (due_at)`,
    sql`create index targets_watcher on targets (watcher)`,
    sql`create index bodies_size on bodies (raw_size, stored_size)`,
    sql`create index snapshots_target on snapshots (target, fetched_at)`,
    sql`create index snapshots_unread on snapshots (target, fetched_at) where read_at is null`,
    sql`create index snapshots_body on snapshots (body_hash)`,
    sql`create unique index item_versions_standing on item_versions (target, key) where superseded_at is null`,
    sql`create index item_versions_snapshot on item_versions (snapshot)`,
    sql`create index changes_at on changes (at, id)`,
    sql`create index changes_news on changes (baseline, at, id)`,
    sql`create index changes_target on changes (target, at, id)`,
    sql`create index changes_snapshot on changes (snapshot)`,
    sql`create index claims_subject on claims (subject)`,
    sql`create index evidence_subject on evidence (subject, known_at)`,
    sql`create index evidence_standing on evidence (target) where superseded_at is null`,
    sql`create index evidence_snapshot on evidence (snapshot)`,
    sql`create index sightings_claim on sightings (claim, at)`,
    sql`create index sightings_target on sightings (target, at)`,
    sql`create index sightings_snapshot on sightings (snapshot)`,
    sql`create index retractions_subject on retractions (subject, at)`,
    sql`create index verdicts_subject on verdicts (subject)`,
    sql`create index verdicts_reconsider on verdicts (reconsider_at, subject) where reconsider_at is not null`,
    sql`create index transitions_subject on transitions (subject, at)`,
    sql`create index transitions_at on transitions (at)`,
    sql`create index alerts_at on alerts (at, id)`,
    sql`create index alerts_subject on alerts (subject, at, id)`,
    sql`create index deliveries_due on deliveries (state, channel, queued_at, due_at)`,
    sql`create index deliveries_sent on deliveries (channel, thread, sent_at) where sent_at is not null`,
    sql`create index deliveries_digest on deliveries (digest) where digest is not null`,
    sql`create index deliveries_alert on deliveries (alert)`,
  ];
}

function claimTables(backend: Backend): readonly Sql[] {
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

function verdictTables(backend: Backend): readonly Sql[] {
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

function voiceTables(backend: Backend): readonly Sql[] {
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

function voiceIndexes(): readonly Sql[] {
  return [
    sql`create index voice_edges_b on voice_edges (b)`,
    sql`create index voice_edges_item on voice_edges (item)`,
    sql`create index voice_marks_item on voice_marks (item)`,
    sql`create index evidence_group on evidence (voice_group, subject)`,
  ];
}
