import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { compiled, corpus, root } from '../support/project.mjs';
import { measureCoreference } from './coreference.mjs';
import { hasPython, measureCasebook, measureVendorProse } from './corpus-programs.mjs';
import { openFoldedReading } from './folded-reading.mjs';
import { measureGate } from './gate-folds.mjs';
import { halfOf, labelledPages, labelledSeeds } from './labelled-pages.mjs';
import { measurePolls } from './polls.mjs';
import { readingRows, scoreEach } from './reading-rows.mjs';
import { figuresOf, sumOf } from './reading-score.mjs';
import { supportRows } from './rule-support.mjs';
import { measureStates } from './seed-states.mjs';
import { macroF1 } from './stance-score.mjs';
import { partOf, talkPages } from './talk-pages.mjs';
import { measureVendors } from './vendor-texts.mjs';

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
 * @property {boolean} [needsPython] its measure is a program of the corpus
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
  { name: 'talk', files: ['talk/docs.jsonl', 'talk/sentences.jsonl'], run: talk },
  { name: 'gate', files: [...PAGES, 'talk/docs.jsonl', 'talk/sentences.jsonl'], run: measureGate },
  {
    name: 'rules',
    files: [...PAGES, 'seeds/gold.json', 'talk/docs.jsonl', 'talk/sentences.jsonl'],
    run: rules,
  },
  {
    name: 'coreference',
    files: [...PAGES, 'talk/docs.jsonl', 'talk/sentences.jsonl'],
    run: measureCoreference,
  },
  {
    name: 'vendor-prose',
    files: ['score_vendor.py', 'vendor-prose/openai.jsonl'],
    needsPython: true,
    run: measureVendorProse,
  },
  { name: 'vendors', files: ['vendors/labels.jsonl'], run: measureVendors },
  { name: 'casebook', files: ['cases'], needsPython: true, run: measureCasebook },
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

/**
 * Why a measure cannot be had here; null when it can.
 * @param {Measure} measure
 */
export function reasonToSkip({ folder = corpus, files, needsPython = false }) {
  if (!files.every((file) => existsSync(join(folder, file))))
    return 'its corpus is absent; set FIRSTHAND_CORPUS';
  return needsPython && !hasPython() ? 'python3 is absent' : null;
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

/** @type {ReturnType<typeof openFoldedReading> | null} */
let folded = null;

/** The reader as the program runs it, with what it has learned from other pages than the one it reads. */
function openReading() {
  folded ??= openFoldedReading();
  return folded;
}

/** @returns {Promise<Measured>} */
async function seeds() {
  const tallies = await scoreEach(labelledSeeds(corpus), await openReading());
  const least = { recall: 0.6, precision: 0.85, contribution_accuracy: 0.9 };
  const rows = readingRows('seeds', tallies, least);
  return { rows: rows.slice(0, -1), notes: sumOf(tallies).notes };
}

/** @returns {Promise<Measured>} */
async function pages() {
  const all = labelledPages(corpus);
  const tallies = await scoreEach(all, await openReading());
  const least = { recall: 0.35, precision: 0.85, contribution_accuracy: 0.88, page_accuracy: 0.65 };
  const outsiders = all.filter(({ publisherClass }) => /^[SX]/.test(publisherClass)).length;
  const rows = [
    ...readingRows('pages', tallies, least),
    confirmedRow('pages of class S or X', outsiders, tallies),
  ];
  return { rows, notes: sumOf(tallies).notes };
}

/**
 * Nothing that others write may confirm.
 * @param {string} name
 * @param {number} count
 * @param {readonly import('./reading-score.mjs').Tally[]} tallies
 * @returns {Row}
 */
function confirmedRow(name, count, tallies) {
  const { false_confirmations: found } = figuresOf(sumOf(tallies));
  return {
    ...{ corpus: name, cases: `${count} pages`, measure: 'pages that yield a confirmed claim' },
    ...{ found, atLeast: '0', isEnough: found === 0 },
  };
}

/** @returns {Promise<Measured>} */
async function ownPages() {
  const read = await openReading();
  const rows = [];
  const notes = [];
  for (const set of OWN_SETS) {
    const tallies = await scoreEach(labelledPages(join(OWN_PAGES, set)), read);
    const name = `own pages, ${set === 'seen' ? 'looked at' : 'not looked at'}`;
    rows.push(...readingRows(name, tallies, {}));
    notes.push(sumOf(tallies).notes);
  }
  const [seen = [], heldOut = []] = notes;
  return { rows, notes: seen, heldOut };
}

/** What holds on each part of `talk`; only the last one says what to expect of pages nobody has seen. */
const TALK_PARTS = /** @type {const} */ ([
  ['looked at', { recall: 0.55, precision: 0.8, page_accuracy: 0.7 }],
  ['looked at late', {}],
  ['never opened', { recall: 0.35, precision: 0.65, page_accuracy: 0.65 }],
]);

/** @returns {Promise<Measured>} */
async function talk() {
  const read = await openReading();
  const all = talkPages(join(corpus, 'talk'));
  const rows = [];
  const notes = [];
  const heldOut = [];
  const every = [];
  for (const [part, least] of TALK_PARTS) {
    const tallies = await scoreEach(
      all.filter(({ name }) => partOf(name) === part),
      read,
    );
    rows.push(...readingRows(`talk, ${part}`, tallies, least));
    (part === 'never opened' ? heldOut : notes).push(...sumOf(tallies).notes);
    every.push(...tallies);
  }
  rows.push(confirmedRow('talk', all.length, every));
  return { rows, notes, heldOut };
}

/** @returns {Promise<Measured>} */
async function rules() {
  const read = await openReading();
  const own = OWN_SETS.flatMap((set) => labelledPages(join(OWN_PAGES, set)));
  const talked = talkPages(join(corpus, 'talk'), { ofAllVendors: true });
  const pages = [...talked, ...labelledPages(corpus), ...labelledSeeds(corpus), ...own];
  // A vendor's own page is read by other rules, which its own measures are of.
  const others = pages.filter(({ publisherClass }) => /^[SX]/.test(publisherClass));
  const said = [];
  for (const page of others) said.push({ page, said: await read(page) });
  const { catalogOf } = await compiled('reader/subject-index.js');
  /** @type {readonly { id: string }[]} */
  const { predicates } = (await catalogOf()).predicates;
  return { rows: supportRows(said, [...new Set(predicates.map(({ id }) => id))]), notes: [] };
}

const LEAST_F1 = 0.76;

/** @returns {Promise<Measured>} */
async function headlines() {
  const { headlineStance } = await compiled('core/stance/headline-stance.js');
  const { compileLexicon } = await compiled('core/talk/cues/lexicon.js');
  const { catalogOf } = await compiled('reader/subject-index.js');
  const catalog = await catalogOf();
  const lexicon = compileLexicon(catalog.lexicon, catalog.vendors);
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
