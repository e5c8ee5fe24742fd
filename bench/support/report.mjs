import { spawnSync } from 'node:child_process';

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

/**
 * Milliseconds of a processor that a command costs from its start to its end, as the shell counts them.
 * @param {string} command
 * @param {readonly string[]} args
 */
export function commandCpu(command, args) {
  const script = '"$@" >/dev/null 2>&1; code=$?; times; exit $code';
  const run = spawnSync('bash', ['-c', script, 'times', command, ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${run.status}.`);
  const spent = run.stdout.trim().split('\n').at(-1) ?? '';
  const seconds = [...spent.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return seconds.reduce((sum, one) => sum + one, 0) * 1000;
}

/**
 * The processor's time of several commands, in turn and again and again, so that all meet the same machine: the median
 * of each in milliseconds.
 * @param {Readonly<Record<string, readonly [string, ...string[]]>>} commands
 * @param {number} rounds
 */
export function cpuInTurn(commands, rounds) {
  /** @type {Map<string, number[]>} */
  const times = new Map(Object.keys(commands).map((name) => [name, []]));
  // The first round warms files and caches up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, [command, ...args]] of Object.entries(commands)) {
      const spent = commandCpu(command, args);
      if (round > 0) times.get(name)?.push(spent);
    }
  }
  return Object.fromEntries([...times].map(([name, all]) => [name, median(all)]));
}

/** @param {string} why */
export function skip(why) {
  process.stdout.write(`skipped: ${why}\n`);
  process.exit(0);
}
