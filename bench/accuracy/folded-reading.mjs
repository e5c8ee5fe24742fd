/** Pages read with weights of the gate that were learned without them: what is learned from a page may not score on it. */
import { compiled } from '../support/project.mjs';
import { learnedFrom } from './gate-training.mjs';
import { FOLDS, trainingPages } from './training-set.mjs';

/** @typedef {import('./training-set.mjs').TrainingPage} TrainingPage */
/** @typedef {import('./reading-score.mjs').SaidOf} SaidOf */

/** Keeps all that rules propose. */
export const NO_GATE = { classes: [], features: {} };

/**
 * For each fold what is learned from the others.
 * @param {readonly TrainingPage[]} pages
 * @param {(others: readonly TrainingPage[]) => any} learn
 */
export function gatesOf(pages, learn = (others) => learnedFrom(others)) {
  return Array.from({ length: FOLDS }, (_, fold) =>
    learn(pages.filter((one) => one.fold !== fold)),
  );
}

/** Readers of pages with given weights: as the program reads, or by the weights alone. */
export async function openReadings() {
  const { catalogOf } = await compiled('reader/subject-index.js');
  const { ruleReader } = await compiled('reader/rule-reader.js');
  const { openSubjectIndex } = await compiled('reader/subject-index.js');
  const { assistedReader } = await compiled('reader/llm-reader.js');
  const { silentLogger } = await compiled('log.js');
  const { compileGate } = await compiled('core/talk/gate/gate.js');
  const { certainOf } = await compiled('core/talk/gate/certain-statements.js');
  const { contributionOf } = await compiled('core/provenance/contribution.js');
  const catalog = await catalogOf();
  const { names } = openSubjectIndex(catalog, []);
  const readers = new Map();
  /** @param {any} weights */
  function rulesWith(weights) {
    const reader = readers.get(weights) ?? ruleReader({ ...catalog, gate: weights }, names);
    readers.set(weights, reader);
    return reader;
  }
  /** @param {TrainingPage} page @param {readonly any[]} statements @returns {SaidOf[]} */
  function saidIn({ entries }, statements) {
    return statements.map((one) => ({
      ...{ subject: one.claim.subject, facet: one.claim.facet, polarity: one.polarity },
      ...{ quote: one.quote, rule: one.rule ?? null },
      contribution: contributionOf(one, entries[0]?.publisher.class),
    }));
  }
  return {
    /** @param {TrainingPage} page @param {any} weights */
    async read(page, weights) {
      /** @type {{ statements: readonly any[] }[]} */
      const readings = await rulesWith(weights).read(page.watcher, page.entries);
      return saidIn(
        page,
        readings.flatMap(({ statements }) => statements),
      );
    },
    /**
     * With a model's help, as the program combines the two.
     * @param {TrainingPage} page
     * @param {any} weights
     * @param {{ model: string, propose: unknown }} helper
     */
    async readWithHelp(page, weights, helper) {
      const assistance = {
        ...{ helper, names, log: silentLogger, proposals: { get: async () => null } },
        speaksOfRelease: () => true,
      };
      const reader = assistedReader(rulesWith(weights), assistance);
      /** @type {{ statements: readonly any[], model?: any }[]} */
      const readings = await reader.read(page.watcher, page.entries, 'first');
      const statements = readings.flatMap((reading) => reading.statements);
      const part = readings.find(({ model }) => model !== undefined)?.model ?? null;
      return { said: saidIn(page, statements), part };
    },
    /** @param {TrainingPage} page @param {any} weights */
    async readWithoutRules(page, weights) {
      const gate = compileGate(weights);
      return saidIn(
        page,
        page.analyses.flatMap((analysis) => certainOf(analysis, [], gate)),
      );
    },
  };
}

/**
 * Every labelled page as the program would read it if it had not learned from it.
 * @returns {Promise<(page: import('./reading-score.mjs').LabelledPage) => Promise<readonly SaidOf[]>>}
 */
export async function openFoldedReading() {
  const pages = await trainingPages();
  const gates = gatesOf(pages);
  const { read } = await openReadings();
  const byUrl = new Map(pages.map((one) => [one.page.url, one]));
  return async ({ name, url }) => {
    const page = byUrl.get(url);
    if (page === undefined) throw new Error(`${name} is no labelled page that was learned from.`);
    return read(page, gates[page.fold]);
  };
}
