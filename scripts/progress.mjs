/**
 * Where set-up tells what it does. `line` is said once and stays; `status` says how far the running step is, in place
 * on a terminal and now and then elsewhere.
 * @typedef {object} Progress
 * @property {(text: string) => void} line
 * @property {(text: string) => void} status
 */

const STATUS_EVERY = 15_000;

/**
 * @param {{ write(text: string): unknown, isTTY?: boolean, columns?: number }} out
 * @returns {Progress}
 */
export function progressOn(out) {
  const isTerminal = out.isTTY === true;
  const clear = isTerminal ? '\r\u001b[K' : '';
  let saidAt = performance.now();
  return {
    line(text) {
      saidAt = performance.now();
      out.write(`${clear}${text}\n`);
    },
    status(text) {
      if (isTerminal) {
        out.write(`${clear}${text.slice(0, (out.columns ?? 80) - 1)}`);
      } else if (performance.now() - saidAt >= STATUS_EVERY) {
        saidAt = performance.now();
        out.write(`${text}\n`);
      }
    },
  };
}

/** @param {number} since a reading of `performance.now()` */
export function secondsSince(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
