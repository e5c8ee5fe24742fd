/**
 * Questions and answers in files, for whoever answers in the place of a server: `questions/001.json` is what would be sent,
 * `answers/001.json` what came back, and `key.jsonl`, which nobody needs who answers, tells of which page each is.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled } from '../support/project.mjs';

/** @typedef {{ page: string, model: string, prompt: number, at: string, outcome: string, statements: readonly unknown[] }} Recorded */
/** @typedef {{ number: string, page: string, prompt?: number, given: unknown }} KeyLine */

/** The three parts of a request that a server is sent, but for the model's name. */
const RESPONSE = 'json_schema';

/**
 * @param {string} folder
 * @returns {(page: string, asked: { item: unknown, given: unknown }, tokens: number) => Promise<void>}
 */
export function openQuestions(folder) {
  mkdirSync(join(folder, 'questions'), { recursive: true });
  mkdirSync(join(folder, 'answers'), { recursive: true });
  const key = join(folder, 'key.jsonl');
  writeFileSync(key, '');
  let written = 0;
  return async (page, { item, given }, tokens) => {
    const { PROMPT_VERSION, questionAbout } = await compiled('core/proposals/question.js');
    const { answerShape } = await compiled('core/proposals/answer.js');
    const question = questionAbout(/** @type {any} */ (item), /** @type {any} */ (given), tokens);
    if (question === null) return;
    written += 1;
    const number = String(written).padStart(3, '0');
    const request = {
      messages: [
        { role: 'system', content: question.instructions },
        { role: 'user', content: question.page },
      ],
      response_format: { type: RESPONSE, [RESPONSE]: { ...answerShape(), strict: true } },
      max_completion_tokens: question.answers,
    };
    const file = join(folder, 'questions', `${number}.json`);
    writeFileSync(file, `${JSON.stringify(request, null, 1)}\n`);
    appendFileSync(key, `${JSON.stringify({ number, page, prompt: PROMPT_VERSION, given })}\n`);
  };
}

/**
 * The answers in a folder as they are recorded, under the name of whoever gave them. What is no answer is recorded as such.
 * @param {string} folder
 * @param {string} model
 * @param {(name: string) => string | null} resolve what a name that is in no list means
 * @returns {Promise<Recorded[]>}
 */
export async function recordedIn(folder, model, resolve) {
  const { answerIn } = await compiled('core/proposals/answer.js');
  const { keptAnswerOf } = await compiled('core/proposals/given.js');
  const { PROMPT_VERSION } = await compiled('core/proposals/question.js');
  /** @type {KeyLine[]} */
  const key = linesOf(join(folder, 'key.jsonl'));
  return key.flatMap(({ number, page, prompt = PROMPT_VERSION, given }) => {
    const file = join(folder, 'answers', `${number}.json`);
    if (!existsSync(file)) return [];
    // As a server would wrap it, so that it is read by what reads servers.
    const message = { content: readFileSync(file, 'utf8') };
    const answer = answerIn(JSON.stringify({ choices: [{ message }] }));
    const { outcome, content } = answer ?? { outcome: 'unusable', content: null };
    const statements = content === null ? [] : keptAnswerOf(content, given, resolve);
    return [{ page, model, prompt, at: new Date().toISOString(), outcome, statements }];
  });
}

/**
 * The answers recorded in a file, by page.
 * @param {string} file
 * @returns {Map<string, Recorded>}
 */
export function recordedAnswers(file) {
  /** @type {Recorded[]} */
  const lines = existsSync(file) ? linesOf(file) : [];
  return new Map(lines.map((one) => [one.page, one]));
}

/** @param {string} file @returns {any[]} */
function linesOf(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
}
