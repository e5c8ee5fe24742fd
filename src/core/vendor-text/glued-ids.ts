import type { Instant } from '../../domain/time.ts';
import type { Mention } from '../names/mention.ts';
import type { Names } from '../names/names.ts';

/** What is known by when. */
interface Known {
  names: Names;
  at: Instant;
}

/** A run of the signs that ids are made of, longer than most ids and no longer than a handful. */
const RUN = /(?<![a-z0-9._-])[a-z][a-z0-9.-]{15,240}(?![a-z0-9_-])/g;

/**
 * The ids of a run that holds several with nothing between them, as where each stands in a frame of its own on the page:
 * "gemini-9-flashgemini-9-pro". Each must be an id from its first sign to its last.
 */
export function gluedIds(text: string, context: Known): readonly Mention[] {
  return [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => {
    const cuts = cutsIn(run, context);
    if (cuts.length === 0) return [];
    const starts = [0, ...cuts];
    const ids = starts.map((start, at) => run.slice(start, starts[at + 1]));
    const found = ids.map((id) => wholeId(id, context));
    if (found.some((one) => one === null)) return [];
    return found.flatMap((one, at) => {
      const start = index + (starts[at] ?? 0);
      return one === null ? [] : [{ ...one, span: [start, start + one.text.length] as const }];
    });
  });
}

/** Where the words that open an id stand right behind a letter or digit. */
function cutsIn(run: string, { names }: Known): readonly number[] {
  return [...run.matchAll(/(?<=[a-z0-9])(?=[a-z])/g)]
    .map(({ index }) => index)
    .filter((index) => names.rootOf(run.slice(index)) !== null);
}

function wholeId(id: string, { names, at }: Known): Mention | null {
  const [mention] = names.find(id, at);
  return mention?.span[1] === id.length && mention.span[0] === 0 ? mention : null;
}
