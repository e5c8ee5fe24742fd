import type { Statement } from '../../../domain/evidence.ts';
import type { Mention } from '../../names/mention.ts';
import type { Range } from '../../text/characters.ts';
import { standingOf } from '../context/certainty.ts';
import { type Argument, type Memory, quoteRange, statementOf } from '../document/clause.ts';
import { datesWithin, mentionsWithin, type TextAnalysis, textOf } from '../document/document.ts';
import type { Block } from '../document/markup.ts';
import { argumentOf, topicOf } from './coreference.ts';
import { type LabelledFact, labelledFact, timelineFact } from './labelled-lines.ts';
import { frameStatements } from './statements.ts';

/** A line or a row in its place: what it says is quoted whole. */
interface Line {
  analysis: TextAnalysis;
  whole: Range;
  memory: Memory;
}

/** A label, a colon, a short value: how far the label may reach, in characters. */
const LONGEST_LABEL = 48;
const LONGEST_VALUE = 160;

const LABEL = /^[^:|\n]{1,48}?(?::(?=\s)|\s[-–—]\s|\s\|\s(?=[^|\n]+$))\s*/;

/** What a line of the shape "label: value" says; empty for a line of another shape. */
export function lineStatements(
  analysis: TextAnalysis,
  block: Range,
  memory: Memory,
): readonly Statement[] {
  const text = textOf(analysis, block);
  const [front] = LABEL.exec(text) ?? [];
  if (front === undefined || front.length > LONGEST_LABEL + 3) return [];
  if (text.length - front.length > LONGEST_VALUE) return [];
  const { start, end } = block;
  const label = { start, end: start + front.replace(/[:|\s–—-]+$/, '').length };
  const line = { analysis, whole: block, memory };
  return pairStatements(line, label, { start: start + front.length, end }, null);
}

const BARE = /^[\W_]*(?:@maker|the|model)?[\W_]*(?:\([^)]*\))?[\W_]*$/;

/** A name alone, under words that say that what is listed ends. */
export function listedStatements(
  analysis: TextAnalysis,
  block: Range,
  memory: Memory,
): readonly Statement[] {
  const named = onlyMention(analysis, block);
  if (!memory.isListOfEnds || named === null || !BARE.test(around(analysis, block, rangeOf(named))))
    return [];
  return stated({ analysis, whole: block, memory }, SAID.retired, [argumentOf(named)]);
}

const SAID = {
  retired: { facet: 'retired', qualifiers: {}, polarity: 'support' },
  released: { facet: 'released', qualifiers: {}, polarity: 'support' },
} as const;

/** What a table row says: its cells under their heads, its first cell as what they are of. */
export function tableStatements(
  analysis: TextAnalysis,
  row: Block,
  head: Block,
  memory: Memory,
): readonly Statement[] {
  const [first, ...rest] = cellsOf(analysis, row);
  const isHead = head.start === row.start;
  if (first === undefined || (isHead && rest.length > 1)) return [];
  const heads = cellsOf(analysis, head);
  const named = isHead ? null : onlyMention(analysis, first);
  const line = { analysis, whole: row, memory };
  return rest.flatMap((value, index) => {
    const above = heads[index + 1];
    const owner = named ?? (above === undefined ? null : onlyMention(analysis, above));
    if (owner === null && analysis.topic === null) return [];
    const label = named !== null && above !== undefined ? above : first;
    const said = pairStatements(line, label, value, owner);
    return said.length > 0 || named === null ? said : remarkOf(line, value, named);
  });
}

/** A cell that says something of the model its row is of: "still served", "goes away in May". */
function remarkOf({ analysis, memory }: Line, cell: Range, owner: Mention): readonly Statement[] {
  const text = textOf(analysis, cell);
  const start = cell.start + (text.length - text.trimStart().length);
  const end = cell.end - (text.length - text.trimEnd().length);
  const isRemark = /[a-z] [a-z]/.test(text) && mentionsWithin(analysis, cell).length === 0;
  const ofOwner = { ...memory, model: owner, section: owner, several: [], isRival: false };
  return isRemark ? frameStatements(analysis, { start, end }, ofOwner) : [];
}

function onlyMention(analysis: TextAnalysis, range: Range): Mention | null {
  const [first = null, second] = mentionsWithin(analysis, range);
  return second === undefined ? first : null;
}

/** The cells of a table row in their columns, empty ones too. */
function cellsOf(analysis: TextAnalysis, row: Range): readonly Range[] {
  let { start } = row;
  const cells = textOf(analysis, row)
    .split('|')
    .map(({ length }) => {
      const cell = { start, end: start + length };
      start = cell.end + 1;
      return cell;
    });
  return cells.slice(1, -1);
}

const OF_RELEASE = /^[\W_]*(?:@maker|the|release|released|launch)?[\W_]*$/;

function pairStatements(
  line: Line,
  label: Range,
  value: Range,
  owner: Mention | null,
): readonly Statement[] {
  const { analysis, memory } = line;
  const { words, surfaces } = analysis.context.lexicon;
  const text = textOf(analysis, value).trim();
  const inLabel = mentionsWithin(analysis, label);
  const inValue = mentionsWithin(analysis, value);
  const [date] = datesWithin(analysis, value);
  const isPast = isDay(analysis, value) && isBefore(date?.interval.from, analysis.today);
  const [named] = inLabel;
  const isRelease = named !== undefined && isPast && text.length < 24;
  if (isRelease && OF_RELEASE.test(around(analysis, label, rangeOf(named)))) {
    return stated(line, SAID.released, [argumentOf(named)]);
  }
  const model = owner ?? onlyMention(analysis, label);
  const subjects =
    model === null ? topicOf(analysis, { ...memory, isRival: false }) : [argumentOf(model)];
  if (isDay(analysis, label)) return timeline(line, value, subjects, inValue.map(argumentOf));
  const said = labelledFact({
    label: words.plain(textOf(analysis, label).trim()),
    value: words.plain(text),
    isPastDate: isPast,
    isDate: date !== undefined,
    lists: analysis.lists,
    surface: surfaces.find((surface) => analysis.cues.has(label, `surface.${surface}`)) ?? null,
  });
  if (said === null || (inValue.length > 0 && inLabel.length === 0 && owner === null)) return [];
  return stated(line, said, subjects);
}

function isBefore(moment: string | undefined, today: string): boolean {
  return moment !== undefined && moment.slice(0, 10) <= today;
}

/** Whether a stretch is a day or a month, and nothing besides. */
function isDay(analysis: TextAnalysis, range: Range): boolean {
  const [date] = datesWithin(analysis, range);
  return date !== undefined && analysis.lists['lines.is-all'].test(around(analysis, range, date));
}

function rangeOf({ span: [start, end] }: Mention): Range {
  return { start, end };
}

/** A stretch without a part of it, vendors' words as what they stand for. */
function around(analysis: TextAnalysis, range: Range, { start, end }: Range): string {
  const before = textOf(analysis, { start: range.start, end: start });
  const behind = textOf(analysis, { start: end, end: range.end });
  return analysis.context.lexicon.words.plain(before + behind);
}

function timeline(
  line: Line,
  value: Range,
  topic: readonly Argument[],
  named: readonly Argument[],
): readonly Statement[] {
  const { analysis, whole, memory } = line;
  const read = frameStatements(analysis, value, memory);
  if (read.length > 0) return read.map((one) => ({ ...one, ...quoteRange(analysis, whole) }));
  const facet = timelineFact(analysis.lists, textOf(analysis, value));
  if (facet === null) return [];
  const said = { facet, qualifiers: {}, polarity: 'support' } as const;
  return stated(line, said, named.length > 0 ? named : topic);
}

function stated(
  { analysis, whole, memory }: Line,
  { polarity, ...claimed }: LabelledFact,
  subjects: readonly Argument[],
): readonly Statement[] {
  const [date] = datesWithin(analysis, whole);
  const family = claimed.facet === 'priced' ? 'price.noun' : 'label.noun';
  const clause = { ...whole, sentence: whole, memory };
  const said = {
    ...{ polarity, ...standingOf(analysis, { family, ...whole }, clause, polarity) },
    ...{ validTime: polarity === 'support' ? (date?.interval ?? null) : null, rule: 'label' },
    ...quoteRange(analysis, whole),
  };
  return subjects.map((subject) => statementOf(subject, claimed, said));
}
