/**
 * One line a figure, with the target it is held to; a ratio is one within the same run.
 * @param {string} what
 * @param {number | string} value
 * @param {string} unit
 */
export function figure(what, value, unit, target = '') {
  const shown = typeof value === 'number' ? rounded(value) : value;
  const goal = target === '' ? '' : `  (target ${target})`;
  process.stdout.write(`${what.padEnd(62)} ${String(shown).padStart(10)} ${unit}${goal}\n`);
}

/** @param {number} value */
function rounded(value) {
  if (Math.abs(value) >= 100) return Math.round(value);
  return Math.round(value * 1000) / 1000;
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Peak resident memory of this process so far, in MB. */
export function peakMemory() {
  return process.resourceUsage().maxRSS / 1024;
}

/** @param {string} why */
export function skip(why) {
  process.stdout.write(`skipped: ${why}\n`);
  process.exit(0);
}
