import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { compiled, corpus, root } from '../support/project.mjs';
import { halfOf, labelledPages, labelledSeeds } from './labelled-pages.mjs';
import { measurePolls } from './polls.mjs';
import { figuresOf, scoreReading } from './reading-score.mjs';
import { measureStates } from './seed-states.mjs';
import { macroF1 } from './stance-score.mjs';

/** @typedef {import('./reading-score.mjs').Tally} Tally */

/**
 * @typedef {object} Row one line of the table
 * @property {string} corpus
 * @property {string} cases
 * @property {string} measure
 * @property {number | string} found
 * @property {string} atLeast empty for what is shown and not held to anything
 * @property {boolean} isEnough
 *
 * @typedef {object} Measured
 * @property {readonly Row[]} rows
 * @property {readonly string[]} notes what was missed or wrong, of what may be looked at
 * @property {readonly string[]} [heldOut] the same of the half that nobody should look at
 *
 * @typedef {object} Measure
 * @property {string} name
 * @property {readonly string[]} files what it reads, below the corpus or the folder it names
 * @property {string} [folder] where that is, when it is not the corpus
 * @property {() => Promise<Measured>} run
 */

const PAGES = ['pages.jsonl', 'claims.jsonl', 'pages'];
/** Pages written for the project: one set was looked at while the cues were written, the other was not. */
const OWN_PAGES = join(root, 'test', 'fixtures', 'labelled-pages');
const OWN_SETS = /** @type {const} */ (['seen', 'unseen']);

/** @param {string} set */
function filesOfSet(set) {
  return PAGES.map((file) => `${set}/${file}`);
}

/** @type {readonly Measure[]} */
export const MEASURES = [
  { name: 'seeds', files: ['seeds/gold.json'], run: seeds },
  {
    name: 'states',
    files: ['seeds/expected-states.json', 'seeds/recording.yaml'],
    run: measureStates,
  },
  { name: 'pages', files: PAGES, run: pages },
  { name: 'own-pages', folder: OWN_PAGES, files: OWN_SETS.flatMap(filesOfSet), run: ownPages },
  { name: 'headlines', files: ['emergent-headlines-train.csv'], run: headlines },
  {
    name: 'polls',
    files: [
      'openai-models-api/recording.jsonl.gz',
      'openai-models-api/polls-2026-02-to-2026-05.jsonl',
    ],
    run: measurePolls,
  },
];

/** @param {Measure} measure */
export function isHere({ folder = corpus, files }) {
  return files.every((file) => existsSync(join(folder, file)));
}

/**
 * The first twelve digits of a SHA-256 over the names and bytes of what a measure reads.
 * @param {Measure} measure
 */
export function checksumOf({ folder = corpus, files }) {
  const hash = createHash('sha256');
  for (const file of files.flatMap((path) => filesBelow(folder, path)).sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * @param {string} folder
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(folder, path) {
  const place = join(folder, path);
  if (!statSync(place).isDirectory()) return [path];
  return readdirSync(place).flatMap((name) => filesBelow(folder, `${path}/${name}`));
}

const HALVES = /** @type {const} */ (['tuned', 'held out']);

/** The reader as `firsthand read` runs it. */
async function openReading() {
  const { contentTypeOf, readPage } = await compiled('operations/read.js');
  const { parseInstant } = await compiled('domain/time.js');
  return async (/** @type {import('./reading-score.mjs').LabelledPage} */ page) => {
    const { path, url, at } = page;
    const body = readFileSync(path);
    const contentType = contentTypeOf(path);
    const { evidence } = await readPage({ body, url, at: parseInstant(at), contentType });
    return evidence;
  };
}

/** @returns {Promise<Measured>} */
async function seeds() {
  const tally = await scoreReading(labelledSeeds(corpus), await openReading());
  const least = { recall: 0.8, precision: 0.85, contribution_accuracy: 0.9 };
  return { rows: readingRows('seeds', figuresOf(tally), least), notes: tally.notes };
}

/** @returns {Promise<Measured>} */
async function pages() {
  const read = await openReading();
  const all = labelledPages(corpus);
  const least = { recall: 0.75, precision: 0.8, contribution_accuracy: 0.88, page_accuracy: 0.85 };
  const tally = await scoreReading(all, read);
  const figures = figuresOf(tally);
  const rows = readingRows('pages', figures, least);
  rows.push({
    corpus: 'pages of class S or X',
    cases: `${all.filter(({ publisherClass }) => /^[SX]/.test(publisherClass)).length} pages`,
    measure: 'pages that yield a confirmed claim',
    found: figures.false_confirmations,
    atLeast: '0',
    isEnough: figures.false_confirmations === 0,
  });
  return { rows, notes: tally.notes };
}

/** @returns {Promise<Measured>} */
async function ownPages() {
  const read = await openReading();
  const [seen, unseen] = /** @type {[Tally, Tally]} */ (
    await Promise.all(
      OWN_SETS.map((set) => scoreReading(labelledPages(join(OWN_PAGES, set)), read)),
    )
  );
  const rows = [
    ...readingRows('own pages, looked at', figuresOf(seen), {}),
    ...readingRows('own pages, not looked at', figuresOf(unseen), {}),
  ];
  return { rows, notes: seen.notes, heldOut: unseen.notes };
}

const MEASURED = /** @type {const} */ ([
  'recall',
  'precision',
  'contribution_accuracy',
  'page_accuracy',
]);

/**
 * @param {string} name
 * @param {ReturnType<typeof figuresOf>} figures
 * @param {Partial<Record<(typeof MEASURED)[number], number>>} least
 * @returns {Row[]}
 */
function readingRows(name, figures, least) {
  return MEASURED.filter((measure) => name !== 'seeds' || measure !== 'page_accuracy').map(
    (measure) => {
      const found = figures[measure] ?? 0;
      const floor = least[measure];
      return {
        corpus: name,
        cases: `${figures.pages} pages, ${figures.claims} claims`,
        measure: measure.replace('_', ' '),
        found: found.toFixed(3),
        atLeast: floor === undefined ? '' : floor.toFixed(2),
        isEnough: floor === undefined || found >= floor,
      };
    },
  );
}

const LEAST_F1 = 0.76;

/** @returns {Promise<Measured>} */
async function headlines() {
  const { headlineStance } = await compiled('core/stance/headline-stance.js');
  const { compileLexicon } = await compiled('core/talk/cues/lexicon.js');
  const { catalogOf } = await compiled('reader/catalog.js');
  const lexicon = compileLexicon((await catalogOf()).lexicon);
  /** @type {{ claimId: string, articleHeadline: string, articleHeadlineStance: import('./stance-score.mjs').Stance }[]} */
  const listed = parse(readFileSync(join(corpus, 'emergent-headlines-train.csv')), {
    columns: true,
  });
  const cases = listed.map((one) => ({
    claim: one.claimId,
    labelled: one.articleHeadlineStance,
    said: headlineStance(one.articleHeadline, lexicon),
    headline: one.articleHeadline,
  }));
  // A claim's headlines are all in one half.
  const ofHalf = (/** @type {string} */ half) =>
    cases.filter(({ claim }) => halfOf(claim) === half);
  const [tuned, heldOut] = /** @type {[typeof cases, typeof cases]} */ (HALVES.map(ofHalf));
  const rows = [
    stanceRow('headlines', cases, LEAST_F1),
    stanceRow('headlines, tuned half', tuned, null),
    stanceRow('headlines, held-out half', heldOut, null),
  ];
  return { rows, notes: misreadIn(tuned), heldOut: misreadIn(heldOut) };
}

/** @param {readonly { said: string, labelled: string, headline: string }[]} cases */
function misreadIn(cases) {
  return cases
    .filter(({ said, labelled }) => said !== labelled)
    .map(({ said, labelled, headline }) => `${labelled}, read as ${said}: ${headline}`);
}

/**
 * @param {string} name
 * @param {readonly { claim: string, said: any, labelled: any }[]} cases
 * @param {number | null} least
 * @returns {Row}
 */
function stanceRow(name, cases, least) {
  const found = macroF1(cases);
  return {
    corpus: name,
    cases: `${cases.length} headlines, ${new Set(cases.map(({ claim }) => claim)).size} claims`,
    measure: 'macro-F1 of three stances',
    found: found.toFixed(3),
    atLeast: least === null ? '' : least.toFixed(2),
    isEnough: least === null || found >= least,
  };
}
