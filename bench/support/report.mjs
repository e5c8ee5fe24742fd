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
  return quantile(values, 0.5);
}

/**
 * The value below which a share of them lies.
 * @param {readonly number[]} values
 * @param {number} share
 */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

/** What time it is, for all processes of a measurement alike, in milliseconds. */
export function wallTime() {
  return performance.timeOrigin + performance.now();
}

/** Peak resident memory of this process so far, in MB. */
export function peakMemory() {
  return process.resourceUsage().maxRSS / 1024;
}

/** Seconds of a processor that this process has used so far: what a machine busy with other work does not stretch much. */
export function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** @param {string} why */
export function skip(why) {
  process.stdout.write(`skipped: ${why}\n`);
  process.exit(0);
}
