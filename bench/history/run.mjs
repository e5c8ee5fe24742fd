// Replays real history and judges how much a person would have been told: `npm run bench:history [-- --db FILE]`.
// Ends with 1 when a figure is worse than it may be.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from '../support/project.mjs';
import { capturesIn, launchesIn, listedLater } from './facts.mjs';
import { programKnowing } from './known-then.mjs';

const corpus = process.env['FIRSTHAND_CORPUS'] ?? join(root, '..', 'shared', 'corpus');
const recording = join(corpus, 'history', 'recording.jsonl.gz');
const timeline = join(corpus, '..', 'facts', 'openai-timeline.csv');

/** What ten weeks may come to. */
const MOST_ALERTS = 40;

/** Levels that only a vendor's own page can take back or set. */
const FALLEN = new Set(['withdrawn', 'contradicted']);

if (!existsSync(recording) || !existsSync(timeline)) {
  process.stdout.write('bench:history: skipped, its corpus is absent; set FIRSTHAND_CORPUS\n');
} else {
  process.exitCode = report(measure());
}

function measure() {
  const captures = capturesIn(recording);
  const [from = '', until = ''] = [captures[0]?.at, captures.at(-1)?.at];
  const launches = launchesIn(timeline);
  const later = launches.filter(({ at }) => at > from.slice(0, 10)).map(({ id }) => id);
  const unknown = new Set([...later, ...listedLater(captures)]);
  const folder = mkdtempSync(join(tmpdir(), 'firsthand-history-'));
  const at = process.argv.indexOf('--db');
  const kept = at === -1 ? undefined : process.argv[at + 1];
  const db = kept === undefined ? join(folder, 'history.db') : resolve(kept);
  try {
    const program = programKnowing(join(folder, 'then'), from.slice(0, 10), unknown);
    /** @param {string[]} words */
    const run = (...words) =>
      JSON.parse(
        execFileSync(process.execPath, [program, ...words, '--db', db, '--json'], {
          encoding: 'utf8',
          maxBuffer: 2 ** 28,
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      );
    run('replay', recording, '--quiet');
    const { alerts } = run('alerts', '--limit', '1000');
    const shown = alerts.map((/** @type {{ id: string }} */ { id }) => run('alerts', 'show', id));
    const inside = launches.filter(
      ({ at: day }) => day > from.slice(0, 10) && day <= until.slice(0, 10),
    );
    return { alerts: shown.reverse(), launches: inside };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @typedef {{ at: string; kind: string; title: string; message: { moves: { to: string; facet: string }[]; story?: Story } }} Alert
 * @typedef {{ kind: string; part: string; subjects: { id: string; name: string }[] }} Story
 */

/** @param {{ alerts: Alert[]; launches: readonly { id: string; at: string }[] }} measured */
function report({ alerts, launches }) {
  line(`${alerts.length} alerts (at most ${MOST_ALERTS})`);
  table('by kind', counted(alerts, kindOf));
  table(
    'by week from',
    counted(alerts, ({ at }) => weekOf(at)),
  );
  line('\nlaunches of the timeline:');
  const missed = launches.filter((launch) => !isToldOnce(launch, alerts));
  const fallen = alerts.filter(({ message }) => message.moves.some(({ to }) => FALLEN.has(to)));
  line(`\n${fallen.length} alerts take something back:`);
  for (const alert of fallen) line(`  ${alert.at.slice(0, 16)}  ${alert.title}`);
  line('\nall of them:');
  for (const alert of alerts) {
    line(`  ${alert.at.slice(0, 16)}  ${kindOf(alert).padEnd(24)} ${alert.title}`);
  }
  const isGood = alerts.length <= MOST_ALERTS && missed.length === 0 && fallen.length === 0;
  line(isGood ? '\nAll is as it must be.' : '\nNot all is as it must be.');
  return isGood ? 0 : 1;
}

/**
 * @param {{ id: string; at: string }} launch
 * @param {Alert[]} alerts
 */
function isToldOnce({ id, at }, alerts) {
  const openings = alerts.filter(
    ({ message: { story } }) =>
      story?.kind === 'launch' &&
      story.part === 'opening' &&
      story.subjects.some((subject) => subject.id === id),
  );
  const [first] = openings;
  const told = first === undefined ? 'not told' : `${first.at.slice(0, 16)}  ${first.title}`;
  line(`  ${openings.length === 1 ? ' ' : '!'} ${at}  ${id.padEnd(22)} ${told}`);
  return openings.length === 1;
}

/** @param {Alert} alert */
function kindOf({ kind, message: { story } }) {
  return story === undefined ? kind : `${story.kind}, ${story.part}`;
}

/**
 * @param {Alert[]} alerts
 * @param {(alert: Alert) => string} keyOf
 */
function counted(alerts, keyOf) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const alert of alerts) counts.set(keyOf(alert), (counts.get(keyOf(alert)) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** @param {string} at */
function weekOf(at) {
  const day = new Date(at);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

/**
 * @param {string} title
 * @param {[string, number][]} rows
 */
function table(title, rows) {
  line(`\n${title}:`);
  for (const [key, count] of rows) line(`  ${key.padEnd(26)} ${String(count).padStart(4)}`);
}

/** @param {string} text */
function line(text) {
  process.stdout.write(`${text}\n`);
}
