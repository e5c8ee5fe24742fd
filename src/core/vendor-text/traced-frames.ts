import type { Statement } from '../../domain/evidence.ts';
import type { Item } from '../../domain/item.ts';
import { type FrameTrace, takenWords } from '../../domain/language.ts';
import type { Frame } from '../language/frame.ts';
import type { ReadSentence } from '../language/read-sentence.ts';
import { isOwnWord, isUnreal } from './assertion.ts';
import { type Act, type Reading, readItemText } from './reading.ts';
import type { PrimaryContext } from './statement.ts';
import { primaryStatements } from './vendor-statements.ts';

/** Kinds of items whose text is prose; of the others, rows and fields say all there is. */
const PROSE: readonly Item['kind'][] = ['entry', 'model-page', 'post', 'article'];

/** Every frame of a vendor's item, with what was taken from it or why nothing was. */
export function tracedFrames(item: Item, context: PrimaryContext): readonly FrameTrace[] {
  if (!PROSE.includes(item.kind)) return [];
  const reading = readItemText(item, context);
  const statements = primaryStatements(item, context);
  return [...reading.title, ...reading.body].flatMap((sentence) =>
    sentence.frames.map((found) => {
      const act = reading.acts.find(
        ({ frame }) => frame.rule === found.rule && frame.predicate.start === found.predicate.start,
      );
      return traceOf(reading, sentence, act ?? { frame: found, sentence, about: [] }, statements);
    }),
  );
}

function traceOf(
  reading: Reading,
  sentence: ReadSentence,
  act: Act,
  statements: readonly Statement[],
): FrameTrace {
  const { text } = reading.item;
  const { rule, category, predicate, theme, agent, context } = act.frame;
  const said = statements.filter((one) => one.rule === rule && isMarked(one, predicate.start));
  const { polarity, time, aspect, modality, condition, question, attribution, quotation } = context;
  return {
    ...{ rule, category, polarity, modality, condition, question, attribution, quotation },
    sentence: text.slice(sentence.start, sentence.end),
    predicate: text.slice(predicate.start, predicate.end),
    object: text.slice(theme.start, theme.end),
    models: act.about.map(({ subject }) => subject),
    subject: agent === null ? null : text.slice(agent.start, agent.end),
    tense: aspect === 'simple' ? time : `${time} ${aspect}`,
    scope: context.scope,
    states: said.map(takenWords),
    silent: said.length > 0 ? null : silenceOf(reading, act),
  };
}

function isMarked({ marks = [] }: Statement, start: number): boolean {
  return marks.some(({ part, span }) => part === 'predicate' && span[0] === start);
}

/** What keeps a frame from stating anything, the plainest first. */
const SILENCERS: readonly (readonly [(frame: Frame) => boolean, string])[] = [
  [({ context }) => context.question, 'it is a question'],
  [({ context }) => context.quotation, 'it stands in quotation marks'],
  [({ context }) => context.condition, 'it hangs on a condition'],
  [({ context }) => context.attribution !== 'vendor', 'the words are given to somebody else'],
  [({ context }) => context.scope === 'embedded', 'another clause only mentions it'],
  [({ context }) => context.modality === 'ability', 'it is what can be done, and not what is'],
  [({ context }) => context.modality === 'possibility', 'it is only possible'],
  [(frame) => !isOwnWord(frame), 'somebody else does it, and not the vendor'],
  [({ context }) => context.time === 'future', 'it is planned, without a day to wait for'],
  [({ context }) => context.polarity === 'denied', 'it is denied, and no claim rests on that'],
  [({ context }) => context.recalled, 'it tells of an earlier day'],
];

function silenceOf(reading: Reading, { frame, about }: Act): string {
  if (about.length === 0) return `no model that is known is its object (${frame.theme.kind})`;
  if (isUnreal(reading)) return 'the text tells of a joke, a simulation or a mistake';
  const found = SILENCERS.find(([isSo]) => isSo(frame));
  if (found !== undefined) return found[1];
  return 'the channel, the place or the category makes no claim of it, or it was said before';
}
