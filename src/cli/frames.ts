import type { FrameTrace } from '../domain/language.ts';
import { terminal, wrapped } from './print.ts';

/** How each sentence was read, frame by frame: for who writes rules, and asks why one said nothing. */
export function printFrames(frames: readonly FrameTrace[]): void {
  let sentence: string | null = null;
  for (const frame of frames) {
    if (frame.sentence !== sentence) {
      sentence = frame.sentence;
      line(2, `“${sentence.replace(/\s+/g, ' ')}”`);
    }
    line(4, lineOf(frame));
    const outcome =
      frame.silent === null
        ? `states ${frame.states.join(', ')}`
        : `states nothing: ${frame.silent}`;
    line(6, outcome);
  }
}

function line(depth: number, text: string): void {
  const indent = ' '.repeat(depth);
  terminal.line(indent + wrapped(text, terminal.width - depth, `${indent}  `));
}

function lineOf(frame: FrameTrace): string {
  const { rule, category, predicate, object, models, subject, quotation, condition } = frame;
  const meant = models.length === 0 ? '' : ` (${models.join(', ')})`;
  const parts = [
    `${category} by ${rule}: “${predicate}”`,
    `object ${object === null ? 'none' : `“${object}”`}${meant}`,
    `subject ${subject === null ? 'none' : `“${subject}”`}`,
    frame.polarity,
    frame.tense,
    ...(frame.modality === 'none' ? [] : [`modality ${frame.modality}`]),
    ...(condition ? ['on a condition'] : []),
    ...(frame.question ? ['question'] : []),
    ...(quotation ? ['quoted'] : []),
    `said by ${frame.attribution}`,
    `${frame.scope} clause`,
  ];
  return parts.join('; ');
}
