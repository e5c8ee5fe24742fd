import type { Statement } from '../../../domain/evidence.ts';
import { standingOf } from '../context/certainty.ts';
import type { Block } from '../document/blocks.ts';
import type { Argument, Clause, Memory } from '../document/clause.ts';
import { datesWithin, mentionsWithin, type Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';
import { quoteRange } from '../rules/quote.ts';
import { type LabelledFact, labelledFact, timelineFact } from './labelled-lines.ts';
import { argumentOf } from './resolve.ts';
import { frameStatements } from './statements.ts';

/** A label, a colon, a short value: how far the label may reach, in signs. */
const LONGEST_LABEL = 48;
const LONGEST_VALUE = 160;

const LABEL = /^[^:|\n]{1,48}?(?::(?=\s)|\s[-–—]\s|\s\|\s(?=[^|\n]+$))\s*/;

/** What a line of the shape "label: value" says; empty for a line of another shape. */
export function lineStatements(scene: Scene, block: Range, memory: Memory): readonly Statement[] {
  const text = scene.folded.slice(block.start, block.end);
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
  return pairStatements(scene, label, value, block, memory, null);
}

/** What a table row says: its cells under their heads, its first cell as what they are of. */
export function tableStatements(
  scene: Scene,
  row: Block,
  head: Block,
  memory: Memory,
): readonly Statement[] {
  const [first, ...rest] = cellsOf(scene, row);
  const isHead = head.start === row.start;
  if (first === undefined || (isHead && rest.length > 1)) return [];
  const heads = cellsOf(scene, head);
  const ofRow = isHead ? null : onlyName(scene, first);
  return rest.flatMap((value, index) => {
    const above = heads[index + 1];
    const ofColumn = above === undefined ? null : onlyName(scene, above);
    const owner = ofRow ?? ofColumn;
    if (owner === null && (scene.topic === null || !isPlainLabel(scene, first))) return [];
    const label = ofRow !== null && above !== undefined ? above : first;
    return pairStatements(scene, label, value, row, memory, owner);
  });
}

/** The one model a cell names. */
function onlyName(scene: Scene, cell: Range): Argument | null {
  const [first, second] = mentionsWithin(scene, cell);
  return first === undefined || second !== undefined ? null : argumentOf(first);
}

function isPlainLabel(scene: Scene, range: Range): boolean {
  return (
    datesWithin(scene, range).length > 0 ||
    scene.folded.slice(range.start, range.end).trim().length < 40
  );
}

/** The cells of a table row in their columns, empty ones too. */
function cellsOf(scene: Scene, { start, end }: Range): readonly Range[] {
  const cells: Range[] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && scene.folded.charAt(at) !== '|') continue;
    cells.push({ start: from, end: at });
    from = at + 1;
  }
  return cells.slice(1, -1);
}

function pairStatements(
  scene: Scene,
  label: Range,
  value: Range,
  whole: Range,
  memory: Memory,
  owner: Argument | null,
): readonly Statement[] {
  const words = scene.folded.slice(value.start, value.end).trim();
  const labelled = scene.folded.slice(label.start, label.end).trim();
  const inLabel = mentionsWithin(scene, label);
  const inValue = mentionsWithin(scene, value);
  const [date] = datesWithin(scene, value);
  const isDate = date !== undefined && isAll(scene, value, date);
  const isPast = isDate && date.interval.from.slice(0, 10) <= scene.today;
  const [named] = inLabel;
  if (named !== undefined && isWhole(scene, label, named.span) && isPast && words.length < 24) {
    return stated(
      scene,
      whole,
      memory,
      { facet: 'released', qualifiers: {}, polarity: 'support' },
      [argumentOf(named)],
    );
  }
  const subjects = subjectsOf(
    scene,
    memory,
    owner,
    inLabel.length === 1 && named !== undefined ? argumentOf(named) : null,
  );
  if (isDay(scene, label))
    return timeline(scene, whole, value, memory, subjects, inValue.map(argumentOf));
  const said = labelledFact(labelled, words, isPast, isDate || date !== undefined);
  if (said === null || (inValue.length > 0 && inLabel.length === 0 && owner === null)) return [];
  return stated(scene, whole, memory, said, subjects);
}

function subjectsOf(
  scene: Scene,
  { section }: Memory,
  owner: Argument | null,
  label: Argument | null,
): readonly Argument[] {
  if (owner !== null) return [owner];
  if (label !== null) return [label];
  if (section !== null) return [argumentOf(section)];
  return scene.topic === null ? [] : [{ subject: scene.topic, aliasClaimed: false }];
}

/** A label that is a day or a month. */
function isDay(scene: Scene, label: Range): boolean {
  const [date] = datesWithin(scene, label);
  return date !== undefined && isAll(scene, label, date);
}

function isAll(scene: Scene, range: Range, date: Range): boolean {
  const left =
    scene.folded.slice(range.start, date.start) + scene.folded.slice(date.end, range.end);
  return /^[\W_]*(?:(?:on|in|since|early|mid|late|day unknown|est|utc|pt)[\W_]*)*$/.test(left);
}

function isWhole(scene: Scene, range: Range, span: readonly [number, number]): boolean {
  const left = scene.folded.slice(range.start, span[0]) + scene.folded.slice(span[1], range.end);
  return /^[\W_]*(?:openai|the|release|released|launch)?[\W_]*$/.test(left);
}

function timeline(
  scene: Scene,
  whole: Range,
  value: Range,
  memory: Memory,
  topic: readonly Argument[],
  named: readonly Argument[],
): readonly Statement[] {
  const section = memory.section;
  const read = frameStatements(scene, value, { ...memory, section });
  if (read.length > 0) return read.map((one) => ({ ...one, ...quoteRange(scene, whole) }));
  const facet = timelineFact(scene.folded.slice(value.start, value.end));
  if (facet === null) return [];
  return stated(
    scene,
    whole,
    memory,
    { facet, qualifiers: {}, polarity: 'support' },
    named.length > 0 ? named : topic,
  );
}

function stated(
  scene: Scene,
  whole: Range,
  memory: Memory,
  { facet, qualifiers, polarity }: LabelledFact,
  subjects: readonly Argument[],
): readonly Statement[] {
  const clause: Clause = { start: whole.start, end: whole.end, sentence: whole, memory };
  const [date] = datesWithin(scene, whole);
  const standing = standingOf(
    scene,
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
    ...quoteRange(scene, whole),
    silenceOf: null,
    aliasClaimed,
    rule: `label.${facet}`,
  }));
}
