import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appOptions, compiled, corpus, scratch } from '../support/project.mjs';
import { pollTruth } from './poll-truth.mjs';

/** Replays the real polls of the model list and compares what moved with what the polls prove. */
export async function measurePolls() {
  const folder = join(corpus, 'openai-models-api');
  const lines = readFileSync(join(folder, 'polls-2026-02-to-2026-05.jsonl'), 'utf8').trim();
  const truth = pollTruth(lines.split('\n').map((line) => JSON.parse(line)));
  const found = await movesIn(join(folder, 'recording.jsonl.gz'));
  const launches = compare(truth.launches, found.launches, 'launch');
  const withdrawals = compare(truth.withdrawals, found.withdrawals, 'withdrawal');
  const cases = `${truth.polls} polls`;
  const rows = [
    share(cases, 'launches at the right poll', launches, truth.launches.size),
    none(cases, 'false launches', launches.false.length),
    share(cases, 'withdrawals at the right poll', withdrawals, truth.withdrawals.size),
    none(cases, 'false withdrawals', withdrawals.false.length),
  ];
  const notes = [launches, withdrawals].flatMap((one) => [...one.missed, ...one.false]);
  return { rows, notes };
}

/** @param {string} recording */
async function movesIn(recording) {
  const { openPipeline } = await compiled('app/build-pipeline.js');
  const { replayAll } = await compiled('operations/replay.js');
  const { makeClaim } = await compiled('core/claims/to-evidence.js');
  const open = await openPipeline(appOptions(scratch()));
  /** @type {any[]} */
  const moves = [];
  const onEvent = (/** @type {any} */ event) => {
    if (event.kind === 'passed-over') return;
    moves.push(...(event.kind === 'checked' ? event.report : event.judged).transitions);
  };
  try {
    await replayAll(open, [recording], { until: null, onEvent });
  } finally {
    await open.close();
  }
  const listings = moves.filter(({ subject, claim }) => {
    const listing = { subject, facet: 'api_listed', qualifiers: {}, value: null };
    return claim === makeClaim(listing).key;
  });
  // What the baseline held is confirmed quietly and launches nothing.
  const launches = listings.filter(({ to, quiet }) => to.level === 'confirmed' && !quiet);
  const withdrawals = listings.filter(({ to }) => to.level === 'withdrawn');
  return { launches: momentsOf(launches), withdrawals: momentsOf(withdrawals) };
}

/**
 * @param {readonly { subject: string, at: string }[]} moves
 * @returns {Map<string, string>}
 */
function momentsOf(moves) {
  return new Map(moves.map(({ subject, at }) => [subject, at]));
}

/**
 * @param {ReadonlyMap<string, string>} wanted
 * @param {ReadonlyMap<string, string>} found
 * @param {string} what
 */
function compare(wanted, found, what) {
  const moment = (/** @type {string | undefined} */ at) => (at === undefined ? 0 : Date.parse(at));
  const missed = [...wanted]
    .filter(([id, at]) => moment(found.get(id)) !== moment(at))
    .map(([id, at]) => `${what} of ${id} at ${at}: found at ${found.get(id) ?? 'no poll'}`);
  const extra = [...found.keys()].filter((id) => !wanted.has(id));
  return { missed, false: extra.map((id) => `false ${what} of ${id} at ${found.get(id)}`) };
}

/**
 * @param {string} cases
 * @param {string} measure
 * @param {{ missed: readonly string[] }} compared
 * @param {number} all
 */
function share(cases, measure, { missed }, all) {
  const right = all - missed.length;
  return {
    ...{ corpus: 'model-list polls', cases, measure, found: `${right} of ${all}` },
    ...{ atLeast: 'all', isEnough: right === all },
  };
}

/**
 * @param {string} cases
 * @param {string} measure
 * @param {number} found
 */
function none(cases, measure, found) {
  return { corpus: 'model-list polls', cases, measure, found, atLeast: '0', isEnough: found === 0 };
}
