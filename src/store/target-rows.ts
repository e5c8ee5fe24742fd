import type { Target, TargetState } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import { fromJson, fromJsonOrNull, toFlag, toJsonOrNull } from './columns.ts';
import { hostOf } from './migrations/0002-daemon.ts';
import type { TargetUpdate } from './ports/work.ts';
import type { TargetRow } from './tables.ts';

export function newRow(target: Target, at: Instant): TargetRow {
  return {
    id: target.id,
    watcher: target.watcher,
    kind: target.kind,
    url: target.url,
    subject: target.subject,
    created_at: at,
    due_at: at,
    last_check_at: null,
    last_good_at: null,
    last_change_at: null,
    baseline_at: null,
    health: null,
    failures: 0,
    validators: null,
    read_by: null,
    body_hash: null,
    item_count: null,
    suspect_hash: null,
    awaits_repeat: 0,
    lease_owner: null,
    lease_until: null,
    host: hostOf(target.url),
    lease_tries: 0,
    linked_from: target.linkedFrom === undefined ? null : toJsonOrNull(target.linkedFrom),
    full_at: null,
  };
}

export function rowOf(update: TargetUpdate): Partial<TargetRow> {
  const { dueAt, lastCheckAt, lastGoodAt, lastChangeAt, baselineAt, failures, readBy } = update;
  const { health, validators, bodyHash, itemCount, suspectHash, awaitsRepeat, fullAt } = update;
  const columns: { [Column in keyof TargetRow]?: TargetRow[Column] | undefined } = {
    due_at: dueAt,
    last_check_at: lastCheckAt,
    last_good_at: lastGoodAt,
    last_change_at: lastChangeAt,
    baseline_at: baselineAt,
    health: health === undefined ? undefined : toJsonOrNull(health),
    failures,
    validators: validators === undefined ? undefined : toJsonOrNull(validators),
    full_at: fullAt,
    read_by: readBy,
    body_hash: bodyHash,
    item_count: itemCount,
    suspect_hash: suspectHash,
    awaits_repeat: awaitsRepeat === undefined ? undefined : toFlag(awaitsRepeat),
  };
  const given = Object.entries(columns).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<TargetRow>;
}

export function stateOf(row: TargetRow): TargetState {
  return {
    id: row.id,
    watcher: row.watcher,
    kind: row.kind,
    url: row.url,
    subject: row.subject,
    ...(row.linked_from === null ? {} : { linkedFrom: fromJson(row.linked_from) }),
    createdAt: row.created_at,
    dueAt: row.due_at,
    lastCheckAt: row.last_check_at,
    lastGoodAt: row.last_good_at,
    lastChangeAt: row.last_change_at,
    baselineAt: row.baseline_at,
    health: fromJsonOrNull(row.health),
    failures: row.failures,
    validators: fromJsonOrNull(row.validators),
    fullAt: row.full_at,
    readBy: row.read_by,
    bodyHash: row.body_hash,
    itemCount: row.item_count,
    suspectHash: row.suspect_hash,
    awaitsRepeat: row.awaits_repeat === 1,
  };
}
