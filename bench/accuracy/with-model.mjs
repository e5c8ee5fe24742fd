// Measures reading with a model's help beside reading by rules alone, on the same pages:
//   npm run bench:accuracy -- --answers FILE            the answers recorded in FILE (docs/reading.md has the form)
//   npm run bench:accuracy -- --answers FILE --ask NAME  asks the model NAME first for what FILE has no answer to
//   npm run bench:accuracy -- --questions FOLDER         writes each question as it would be asked, and asks nobody
// The shipped gate has learned from these pages among others: compare the two readings with each other, not with other tables.
// Pages are those of `pages`, or of `talk` with --talk. The key is OPENAI_API_KEY, the server OPENAI_BASE_URL.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled, corpus, scratch } from '../support/project.mjs';
import { labelledPages } from './labelled-pages.mjs';
import { readingRows, scoreEach } from './reading-rows.mjs';
import { talkPages } from './talk-pages.mjs';

/** @typedef {import('./reading-score.mjs').LabelledPage} LabelledPage */
/** @typedef {{ page: string, model: string, prompt: number, at: string, outcome: string, statements: readonly unknown[] }} Recorded */

const TOKENS_A_PAGE = 12_000;
const TIMEOUT = '120s';

/** @param {readonly string[]} words */
export async function measureWithModel(words) {
  const option = (/** @type {string} */ name) => words[words.indexOf(name) + 1] ?? '';
  const pages = words.includes('--talk') ? talkPages(join(corpus, 'talk')) : labelledPages(corpus);
  const { contentTypeOf, readPage } = await compiled('operations/read.js');
  const { silentLogger } = await compiled('log.js');
  /**
   * @param {LabelledPage} page
   * @param {{ model: string, propose: unknown } | null} helper
   */
  const read = ({ path, body, url, at }, helper) => {
    const bytes = body === undefined ? readFileSync(path) : Buffer.from(body);
    const saved = {
      body: bytes,
      url,
      at: new Date(at).toISOString(),
      contentType: contentTypeOf(path),
    };
    const proposals = { get: async () => null };
    return readPage(saved, helper === null ? null : { proposals, log: silentLogger, helper });
  };
  if (words.includes('--questions')) return writeQuestions(option('--questions'), pages, read);
  const file = option('--answers');
  if (words.includes('--ask')) await ask(file, option('--ask'), pages, read);
  const answers = answersIn(file);
  const answered = pages.filter(({ name }) => answers.has(name));
  const model = answered.map(({ name }) => answers.get(name)?.model).at(0) ?? 'nobody';
  for (const [who, helped] of /** @type {const} */ ([
    ['rules alone', false],
    [`with ${model}`, true],
  ])) {
    const tallies = await scoreEach(answered, async (page) => {
      const recorded = answers.get(page.name);
      const helper = { model, propose: async () => ({ kind: 'remembered', proposal: recorded }) };
      return (await read(page, helped ? helper : null)).evidence;
    });
    for (const { cases, measure, found } of readingRows(who, tallies, {})) {
      process.stdout.write(
        `${[who.padEnd(28), cases.padEnd(22), measure.padEnd(24)].join('  ')}${found}\n`,
      );
    }
    const notes = words.includes('--verbose') ? tallies.flatMap((tally) => tally.notes) : [];
    for (const note of notes) process.stdout.write(`    ${note}\n`);
  }
}

/**
 * @param {string} file
 * @returns {Map<string, Recorded>}
 */
function answersIn(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const all = lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
  return new Map(all.map((/** @type {Recorded} */ one) => [one.page, one]));
}

/**
 * @param {string} folder
 * @param {readonly LabelledPage[]} pages
 * @param {(page: LabelledPage, helper: { model: string, propose: unknown }) => Promise<unknown>} read
 */
async function writeQuestions(folder, pages, read) {
  const { questionAbout } = await compiled('core/proposals/question.js');
  const { answerShape } = await compiled('core/proposals/answer.js');
  mkdirSync(folder, { recursive: true });
  for (const page of pages) {
    const propose = async (/** @type {{ item: unknown, given: unknown }} */ { item, given }) => {
      const question = questionAbout(item, given, TOKENS_A_PAGE);
      const written = { name: page.name, ...question, shape: answerShape(), given };
      writeFileSync(join(folder, `${page.name}.json`), JSON.stringify(written, null, 1));
      return { kind: 'none', why: 'off', message: 'nobody is asked' };
    };
    await read(page, { model: 'nobody', propose });
  }
  process.stdout.write(`The questions about ${pages.length} pages are in ${folder}.\n`);
}

/**
 * Asks for what is not recorded yet, and records it.
 * @param {string} file
 * @param {string} model
 * @param {readonly LabelledPage[]} pages
 * @param {(page: LabelledPage, helper: { model: string, propose: unknown }) => Promise<any>} read
 */
async function ask(file, model, pages, read) {
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
  const known = answersIn(file);
  for (const page of pages.filter(({ name }) => !known.has(name))) {
    const proposals = {
      get: async () => null,
      reserve: async () => true,
      settle: async () => undefined,
      keep: async (
        /** @type {Omit<Recorded, 'page'>} */ { model: by, prompt, at, outcome, statements },
      ) =>
        appendFileSync(
          file,
          `${JSON.stringify({ page: page.name, model: by, prompt, at, outcome, statements })}\n`,
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
    const { model: part } = await read(page, { model, propose });
    if (part?.message) process.stdout.write(`${page.name}: ${part.message}\n`);
  }
  await fetcher.close();
}
