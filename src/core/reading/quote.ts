import type { Clause } from './discourse.ts';
import type { Scene } from './scene.ts';
import type { Range } from './sentences.ts';

/** A sentence up to this long is quoted whole: a reader sees what was around the words. */
const LONGEST_SENTENCE = 260;
const LONGEST_QUOTE = 380;

/** The words a statement rests on, verbatim, with their place in the item's text. */
export function quoteOf(
  scene: Scene,
  { start, end, sentence }: Clause,
): { quote: string; span: readonly [number, number] } {
  const whole = sentence.end - sentence.start <= LONGEST_SENTENCE;
  return quoteRange(scene, whole ? sentence : { start, end });
}

export function quoteRange(
  scene: Scene,
  { start, end }: Range,
): { quote: string; span: readonly [number, number] } {
  const last = Math.min(end, start + LONGEST_QUOTE);
  return { quote: scene.item.text.slice(start, last), span: [start, last] };
}
