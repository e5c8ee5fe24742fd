import type { Statement } from '../../../domain/evidence.ts';
import type { Mention } from '../../names/mention.ts';
import type { Range } from '../../text/characters.ts';
import { standingOf } from '../context/certainty.ts';
import { type Argument, type Clause, type Memory, quoteRange } from '../document/clause.ts';
import { datesWithin, mentionsWithin, type TextAnalysis } from '../document/document.ts';
import type { Block } from '../document/markup.ts';
import { argumentOf } from './coreference.ts';
import { type LabelledFact, labelledFact, timelineFact } from './labelled-lines.ts';
import { frameStatements } from './statements.ts';

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
  const text = analysis.folded.slice(block.start, block.end);
  const colon = LABEL.exec(text);
  if (
    colon === null ||
    colon[0].length > LONGEST_LABEL + 3 ||
    text.length - colon[0].length > LONGEST_VALUE
  )
    return [];
  const label = {
    start: block.start,
    end: block.start + colon[0].replace(/[:|\s–—-]+$/, '').length,
  };
  const value = { start: block.start + colon[0].length, end: block.end };
  return pairStatements(analysis, label, value, block, memory, null);
}

const BARE = /^[\W_]*(?:@maker|the|model)?[\W_]*(?:\([^)]*\))?[\W_]*$/;

/** A name alone, under words that say that what is listed ends. */
export function listedStatements(
  analysis: TextAnalysis,
  block: Range,
  memory: Memory,
): readonly Statement[] {
  const [named, second] = mentionsWithin(analysis, block);
  if (!memory.isListOfEnds || named === undefined || second !== undefined) return [];
  const left =
    analysis.folded.slice(block.start, named.span[0]) +
    analysis.folded.slice(named.span[1], block.end);
  if (!BARE.test(analysis.context.lexicon.words.plain(left))) return [];
  return stated(
    analysis,
    block,
    memory,
    { facet: 'retired', qualifiers: {}, polarity: 'support' },
    [argumentOf(named)],
  );
}

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
  const ofRow = named === null ? null : argumentOf(named);
  return rest.flatMap((value, index) => {
    const above = heads[index + 1];
    const ofColumn = above === undefined ? null : onlyName(analysis, above);
    const owner = ofRow ?? ofColumn;
    if (owner === null && (analysis.topic === null || !isPlainLabel(analysis, first))) return [];
    const label = ofRow !== null && above !== undefined ? above : first;
    const said = pairStatements(analysis, label, value, row, memory, owner);
    return said.length > 0 || named === null ? said : remarkOf(analysis, value, named, memory);
  });
}

/** A cell that says something of the model its row is of: "still served", "goes away in May". */
function remarkOf(
  analysis: TextAnalysis,
  cell: Range,
  owner: Mention,
  memory: Memory,
): readonly Statement[] {
  const text = analysis.folded.slice(cell.start, cell.end);
  const start = cell.start + (text.length - text.trimStart().length);
  const end = cell.end - (text.length - text.trimEnd().length);
  const isRemark = /[a-z] [a-z]/.test(text) && mentionsWithin(analysis, cell).length === 0;
  const ofOwner = { ...memory, model: owner, section: owner, several: [], isRival: false };
  return isRemark ? frameStatements(analysis, { start, end }, ofOwner) : [];
}

/** The one model a cell names. */
function onlyName(analysis: TextAnalysis, cell: Range): Argument | null {
  const only = onlyMention(analysis, cell);
  return only === null ? null : argumentOf(only);
}

function onlyMention(analysis: TextAnalysis, cell: Range): Mention | null {
  const [first, second] = mentionsWithin(analysis, cell);
  return first === undefined || second !== undefined ? null : first;
}

function isPlainLabel(analysis: TextAnalysis, range: Range): boolean {
  return (
    datesWithin(analysis, range).length > 0 ||
    analysis.folded.slice(range.start, range.end).trim().length < 40
  );
}

/** The cells of a table row in their columns, empty ones too. */
function cellsOf(analysis: TextAnalysis, { start, end }: Range): readonly Range[] {
  const cells: Range[] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && analysis.folded.charAt(at) !== '|') continue;
    cells.push({ start: from, end: at });
    from = at + 1;
  }
  return cells.slice(1, -1);
}

function pairStatements(
  analysis: TextAnalysis,
  label: Range,
  value: Range,
  whole: Range,
  memory: Memory,
  owner: Argument | null,
): readonly Statement[] {
  const words = analysis.folded.slice(value.start, value.end).trim();
  const inLabel = mentionsWithin(analysis, label);
  const inValue = mentionsWithin(analysis, value);
  const [date] = datesWithin(analysis, value);
  const isDate = date !== undefined && isAll(analysis, value, date);
  const isPast = isDate && date.interval.from.slice(0, 10) <= analysis.today;
  const [named] = inLabel;
  if (named !== undefined && isWhole(analysis, label, named.span) && isPast && words.length < 24) {
    return stated(
      analysis,
      whole,
      memory,
      { facet: 'released', qualifiers: {}, polarity: 'support' },
      [argumentOf(named)],
    );
  }
  const subjects = subjectsOf(
    analysis,
    memory,
    owner,
    inLabel.length === 1 && named !== undefined ? argumentOf(named) : null,
  );
  if (isDay(analysis, label))
    return timeline(analysis, whole, value, memory, subjects, inValue.map(argumentOf));
  const { words: vendorWords, surfaces } = analysis.context.lexicon;
  const said = labelledFact({
    label: vendorWords.plain(analysis.folded.slice(label.start, label.end).trim()),
    value: vendorWords.plain(words),
    isPastDate: isPast,
    isDate: date !== undefined,
    lists: analysis.lists,
    surface: surfaces.find((surface) => analysis.cues.has(label, `surface.${surface}`)) ?? null,
  });
  if (said === null || (inValue.length > 0 && inLabel.length === 0 && owner === null)) return [];
  return stated(analysis, whole, memory, said, subjects);
}

function subjectsOf(
  analysis: TextAnalysis,
  { section }: Memory,
  owner: Argument | null,
  label: Argument | null,
): readonly Argument[] {
  if (owner !== null) return [owner];
  if (label !== null) return [label];
  if (section !== null) return [argumentOf(section)];
  return analysis.topic === null ? [] : [{ subject: analysis.topic, aliasClaimed: false }];
}

/** A label that is a day or a month. */
function isDay(analysis: TextAnalysis, label: Range): boolean {
  const [date] = datesWithin(analysis, label);
  return date !== undefined && isAll(analysis, label, date);
}

function isAll(analysis: TextAnalysis, range: Range, date: Range): boolean {
  const left =
    analysis.folded.slice(range.start, date.start) + analysis.folded.slice(date.end, range.end);
  return analysis.lists['lines.is-all'].test(left);
}

function isWhole(analysis: TextAnalysis, range: Range, span: readonly [number, number]): boolean {
  const left =
    analysis.folded.slice(range.start, span[0]) + analysis.folded.slice(span[1], range.end);
  return /^[\W_]*(?:@maker|the|release|released|launch)?[\W_]*$/.test(
    analysis.context.lexicon.words.plain(left),
  );
}

function timeline(
  analysis: TextAnalysis,
  whole: Range,
  value: Range,
  memory: Memory,
  topic: readonly Argument[],
  named: readonly Argument[],
): readonly Statement[] {
  const section = memory.section;
  const read = frameStatements(analysis, value, { ...memory, section });
  if (read.length > 0) return read.map((one) => ({ ...one, ...quoteRange(analysis, whole) }));
  const facet = timelineFact(analysis.lists, analysis.folded.slice(value.start, value.end));
  if (facet === null) return [];
  return stated(
    analysis,
    whole,
    memory,
    { facet, qualifiers: {}, polarity: 'support' },
    named.length > 0 ? named : topic,
  );
}

function stated(
  analysis: TextAnalysis,
  whole: Range,
  memory: Memory,
  { facet, qualifiers, polarity }: LabelledFact,
  subjects: readonly Argument[],
): readonly Statement[] {
  const clause: Clause = { start: whole.start, end: whole.end, sentence: whole, memory };
  const [date] = datesWithin(analysis, whole);
  const standing = standingOf(
    analysis,
    { family: `${facet === 'priced' ? 'price' : 'label'}.noun`, ...whole },
    clause,
    polarity,
  );
  return subjects.map(({ subject, aliasClaimed }) => ({
    claim: { subject, facet, qualifiers, value: null },
    polarity,
    ...standing,
    effective: null,
    validTime: polarity === 'support' ? (date?.interval ?? null) : null,
    ...quoteRange(analysis, whole),
    silenceOf: null,
    aliasClaimed,
    rule: 'label',
  }));
}
