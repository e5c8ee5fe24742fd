/** Whether this is the long run of `npm run soak`; `npm test` runs the same trials in a short form. */
const IS_LONG = process.env['FIRSTHAND_SOAK'] === 'long';

/** How much of something a trial takes: little in the tests, all of it in the soak. */
export function amount(short: number, long: number): number {
  return IS_LONG ? long : short;
}

/** Time for a trial: a limit is for what hangs, and a long run is long. */
export const TIMEOUT = IS_LONG ? 6 * 3_600_000 : 900_000;

/** Shows a figure of the long run; the short one proves and measures nothing. */
export function figure(what: string, value: string | number): void {
  if (IS_LONG) process.stdout.write(`${what.padEnd(60)} ${value}\n`);
}

/** Numbers from 0 to 1 that a seed decides, by Marsaglia's xorshift of 32 bits. */
export function seededNumbers(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
