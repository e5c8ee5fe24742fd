import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, isBuilt } from './build.mjs';
import { npmCommand } from './install.mjs';
import { progressOn, secondsSince } from './progress.mjs';
import { runCommand, StepError } from './run-command.mjs';
import { PROJECT_ROOT, runScript, setUp } from './setup.mjs';
import { CHECKS, testPlan } from './test-plan.mjs';

/** `npm test`: sets up what is missing, then every check and every test, with a summary. */

/**
 * @typedef {object} Outcome
 * @property {string} step
 * @property {boolean} passed
 * @property {string} took
 */

const progress = progressOn(process.stdout);
/** Beside the tests, which speak for themselves, nothing is shown of how far a check is. */
const quiet = { line: progress.line, status: () => undefined };

/**
 * @param {string} script a script of package.json
 */
async function runNpmScript(script) {
  const npm = npmCommand();
  await runCommand({
    name: `pass ${script}`,
    command: npm.command,
    args: [...npm.args, 'run', '--silent', script],
    cwd: PROJECT_ROOT,
    progress: quiet,
  });
}

function haveBrowser() {
  const place = { root: PROJECT_ROOT, progress };
  return setUp({ ...place, withPackages: false, withBuild: false, withBrowser: true });
}

/** Where there is none and none can be had, its part of the suite is run by PGlite. */
async function havePostgres() {
  const { ensurePostgres } = await import(join(PROJECT_ROOT, 'scripts/postgres.mjs'));
  try {
    ensurePostgres({ say: progress.line });
  } catch (error) {
    progress.line(error instanceof Error ? error.message : String(error));
  }
}

/** Vitest speaks for itself, so its output is not held back. */
async function runTests(/** @type {readonly string[]} */ args) {
  const vitest = join(PROJECT_ROOT, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', ...args], {
    cwd: PROJECT_ROOT,
    stdio: 'inherit',
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new StepError('Some tests failed; they are listed above.');
}

/**
 * @param {string} step
 * @param {import('./test-plan.mjs').TestPlan} plan
 */
async function runStep(step, { steps, vitest }) {
  if (step === 'tests') return runTests(vitest);
  if (step === 'browser') return haveBrowser();
  if (step === 'postgres') return havePostgres();
  if (step !== 'build') return runNpmScript(step);
  const checksTypes = !steps.includes('types');
  if (!(await isBuilt(PROJECT_ROOT))) await build(PROJECT_ROOT, progress, { checksTypes });
}

/**
 * @param {string} step
 * @param {import('./test-plan.mjs').TestPlan} plan
 * @returns {Promise<Outcome>}
 */
async function outcomeOf(step, plan) {
  const since = performance.now();
  try {
    await runStep(step, plan);
    progress.line(`✓ ${step} (${secondsSince(since)})`);
    return { step, passed: true, took: secondsSince(since) };
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    progress.line([error.output, `✗ ${step}: ${error.message}`].join('\n').trimStart());
    return { step, passed: false, took: secondsSince(since) };
  }
}

/**
 * The tests wait for servers and clocks much of their time; the checks of the sources, one after the other, take what
 * they leave idle.
 * @param {import('./test-plan.mjs').TestPlan} plan
 */
async function outcomesOf(plan) {
  const { steps } = plan;
  const checks = steps.filter((step) => CHECKS.some((check) => check === step));
  const others = steps.filter((step) => !checks.includes(step));
  const lists = [checks, others].map(async (list) => {
    /** @type {Outcome[]} */
    const outcomes = [];
    for (const step of list) outcomes.push(await outcomeOf(step, plan));
    return outcomes;
  });
  return (await Promise.all(lists)).flat();
}

/** @param {readonly Outcome[]} outcomes */
function summaryOf(outcomes) {
  const rows = outcomes.map(
    ({ step, passed, took }) => `  ${passed ? '✓' : '✗'} ${step.padEnd(8)} ${took.padStart(8)}`,
  );
  return ['', ...rows].join('\n');
}

await runScript(async () => {
  const plan = testPlan(process.argv.slice(2));
  if ('fault' in plan) throw new StepError(plan.fault);
  const since = performance.now();
  const place = { root: PROJECT_ROOT, progress };
  await setUp({ ...place, withPackages: plan.install, withBuild: false });
  const installed = { step: 'set-up', passed: true, took: secondsSince(since) };
  const outcomes = [installed, ...(await outcomesOf(plan))];
  progress.line(summaryOf(outcomes));
  progress.line(`  ${'all'.padEnd(10)} ${secondsSince(since).padStart(8)}`);
  return outcomes.every(({ passed }) => passed) ? 0 : 1;
});
