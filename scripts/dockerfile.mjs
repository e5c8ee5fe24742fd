/**
 * @typedef {object} Step
 * @property {string} instruction in capitals
 * @property {string} value what stands behind it, on one line
 * @property {number} line of the file
 */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} from the image or the stage it begins with
 * @property {readonly Step[]} steps
 */

/**
 * Reads a Dockerfile of the plain kind: stages with names, no heredocs. Arguments before the first stage are filled in
 * where a stage begins.
 * @param {string} text
 * @returns {readonly Stage[]}
 */
export function readDockerfile(text) {
  /** @type {Record<string, string>} */
  const given = {};
  /** @type {{ name: string, from: string, steps: Step[] }[]} */
  const stages = [];
  for (const step of stepsOf(text)) {
    if (step.instruction === 'FROM') {
      const [, from = '', name = ''] = /^(\S+)(?: AS (\S+))?$/i.exec(step.value) ?? [];
      stages.push({ name, from: filledIn(from, given), steps: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (stage !== undefined) stage.steps.push(step);
    else if (step.instruction === 'ARG') Object.assign(given, assignments(step.value));
  }
  return stages;
}

/**
 * @param {string} text
 * @returns {Step[]}
 */
function stepsOf(text) {
  /** @type {Step[]} */
  const steps = [];
  let begun = '';
  let beganAt = 0;
  for (const [at, line] of text.split('\n').entries()) {
    if (/^\s*#/.test(line) || (begun === '' && line.trim() === '')) continue;
    if (begun === '') beganAt = at + 1;
    begun += line.trim().replace(/\\$/, ' ');
    if (line.trimEnd().endsWith('\\')) continue;
    const [, instruction = '', value = ''] = /^(\S+)\s+(.*)$/.exec(begun) ?? [];
    steps.push({ instruction: instruction.toUpperCase(), value: value.trim(), line: beganAt });
    begun = '';
  }
  return steps;
}

/**
 * `A=1 B="two words"` as an object; quotes are taken off.
 * @param {string} value
 * @returns {Record<string, string>}
 */
export function assignments(value) {
  const found = value.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|\S+)/g);
  return Object.fromEntries(
    [...found].map(([, name = '', given = '']) => [name, given.replace(/^"(.*)"$/, '$1')]),
  );
}

/**
 * @param {string} text
 * @param {Readonly<Record<string, string>>} given
 */
function filledIn(text, given) {
  return text.replaceAll(/\$\{(\w+)\}/g, (_all, name) => given[name] ?? '');
}

/**
 * The words of a command in its exec form (`["tini", "--"]`), or of a shell to run it.
 * @param {string} value
 * @returns {readonly string[]}
 */
export function wordsOf(value) {
  return value.startsWith('[') ? JSON.parse(value) : ['sh', '-c', value];
}

/**
 * The last value of an instruction in a stage and in those it begins with; null when none says it.
 * @param {readonly Stage[]} stages
 * @param {string} name
 * @param {string} instruction
 * @returns {string | null}
 */
export function lastOf(stages, name, instruction) {
  const stage = stages.find((one) => one.name === name);
  if (stage === undefined) return null;
  const own = stage.steps.filter((step) => step.instruction === instruction).at(-1);
  return own?.value ?? lastOf(stages, stage.from, instruction);
}

/**
 * What of a folder goes into an image. Reads the plain patterns of a .dockerignore: from the root, `*` within a name.
 * @param {string} ignored the text of the .dockerignore
 * @returns {(path: string) => boolean}
 */
export function contextFilter(ignored) {
  const patterns = ignored
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const literal = line.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
      return new RegExp(`^${literal.replaceAll('*', '[^/]*')}(/|$)`);
    });
  return (path) => !patterns.some((pattern) => pattern.test(path));
}
