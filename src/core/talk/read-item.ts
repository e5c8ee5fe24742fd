import { FIRMEST_FIRST, type Statement } from '../../domain/evidence.ts';
import { canonicalJson } from '../../domain/ids.ts';
import type { Item } from '../../domain/item.ts';
import type { Range } from '../text/characters.ts';
import { weighHeadlines } from './context/certainty.ts';
import { isCriterion, isNoise } from './context/distance.ts';
import { type Memory, NOTHING_NAMED } from './document/clause.ts';
import { analysisOf, type ReadingContext, type TextAnalysis } from './document/document.ts';
import type { Block } from './document/markup.ts';
import { isQuestion, LONGEST_SENTENCE } from './document/sentences.ts';
import { answerStatements } from './frames/answers.ts';
import { remember, rememberHeading } from './frames/coreference.ts';
import { lineStatements, listedStatements, tableStatements } from './frames/lines.ts';
import { plainStatements } from './frames/other-languages.ts';
import { isSourceList, sourceStatements } from './frames/source-list.ts';
import { frameStatements } from './frames/statements.ts';
import { certainOf } from './gate/certain-statements.ts';

/** A text that says more is a list of everything, or an attack; each statement is a row to keep and to judge. */
const MOST_STATEMENTS = 1000;

/**
 * What a text says of models: statements with verbatim quotes and their places. Questions, conditions, forecasts,
 * opinions and advice say nothing. Never more than secondary: whose text it is decides elsewhere.
 */
export function readItem(item: Item, context: ReadingContext): readonly Statement[] {
  const analysis = analysisOf(item, context);
  if (analysis === null || (analysis.topic === null && analysis.mentions.length === 0)) return [];
  const proposed = proposedIn(analysis);
  const said = context.gate === null ? proposed : certainOf(analysis, proposed, context.gate);
  const sayable = said.filter((one) => isSayable(analysis, one));
  return merged(weighHeadlines(analysis, sayable)).slice(0, MOST_STATEMENTS);
}

/** What the rules propose; the gate has yet to see it, and learns from it.
 * @public */
export function proposedIn(analysis: TextAnalysis): readonly Statement[] {
  const statements: Statement[] = [];
  let memory: Memory = NOTHING_NAMED;
  for (const [index, block] of analysis.blocks.entries()) {
    const read = readBlock(analysis, index, memory);
    statements.push(...read.statements);
    memory = block.kind === 'heading' ? rememberHeading(analysis, block, block.level) : read.memory;
  }
  return statements;
}

/** A codename is seen in tests; what is released has a name of its own. */
function isSayable({ context }: TextAnalysis, { claim: { subject, facet } }: Statement): boolean {
  return (
    context.names.subject(subject)?.kind !== 'codename' ||
    /^(?:limited_test|exists|identity)$/.test(facet)
  );
}

interface ReadBlock {
  statements: readonly Statement[];
  memory: Memory;
}

function readBlock(analysis: TextAnalysis, index: number, memory: Memory): ReadBlock {
  const block = analysis.blocks[index];
  if (block === undefined || isNoise(block) || isCriterion(analysis, block))
    return { statements: [], memory };
  if (isSourceList(analysis, block))
    return { statements: sourceStatements(analysis, block), memory };
  if (block.kind === 'row') {
    return {
      statements: tableStatements(analysis, block, headOf(analysis, index) ?? block, memory),
      memory,
    };
  }
  const next = analysis.blocks[index + 1];
  if (block.kind !== 'item') return readSentences(analysis, block, next, memory);
  // An entry of a list begins anew, and leaves what was spoken of before as it was.
  const read = readSentences(analysis, block, next, { ...memory, model: null });
  return { ...read, memory };
}

/** The first row of the table a row stands in. */
function headOf(analysis: TextAnalysis, index: number): Block | undefined {
  let first = index;
  while (analysis.blocks[first - 1]?.kind === 'row') first--;
  return analysis.blocks[first];
}

function readSentences(
  analysis: TextAnalysis,
  block: Block,
  next: Block | undefined,
  before: Memory,
): ReadBlock {
  const sentences = analysis.sentencesOf(block);
  const statements: Statement[] = [];
  let memory = before;
  const labelled =
    block.kind === 'heading'
      ? []
      : [...lineStatements(analysis, block, memory), ...listedStatements(analysis, block, memory)];
  statements.push(...labelled);
  for (const [index, sentence] of sentences.entries()) {
    const isRead = index === 0 && labelled.length > 0;
    if (isRead || sentence.end - sentence.start > LONGEST_SENTENCE) continue;
    const following = sentences[index + 1] ?? openingOf(analysis, block, sentence, next);
    const isAsked =
      isQuestion(analysis.folded, sentence) ||
      (block.kind === 'heading' && asks(analysis, sentence));
    statements.push(...readSentence(analysis, sentence, isAsked, following, memory));
    memory = remember(analysis, memory, sentence);
  }
  return { statements: withinMoment(statements, block), memory };
}

/** The first sentence under a heading may answer it, and so may the one below a question that stands alone. */
function openingOf(
  analysis: TextAnalysis,
  block: Block,
  last: Range,
  next: Block | undefined,
): Range | undefined {
  if (next === undefined || next.kind === 'heading') return undefined;
  const standsAlone = last.start - block.start < 4 && isQuestion(analysis.folded, last);
  if (block.kind !== 'heading' && !standsAlone) return undefined;
  return analysis.sentencesOf(next)[0];
}

function readSentence(
  analysis: TextAnalysis,
  sentence: Range,
  isAsked: boolean,
  following: Range | undefined,
  memory: Memory,
): readonly Statement[] {
  if (analysis.language !== 'en') return isAsked ? [] : plainStatements(analysis, sentence, memory);
  if (isAsked) return answerStatements(analysis, sentence, following, memory);
  return frameStatements(analysis, sentence, memory);
}

/** "Where you get it", "Is it out": a heading that asks needs no mark. */
function asks(analysis: TextAnalysis, { start, end }: Range): boolean {
  return analysis.lists['read-item.asks'].test(analysis.folded.slice(start, end));
}

/** A moment that one sentence of a paragraph gives is the moment of the whole paragraph. */
function withinMoment(statements: readonly Statement[], block: Block): readonly Statement[] {
  if (block.kind === 'heading') return statements;
  const spoken = statements.find(({ effective }) => effective !== null)?.effective ?? null;
  if (spoken === null) return statements;
  return statements.map((one) =>
    one.effective === null && one.validTime === null ? { ...one, effective: spoken } : one,
  );
}

/** One statement for what the same words say twice: the firmest of them, in the order of the text. */
function merged(statements: readonly Statement[]): readonly Statement[] {
  const kept = new Map<string, Statement>();
  for (const statement of statements) {
    const key = `${canonicalJson(statement.claim)} ${statement.polarity} ${statement.span.join('-')}`;
    const known = kept.get(key);
    if (
      known === undefined ||
      FIRMEST_FIRST.indexOf(statement.force) < FIRMEST_FIRST.indexOf(known.force)
    ) {
      kept.set(key, statement);
    }
  }
  return [...kept.values()].sort((a, b) => a.span[0] - b.span[0]);
}
