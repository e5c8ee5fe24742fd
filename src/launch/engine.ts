/**
 * How much of a function runs, in bytes of its byte code, before V8 weighs compiling it for speed. At the 132 KB of V8 11 it
 * does so before it has seen the shapes that a sentence, a page or a row can have, and throws away much of what it compiled:
 * a process that reads its first pages takes 1.3 times the processor time, and one that has read hundreds takes the same.
 * docs/performance.md has the figures.
 */
const BUDGET = 600_000;

/** The flags of V8 that the program runs best with. From V8 12 on it goes by calls, and has no such flag. */
export function engineFlags(v8 = process.versions.v8): readonly string[] {
  return v8.startsWith('11.') ? [`--interrupt-budget=${BUDGET}`] : [];
}
