import type { Statement } from '../../domain/evidence.ts';
import type { Item } from '../../domain/item.ts';
import { type FrameTrace, takenWords } from '../../domain/language.ts';
import type { Range } from '../text/characters.ts';
import { analysisOf, type ReadingContext, type TextAnalysis } from './document/document.ts';
import { isQuestion } from './document/sentences.ts';
import { assertedBy } from './frames/asserted.ts';
import type { Frame } from './frames/frame.ts';
import { framesIn } from './frames/frames.ts';
import type { Filler } from './frames/noun-phrases.ts';
import { rangeOf } from './frames/statement.ts';
import { readItem } from './read-item.ts';
import type { ParsedSentence } from './syntax/clauses.ts';

/** Every predicate frame of what somebody else writes, with what was taken from it or why nothing was. */
export function tracedTalk(item: Item, context: ReadingContext): readonly FrameTrace[] {
  const analysis = analysisOf(item, context);
  if (analysis === null || analysis.language !== 'en') return [];
  const statements = readItem(item, context);
  return analysis.blocks
    .flatMap((block) => analysis.sentencesOf(block))
    .flatMap((sentence) => {
      const parsed = analysis.parse(sentence);
      return framesIn(analysis, parsed, context.predicates).flatMap(([frame]) =>
        frame === undefined ? [] : [traceOf(analysis, parsed, sentence, frame, statements)],
      );
    });
}

function traceOf(
  analysis: TextAnalysis,
  parsed: ParsedSentence,
  sentence: Range,
  frame: Frame,
  statements: readonly Statement[],
): FrameTrace {
  const { text } = analysis.item;
  const { entry, group, agent } = frame;
  const predicate = rangeOf(parsed, frame.at, frame.to);
  const question = isQuestion(analysis.folded, sentence);
  const held = assertedBy(parsed, frame);
  const said = statements.filter(
    ({ rule, marks = [] }) =>
      rule === entry.id && marks.some(({ span }) => span[0] === predicate.start),
  );
  const models = frame.model.kind === 'named' ? frame.model.mentions : [];
  return {
    ...{ rule: entry.id, category: entry.says, question },
    sentence: text.slice(sentence.start, sentence.end),
    predicate: text.slice(predicate.start, predicate.end),
    object: objectOf(frame.model),
    models: models.map(({ subject }) => subject),
    subject: agent === 'unknown' ? null : agent,
    polarity: held === 'deny' || group.isNegated ? 'denied' : 'affirmed',
    tense: tenseOf(frame),
    modality: group.modal ?? group.governed ?? 'none',
    condition: held === null && group.modal === null && group.governed === null,
    attribution: 'other',
    quotation: false,
    scope: frame.clause.kind,
    states: said.map(takenWords),
    silent: said.length > 0 ? null : silenceOf(frame, held, question),
  };
}

function objectOf(model: Filler): string | null {
  switch (model.kind) {
    case 'named':
      return model.mentions.map(({ text }) => text).join(', ');
    case 'anaphor':
      return model.isPlural ? 'they' : 'it';
    case 'ellipsis':
      return null;
  }
}

function tenseOf({ form, group }: Frame): string {
  if (group.modal === 'will' || group.modal === 'would') return 'future';
  const time = group.isPast || (form === 'past' && !group.hasHave) ? 'past' : 'present';
  return group.hasHave ? `${time} perfect` : time;
}

/** The first thing that keeps a frame from stating anything. */
function silenceOf({ group }: Frame, held: 'support' | 'deny' | null, question: boolean): string {
  if (question) return 'it is a question';
  if (held === null && group.modal !== null) return `it is only what ${group.modal} be`;
  if (held === null && group.governed !== null) return `it is ${group.governed}`;
  if (held === null) return 'it is supposed, doubted or imagined';
  return 'no model is meant, it is held at a distance, or the gate holds it back';
}
