/** Measures that the corpus brings as programs of its own, in Python: they run the command line as a user would. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cli, corpus } from '../support/project.mjs';

/** @typedef {import('./measures.mjs').Measured} Measured */

/** A program that has not ended by then is stuck. */
const LONGEST = 20 * 60_000;

export function hasPython() {
  return spawnSync('python3', ['--version']).status === 0;
}

/**
 * What it prints. Throws when it could not be run; what it thinks of the result is in what it prints.
 * @param {string} program
 * @param {readonly string[]} words
 */
function printed(program, words) {
  const command = ['--', process.execPath, cli];
  const { error, stdout, stderr } = spawnSync(
    'python3',
    [join(corpus, program), ...words, ...command],
    { encoding: 'utf8', timeout: LONGEST, maxBuffer: 64 * 1_048_576 },
  );
  if (error !== undefined) {
    throw new Error(`${program} of the corpus did not end well: run it by hand.`, { cause: error });
  }
  if (stdout.trim() === '') {
    throw new Error(`${program} of the corpus printed nothing: run it by hand.\n${stderr}`);
  }
  return { stdout, stderr };
}

/** Held to the whole; the channels are shown, some of them have few labels. */
const LEAST_PROSE = { recall: 0.88, precision: 0.97 };

/** @returns {Promise<Measured>} */
export async function measureVendorProse() {
  const texts = join(corpus, 'vendor-prose', 'openai.jsonl');
  const { stdout, stderr } = printed('score_vendor.py', [texts, '--verbose']);
  return { rows: proseRowsOf(stdout), notes: stderr.trim().split('\n') };
}

/** @param {string} json what the scorer prints */
function proseRowsOf(json) {
  /** @type {Prose & { channels: Record<string, Prose> }} */
  const { channels, ...whole } = JSON.parse(json);
  return [
    ...proseRows('vendor prose', whole, LEAST_PROSE),
    ...Object.entries(channels).flatMap(([channel, one]) =>
      proseRows(`vendor prose, ${channel}`, one, {}),
    ),
  ];
}

/** @typedef {{ labels: number, statements: number, recall: number | null, precision: number | null }} Prose */

/**
 * @param {string} name
 * @param {Prose} figures
 * @param {{ recall?: number, precision?: number }} least
 * @returns {import('./measures.mjs').Row[]}
 */
function proseRows(name, { labels, statements, ...figures }, least) {
  const cases = { recall: `${labels} labels`, precision: `${statements} statements` };
  return /** @type {const} */ (['recall', 'precision']).flatMap((measure) => {
    const found = figures[measure];
    const floor = least[measure];
    if (found === null) return [];
    return {
      ...{ corpus: name, cases: cases[measure], measure, found: found.toFixed(3) },
      atLeast: floor === undefined ? '' : floor.toFixed(2),
      isEnough: floor === undefined || found >= floor,
    };
  });
}

/** Of all cases; the timed ones among them fail on a busy machine. */
const LEAST_CASES = 0.95;
const BY_KIND = /^(\S+) +(\d+)\/(\d+)/gm;

/**
 * The casebook by kind: inputs that went wrong once, each with what should come out.
 * @returns {Promise<Measured>}
 */
export async function measureCasebook() {
  const { stdout } = printed('cases/check.py', [join(corpus, 'cases')]);
  const notes = stdout.split('\n').filter((line) => line.startsWith('FAIL'));
  return { rows: casebookRowsOf(stdout), notes };
}

/** @param {string} summary */
function casebookRowsOf(summary) {
  return [...summary.matchAll(BY_KIND)].map(([, kind = '', right = '', all = '']) => {
    const isWhole = kind === 'all';
    return {
      corpus: isWhole ? 'casebook' : `casebook, ${kind}`,
      ...{ cases: `${all} cases`, measure: 'cases as expected', found: `${right} of ${all}` },
      atLeast: isWhole ? LEAST_CASES.toFixed(2) : '',
      isEnough: !isWhole || Number(right) >= LEAST_CASES * Number(all),
    };
  });
}
