// Databases full of targets, and what they cost the server.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { compiled } from '../support/project.mjs';

const { openStore } = await compiled('store/open.js');
const { Sqlite } = await compiled('store/sqlite-file.js');

/** Whose targets they are, and which version of it read them last: the program's own watcher, at hosts that are not there. */
export const WATCHER = 'openai-changelog';

/**
 * @param {string} url
 * @returns {url is string}
 */
export function isServer(url) {
  return url.startsWith('postgres:');
}

/**
 * An empty database on the server.
 * @param {{ url: string }} server
 * @param {string} name
 */
export async function databaseOn(server, name) {
  await ask(server.url, `create database ${name}`);
  return new URL(`/${name}`, server.url).href;
}

/**
 * Says something to a database that no store would.
 * @param {string} url
 * @param {string} sql
 * @returns {Promise<any[]>}
 */
export async function ask(url, sql) {
  if (!isServer(url)) {
    const file = new Sqlite(url);
    try {
      return /^\s*select/i.test(sql) ? file.prepare(sql).all() : void file.exec(sql) || [];
    } finally {
      file.close();
    }
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Makes the tables, and fills them with targets that are well and were read before, made by the database itself. The
 * due times lie evenly in the seconds `from` to `from + within` from now. `after` says how many targets there are before.
 * @param {string} url
 * @param {{ targets: number, hosts: number, from: number, within: number, readBy: string, after?: number }} filling
 */
export async function fill(url, { targets, hosts, from, within, readBy, after = 0 }) {
  if (after === 0) await (await openStore({ url, migrates: true })).close();
  const moment = (seconds) =>
    isServer(url)
      ? `to_char((now() at time zone 'utc') + (${seconds}) * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
      : `strftime('%Y-%m-%dT%H:%M:%fZ', 'now', (${seconds}) || ' seconds')`;
  const due = moment(`${from} + ${within} * cast(n as real) / ${targets}`);
  const ago = moment(-3_600);
  const numbers = isServer(url)
    ? `select n from generate_series(1, ${targets}) as n`
    : `with recursive counted(n) as (select 1 union all select n + 1 from counted where n < ${targets}) select n from counted`;
  const host = `'site-' || (n % ${hosts}) || '.example'`;
  const page = `'https://' || ${host} || '/page-' || (${after} + n)`;
  const columns = {
    id: `'${WATCHER}:' || ${page}`,
    watcher: `'${WATCHER}'`,
    kind: `'changelog'`,
    url: page,
    host,
    created_at: ago,
    due_at: due,
    last_check_at: ago,
    last_good_at: ago,
    baseline_at: ago,
    full_at: ago,
    health: `'{"state":"ok","since":"2026-04-01T00:00:00.000Z","reason":null}'`,
    failures: '0',
    validators: `'{"etag":"\\"a\\"","lastModified":null}'`,
    read_by: `'${readBy}'`,
    body_hash: `'sha256:' || n`,
    item_count: '12',
    awaits_repeat: '0',
    lease_tries: '0',
  };
  const names = Object.keys(columns).join(', ');
  await ask(
    url,
    `insert into targets (${names}) select ${Object.values(columns).join(', ')} from (${numbers}) as numbers`,
  );
  if (after === 0) await ask(url, isServer(url) ? 'vacuum analyze targets' : 'analyze');
}

/**
 * Seconds of a processor that the server used so far: the process that listens, those that serve, and those that ended.
 * @param {{ data: string } | null} server
 */
export function serverSeconds(server) {
  if (server === null) return 0;
  const [pid = ''] = readFileSync(join(server.data, 'postmaster.pid'), 'utf8').split('\n');
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statOf(name);
    if (fields === null) continue;
    const [, parent, ...rest] = fields;
    const [user, system, childUser, childSystem] = rest.slice(9, 13).map(Number);
    if (name === pid) ticks += user + system + childUser + childSystem;
    else if (parent === pid) ticks += user + system;
  }
  return ticks / 100;
}

/** State, parent and what follows; null for a process that ended meanwhile. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/**
 * Bytes that tables and indexes take, of those whose name begins so; of a file all of it.
 * @param {string} url
 * @param {string} table
 */
export async function bytesOf(url, table) {
  if (!isServer(url)) {
    await ask(url, 'vacuum');
    return statSync(url).size;
  }
  const [{ bytes }] = await ask(
    url,
    `select coalesce(sum(pg_total_relation_size(oid)), 0)::float8 as bytes from pg_class where relkind = 'r' and relname like '${table}%'`,
  );
  return bytes;
}

/**
 * Transactions that a database has committed so far, as its statistics have it a little later.
 * @param {string} url
 */
export async function commits(url) {
  const name = new URL(url).pathname.slice(1);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const [{ n }] = await ask(
    url,
    `select xact_commit::float8 as n from pg_stat_database where datname = '${name}'`,
  );
  return n;
}
