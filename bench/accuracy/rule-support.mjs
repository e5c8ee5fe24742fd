/** What each rule rests on: in how many labelled pages it found something, and how often that was right. */
import { isRight } from './reading-score.mjs';

/** @typedef {import('./reading-score.mjs').LabelledPage} LabelledPage */
/** @typedef {import('./reading-score.mjs').SaidOf} SaidOf */

/** A rule that is right on fewer pages was written for those, and is dropped or joined to another of its kind. */
const LEAST_PAGES = 3;

/**
 * A line a rule, the least supported first. Places without a label do not count; a rule that says nothing anywhere does.
 * @param {readonly { page: LabelledPage, said: readonly SaidOf[] }[]} read
 * @param {readonly string[]} known the rules there are, as far as a list tells
 */
export function supportRows(read, known) {
  /** @type {Map<string, { pages: Set<string>, right: number, all: number }>} */
  const rules = new Map();
  /** @param {string} name */
  function ruleOf(name) {
    const rule = rules.get(name) ?? { pages: new Set(), right: 0, all: 0 };
    rules.set(name, rule);
    return rule;
  }
  for (const name of known) ruleOf(name);
  for (const { page, said } of read) {
    for (const one of said) {
      const rule = ruleOf(one.rule ?? 'none');
      const isGood = isRight(page, one);
      if (isGood === null) continue;
      rule.all += 1;
      if (!isGood) continue;
      rule.right += 1;
      rule.pages.add(page.url);
    }
  }
  const rows = [...rules].map(([name, { pages, right, all }]) => ({
    ...{ corpus: name, cases: `${all} statements` },
    ...{ measure: 'pages it is right on; right of all', pages: pages.size },
    found: `${pages.size}; ${(right / Math.max(1, all)).toFixed(2)}`,
    ...{ atLeast: String(LEAST_PAGES), isEnough: pages.size >= LEAST_PAGES },
  }));
  const thin = rows.filter(({ pages }) => pages < LEAST_PAGES).length;
  const whole = {
    ...{ corpus: 'all rules', cases: `${rows.length} rules` },
    ...{ measure: `right on fewer than ${LEAST_PAGES} pages`, found: thin },
    ...{ atLeast: '0', isEnough: thin === 0 },
  };
  rows.sort((a, b) => a.pages - b.pages || (a.corpus < b.corpus ? -1 : 1));
  return [whole, ...rows.map(({ pages: _, ...row }) => row)];
}
