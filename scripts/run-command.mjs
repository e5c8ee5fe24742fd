import { spawn } from 'node:child_process';
import { secondsSince } from './progress.mjs';

/** A step that could not be done: what happened, what it printed last, and what to do about it. */
export class StepError extends Error {
  /**
   * @param {string} message
   * @param {{ output?: string, advice?: string, cause?: unknown }} [details]
   */
  constructor(message, { output = '', advice = '', cause } = {}) {
    super(message, { cause });
    this.name = 'StepError';
    this.output = output;
    this.advice = advice;
  }
}

/** How much of a failed command's output is worth reading. */
const TAIL_LINES = 150;

/**
 * Runs a command to its end with its output held back, and returns that output. A command that fails, or is not
 * there, throws a `StepError` with the last lines it printed.
 * @param {object} step
 * @param {string} step.name what people call it, in the infinitive (`install the packages`)
 * @param {string} step.command
 * @param {readonly string[]} step.args
 * @param {string} step.cwd
 * @param {NodeJS.ProcessEnv} [step.env]
 * @param {string} [step.advice] what to do when it fails
 * @param {import('./progress.mjs').Progress} step.progress
 * @param {() => string} [step.status] how far it is, asked every second
 * @returns {Promise<string>}
 */
export async function runCommand({
  name,
  command,
  args,
  cwd,
  env = process.env,
  advice = '',
  progress,
  status = () => name,
}) {
  const since = performance.now();
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  const ticking = setInterval(
    () => progress.status(`  ${status()} (${secondsSince(since)})`),
    1000,
  );
  try {
    const ending = await endingOf(child);
    const output = Buffer.concat(chunks).toString('utf8');
    if (ending === '') return output;
    throw new StepError(`Could not ${name}: \`${[command, ...args].join(' ')}\` ${ending}.`, {
      output: output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n'),
      advice,
    });
  } finally {
    clearInterval(ticking);
  }
}

/**
 * How a process ended, in words; empty when it did what it was asked.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
function endingOf(child) {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(`could not be started (${error.message})`));
    child.on('close', (code, signal) => {
      if (code === 0) resolve('');
      else resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`);
    });
  });
}
