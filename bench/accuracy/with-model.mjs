// Measures reading with a model's help beside reading by rules alone, on the same pages:
//   npm run bench:accuracy -- --answers FILE             the answers recorded in FILE (docs/reading.md has the form)
//   npm run bench:accuracy -- --answers FILE --ask NAME  asks the model NAME first for what FILE has no answer to
//   npm run bench:accuracy -- --questions FOLDER         writes each question as it would be asked, and asks nobody; run again when
//                                                        they are answered there, it writes what would be asked back
//   npm run bench:accuracy -- --answers FOLDER --by NAME the answers somebody, called NAME, gave to those questions in files
// The pages are the labelled ones whose model is measured, those that no rule was written with in sight first; --pages N takes
// as many, in an order drawn by --seed S. The gate that reads a page did not learn from it.
import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled, scratch } from '../support/project.mjs';
import { openQuestions, recordedAnswers, recordedIn } from './answer-files.mjs';
import { gatesOf, openReadings } from './folded-reading.mjs';
import { randomFrom } from './intervals.mjs';
import { halfOf } from './labelled-pages.mjs';
import { readingRows, scoreEach } from './reading-rows.mjs';
import { trainingPages, UNSEEN } from './training-set.mjs';

/** @typedef {import('./training-set.mjs').TrainingPage} TrainingPage */
/** @typedef {import('./answer-files.mjs').Recorded} Recorded */

const TOKENS_A_PAGE = 12_000;
const TIMEOUT = '120s';

/** @param {readonly string[]} words */
export async function measureWithModel(words) {
  const option = (/** @type {string} */ name) =>
    words.includes(name) ? (words[words.indexOf(name) + 1] ?? '') : null;
  const everything = await trainingPages();
  const scored = everything.filter(({ isScored }) => isScored);
  const seed = Number(option('--seed') ?? 1);
  const pages = drawn(scored, seed).slice(0, Number(option('--pages') ?? scored.length));
  const gates = gatesOf(everything);
  const { read, readWithHelp } = await openReadings();
  const tools = {
    pages,
    rules: (/** @type {TrainingPage} */ page) => read(page, gates[page.fold]),
    helped: (/** @type {TrainingPage} */ page, /** @type {any} */ helper) =>
      readWithHelp(page, gates[page.fold], helper),
  };
  const folder = option('--questions');
  if (folder !== null) return writeQuestions(folder, tools);
  const file = await answerFile(option('--answers') ?? '', option('--by'));
  const asked = option('--ask');
  if (asked !== null) await ask(file, asked, tools);
  await report(recordedAnswers(file), tools, {
    isVerbose: words.includes('--verbose'),
    isHeldOutTold: words.includes('--held-out'),
  });
}

/** @typedef {{ pages: readonly TrainingPage[], rules(page: TrainingPage): Promise<any>, helped(page: TrainingPage, helper: any): Promise<any> }} Tools */

const FIRST = [/never opened/, UNSEEN, /^/];

/**
 * The quarter that was never opened first, then what else was not in sight, then the rest, each in the order of a draw.
 * @param {readonly TrainingPage[]} pages
 * @param {number} seed
 */
function drawn(pages, seed) {
  const random = randomFrom(seed);
  const rank = (/** @type {TrainingPage} */ { part }) =>
    FIRST.findIndex((pattern) => pattern.test(part));
  return pages
    .map((page) => ({ page, at: random() }))
    .sort((a, b) => rank(a.page) - rank(b.page) || a.at - b.at)
    .map(({ page }) => page);
}

/**
 * Answers in a folder are recorded in a file of it first.
 * @param {string} path
 * @param {string | null} by
 */
async function answerFile(path, by) {
  if (!(statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false)) return path;
  const { catalogOf } = await compiled('reader/subject-index.js');
  const { openSubjectIndex } = await compiled('reader/subject-index.js');
  const names = openSubjectIndex(await catalogOf(), []).names();
  const recorded = await recordedIn(path, by ?? 'unnamed', names.resolve);
  const file = join(path, 'answers.jsonl');
  writeFileSync(file, recorded.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return file;
}

/** @param {string} folder @param {Tools} tools */
async function writeQuestions(folder, { pages, helped }) {
  const write = openQuestions(folder);
  for (const page of pages) {
    const propose = async (/** @type {any} */ asked) => {
      await write(page.id, asked, TOKENS_A_PAGE);
      return { kind: 'none', why: 'off', message: 'nobody is asked' };
    };
    await helped(page, { model: 'nobody', propose });
  }
  process.stdout.write(`The questions about ${pages.length} pages are in ${folder}.\n`);
}

/**
 * @param {Map<string, Recorded>} answers
 * @param {Tools} tools
 * @param {{ isVerbose: boolean, isHeldOutTold: boolean }} told
 */
async function report(answers, { pages, rules, helped }, { isVerbose, isHeldOutTold }) {
  const answered = pages.filter(({ id }) => answers.has(id));
  const model = answered.map(({ id }) => answers.get(id)?.model).at(0) ?? 'nobody';
  /** @type {Record<string, number>} */
  const dropped = {};
  for (const [who, isHelped] of /** @type {const} */ ([
    ['rules alone', false],
    [`with ${model}`, true],
  ])) {
    const tallies = [];
    for (const page of answered) {
      const proposal = answers.get(page.id);
      const helper = { model, propose: async () => ({ kind: 'remembered', proposal }) };
      const said = isHelped ? await withHelp(page, helper, helped, dropped) : await rules(page);
      tallies.push(...(await scoreEach([page.page], async () => said)));
    }
    const inHalf = (/** @type {string} */ half) =>
      tallies.filter((_, at) => halfOf(answered[at]?.id ?? '') === half);
    print(who, tallies);
    print(`${who}, half looked at`, inHalf('tuned'));
    print(`${who}, half not looked at`, inHalf('held out'));
    const notes = isHeldOutTold ? tallies : inHalf('tuned');
    if (!isVerbose) continue;
    for (const note of notes.flatMap((tally) => tally.notes)) process.stdout.write(`    ${note}\n`);
  }
  process.stdout.write(`dropped of what it proposed: ${JSON.stringify(dropped)}\n`);
}

/** @param {TrainingPage} page @param {any} helper @param {Tools['helped']} helped @param {Record<string, number>} dropped */
async function withHelp(page, helper, helped, dropped) {
  const { said, part } = await helped(page, helper);
  for (const { why } of part?.dropped ?? []) dropped[why] = (dropped[why] ?? 0) + 1;
  return said;
}

/** @param {string} who @param {readonly import('./reading-score.mjs').Tally[]} tallies */
function print(who, tallies) {
  for (const { cases, measure, found } of readingRows(who, tallies, {})) {
    const parts = [who.padEnd(36), cases.padEnd(22), measure.padEnd(24)];
    process.stdout.write(`${parts.join('  ')}${found}\n`);
  }
}

/**
 * Asks for what is not recorded yet, and records it.
 * @param {string} file
 * @param {string} model
 * @param {Tools} tools
 */
async function ask(file, model, { pages, helped }) {
  const { openProposer } = await compiled('reader/llm-client.js');
  const { fetcherOf } = await compiled('app/build-fetcher.js');
  const { loadConfig } = await compiled('config/config.js');
  const { systemClock } = await compiled('domain/clock.js');
  const baseUrl = process.env['OPENAI_BASE_URL'];
  const apiKey = process.env['OPENAI_API_KEY'];
  const own = baseUrl === undefined ? {} : { baseUrl, ...(apiKey === undefined ? {} : { apiKey }) };
  const config = join(scratch(), 'config.yaml');
  const usual = baseUrl === undefined ? { apiKey } : {};
  const reading = { model, timeout: TIMEOUT, ...own };
  writeFileSync(config, JSON.stringify({ openai: { ...usual, reading } }));
  const fetcher = fetcherOf(await loadConfig(config, {}), systemClock);
  const known = recordedAnswers(file);
  for (const page of pages.filter(({ id }) => !known.has(id))) {
    const proposals = {
      get: async () => null,
      reserve: async () => true,
      settle: async () => undefined,
      keep: async (
        /** @type {Omit<Recorded, 'page'>} */ { model: by, prompt, at, outcome, statements },
      ) =>
        appendFileSync(
          file,
          `${JSON.stringify({ page: page.id, model: by, prompt, at, outcome, statements })}\n`,
        ),
    };
    const budgets = { tokensPerPage: TOKENS_A_PAGE, tokensPerDay: Number.MAX_SAFE_INTEGER };
    const propose = openProposer({
      proposals,
      clock: systemClock,
      model,
      api: fetcher.model,
      ...budgets,
    });
    const { part } = await helped(page, { model, propose });
    if (part?.message) process.stdout.write(`${page.id}: ${part.message}\n`);
  }
  await fetcher.close();
}
