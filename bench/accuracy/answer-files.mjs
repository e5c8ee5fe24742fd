/**
 * Questions and answers in files, for whoever answers in the place of a server: `questions/001.json` is what would be sent,
 * `answers/001.json` what came back, `questions/001-2.json` what would be asked back about that, and `key.jsonl`, which nobody
 * needs who answers, tells of which page each is.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled } from '../support/project.mjs';

/** @typedef {{ page: string, model: string, prompt: number, at: string, outcome: string, statements: readonly unknown[] }} Recorded */
/** @typedef {{ number: string, page: string, prompt?: number, given: unknown, asked?: readonly any[] }} KeyLine */
/** @typedef {{ instructions: string, page: string, answers: number }} Question */

/** The three parts of a request that a server is sent, but for the model's name. */
const RESPONSE = 'json_schema';

/**
 * @param {string} folder
 * @returns {(page: string, asked: any, tokens: number) => Promise<void>}
 */
export function openQuestions(folder) {
  mkdirSync(join(folder, 'questions'), { recursive: true });
  mkdirSync(join(folder, 'answers'), { recursive: true });
  const key = join(folder, 'key.jsonl');
  writeFileSync(key, '');
  let written = 0;
  return async (page, asked, tokens) => {
    const { PROMPT_VERSION: prompt, questionAbout } = await compiled('core/proposals/question.js');
    const { answerShape, checksShape } = await compiled('core/proposals/answer.js');
    const { secondLook } = await compiled('core/proposals/second-look.js');
    const question = questionAbout(asked.item, asked.given, tokens);
    if (question === null) return;
    written += 1;
    const number = String(written).padStart(3, '0');
    const write = (
      /** @type {string} */ name,
      /** @type {Question} */ one,
      /** @type {any} */ shape,
    ) =>
      writeFileSync(
        join(folder, 'questions', `${name}.json`),
        `${JSON.stringify(requestOf(one, shape), null, 1)}\n`,
      );
    write(number, question, answerShape());
    const first = await answered(folder, number, asked.given, asked.names.resolve);
    const back = first && secondLook(asked, first.kept, question);
    if (back?.question) write(secondOf(number), back.question, checksShape());
    const line = { number, page, prompt, given: asked.given, asked: back?.statements ?? [] };
    appendFileSync(key, `${JSON.stringify(line)}\n`);
  };
}

/** @param {string} number */
function secondOf(number) {
  return `${number}-2`;
}

/** @param {Question} question @param {{ name: string, schema: unknown }} shape */
function requestOf({ instructions, page, answers }, shape) {
  return {
    messages: [
      { role: 'system', content: instructions },
      { role: 'user', content: page },
    ],
    response_format: { type: RESPONSE, [RESPONSE]: { ...shape, strict: true } },
    max_completion_tokens: answers,
  };
}

/**
 * A first answer, with what its numbers stood for. Null where there is none.
 * @param {string} folder
 * @param {string} number
 * @param {any} given
 * @param {(name: string) => string | null} resolve what a name that is in no list means
 */
async function answered(folder, number, given, resolve) {
  const { answerIn } = await compiled('core/proposals/answer.js');
  const { keptAnswerOf } = await compiled('core/proposals/given.js');
  const text = completionIn(folder, number);
  if (text === null) return null;
  const { outcome, content } = answerIn(text) ?? { outcome: 'unusable', content: null };
  return { outcome, kept: content === null ? [] : keptAnswerOf(content, given, resolve) };
}

/** What is in an answer's file, as a server would wrap it, so that it is read by what reads servers. @param {string} folder @param {string} name */
function completionIn(folder, name) {
  const file = join(folder, 'answers', `${name}.json`);
  if (!existsSync(file)) return null;
  return JSON.stringify({ choices: [{ message: { content: readFileSync(file, 'utf8') } }] });
}

/**
 * The answers in a folder as they are recorded, under the name of whoever gave them. What is no answer is recorded as such; where
 * nobody answered what was asked back, the first answer stands.
 * @param {string} folder
 * @param {string} model
 * @param {(name: string) => string | null} resolve what a name that is in no list means
 * @returns {Promise<Recorded[]>}
 */
export async function recordedIn(folder, model, resolve) {
  const { checksIn } = await compiled('core/proposals/answer.js');
  const { PROMPT_VERSION } = await compiled('core/proposals/question.js');
  const { keptChecksOf } = await compiled('core/proposals/second-look.js');
  /** @type {Recorded[]} */
  const recorded = [];
  for (const line of /** @type {KeyLine[]} */ (linesOf(join(folder, 'key.jsonl')))) {
    const { number, page, prompt = PROMPT_VERSION, given, asked = [] } = line;
    const first = await answered(folder, number, given, resolve);
    if (first === null) continue;
    const second = completionIn(folder, secondOf(number));
    const checks = second === null ? [] : keptChecksOf(asked, checksIn(second)?.content ?? []);
    const statements = [...checks, ...first.kept];
    const at = new Date().toISOString();
    recorded.push({ page, model, prompt, at, outcome: first.outcome, statements });
  }
  return recorded;
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
