/** Looks at the sources alone: scripts of package.json. */
export const CHECKS = /** @type {const} */ (['lint', 'types', 'bounds', 'dead']);

/** What is done, in the order in which it is told. */
export const STEPS = /** @type {const} */ ([...CHECKS, 'build', 'browser', 'postgres', 'tests']);

/** What is had from outside, which `--installed` does without. */
const HAD = ['browser', 'postgres'];

/** These projects run neither the built program nor a browser or server. */
const LIGHT_PROJECTS = ['unit', 'golden'];

const ONLY = '--only=';

/**
 * @typedef {object} TestPlan
 * @property {boolean} install whether to install what is missing
 * @property {readonly (typeof STEPS)[number][]} steps
 * @property {readonly string[]} vitest what goes on to vitest
 */

/**
 * What `npm test` was asked to do. `--installed` takes the tree as it is, `--only=lint,types` runs some of the steps,
 * and anything else (`--project unit`, a file, `-t name`) goes to vitest and means the tests alone.
 * @param {readonly string[]} argv
 * @returns {TestPlan | { fault: string }}
 */
export function testPlan(argv) {
  const rest = argv.filter((argument) => argument !== '--installed' && !argument.startsWith(ONLY));
  const only = argv
    .filter((argument) => argument.startsWith(ONLY))
    .flatMap((argument) => argument.slice(ONLY.length).split(','));
  const unknown = only.filter((name) => !STEPS.some((step) => step === name));
  if (unknown.length > 0) {
    return { fault: `There is no step ${unknown.join(', ')}; the steps are ${STEPS.join(', ')}.` };
  }
  const usual = rest.length === 0 ? STEPS : stepsForTests(rest);
  const asked = only.length === 0 ? usual : STEPS.filter((step) => only.includes(step));
  const install = !argv.includes('--installed');
  return { install, steps: asked.filter((step) => install || !HAD.includes(step)), vitest: rest };
}

/**
 * What the tests that vitest is asked for need beforehand.
 * @param {readonly string[]} vitest
 */
function stepsForTests(vitest) {
  return STEPS.filter((step) =>
    isLightPart(vitest) ? step === 'tests' : ['build', ...HAD, 'tests'].includes(step),
  );
}

/** @param {readonly string[]} vitest */
function isLightPart(vitest) {
  const projects = vitest.flatMap((argument, at) => {
    if (argument.startsWith('--project=')) return [argument.slice('--project='.length)];
    return vitest[at - 1] === '--project' ? [argument] : [];
  });
  return projects.length > 0 && projects.every((project) => LIGHT_PROJECTS.includes(project));
}
