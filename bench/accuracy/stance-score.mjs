/** @typedef {'for' | 'against' | 'observing'} Stance */

/** @type {readonly Stance[]} */
const STANCES = ['for', 'against', 'observing'];

/**
 * The mean of the F1 of the three stances, each weighing the same, however many headlines it has.
 * @param {readonly { said: Stance, labelled: Stance }[]} cases
 */
export function macroF1(cases) {
  const scores = STANCES.map((stance) => {
    const both = cases.filter(({ said, labelled }) => said === stance && labelled === stance);
    const either = cases.filter(
      ({ said, labelled }) => (said === stance) !== (labelled === stance),
    );
    return (2 * both.length) / (2 * both.length + either.length || 1);
  });
  return scores.reduce((sum, one) => sum + one, 0) / STANCES.length;
}
