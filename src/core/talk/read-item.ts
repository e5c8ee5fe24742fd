import type { Force, Statement } from '../../domain/evidence.ts';
import { canonicalJson } from '../../domain/ids.ts';
import type { Item } from '../../domain/item.ts';
import { remember, rememberHeading } from './arguments/coreference.ts';
import { weighHeadlines } from './context/headline-certainty.ts';
import { isNoise } from './context/scare-quotes.ts';
import type { Block } from './document/blocks.ts';
import { type Clause, type Memory, NOTHING_NAMED } from './document/clause.ts';
import { type ReadingContext, type Scene, sceneOf } from './document/document.ts';
import { clausesIn, type Range, sentencesIn } from './document/sentences.ts';
import { ellipticDenials } from './rules/elliptical-denial.ts';
import { identityStatements } from './rules/identity.ts';
import { answerStatements } from './rules/question-answers.ts';
import { isSourceList, sourceStatements } from './rules/source-list.ts';
import { statementsIn } from './rules/statements.ts';
import { labelledStatements, rowStatements } from './rules/table-rows.ts';

/** A text that says more is a list of everything, or an attack; each statement is a row to keep and to judge. */
const MOST_STATEMENTS = 1000;
/** Sentences longer than this are data, or an attack. */
const LONGEST_SENTENCE = 2000;

/**
 * What a text says of models: statements with verbatim quotes and their places. Questions, conditions, forecasts,
 * opinions and advice say nothing. Never more than secondary: whose text it is decides elsewhere.
 */
export function readItem(item: Item, context: ReadingContext): readonly Statement[] {
  const scene = sceneOf(item, context);
  if (scene === null || (scene.topic === null && scene.mentions.length === 0)) return [];
  const statements: Statement[] = [];
  let memory: Memory = NOTHING_NAMED;
  for (const [index, block] of scene.blocks.entries()) {
    const read = readBlock(scene, index, memory);
    statements.push(...read.statements);
    memory = block.kind === 'heading' ? rememberHeading(scene, block, block.level) : read.memory;
  }
  return merged(weighHeadlines(scene, statements)).slice(0, MOST_STATEMENTS);
}

interface ReadBlock {
  statements: readonly Statement[];
  memory: Memory;
}

function readBlock(scene: Scene, index: number, memory: Memory): ReadBlock {
  const block = scene.blocks[index];
  if (block === undefined || isNoise(block)) return { statements: [], memory };
  if (isSourceList(scene, block)) return { statements: sourceStatements(scene, block), memory };
  if (block.kind === 'row') {
    return {
      statements: rowStatements(scene, block, headOf(scene, index) ?? block, memory),
      memory,
    };
  }
  return readSentences(scene, block, scene.blocks[index + 1], memory);
}

/** The first row of the table a row stands in. */
function headOf(scene: Scene, index: number): Block | undefined {
  let first = index;
  while (scene.blocks[first - 1]?.kind === 'row') first--;
  return scene.blocks[first];
}

function readSentences(
  scene: Scene,
  block: Block,
  next: Block | undefined,
  before: Memory,
): ReadBlock {
  const sentences = sentencesIn(scene.folded, block);
  const statements: Statement[] = [];
  let memory = before;
  const labelled = block.kind === 'heading' ? [] : labelledStatements(scene, block, memory);
  statements.push(...labelled);
  for (const [index, sentence] of sentences.entries()) {
    const isRead = index === 0 && labelled.length > 0;
    if (isRead || sentence.end - sentence.start > LONGEST_SENTENCE) continue;
    const following = sentences[index + 1] ?? openingOf(scene, block, sentence, next);
    const isAsked =
      isQuestion(scene, sentence) || (block.kind === 'heading' && asks(scene, sentence));
    statements.push(...readSentence(scene, sentence, isAsked, following, memory));
    memory = remember(scene, memory, sentence);
  }
  return { statements: withinMoment(statements, block), memory };
}

/** The first sentence under a heading may answer it, and so may the one below a question that stands alone. */
function openingOf(
  scene: Scene,
  block: Block,
  last: Range,
  next: Block | undefined,
): Range | undefined {
  if (next === undefined || next.kind === 'heading') return undefined;
  const standsAlone = last.start - block.start < 4 && isQuestion(scene, last);
  if (block.kind !== 'heading' && !standsAlone) return undefined;
  return sentencesIn(scene.folded, next)[0];
}

function readSentence(
  scene: Scene,
  sentence: Range,
  isAsked: boolean,
  following: Range | undefined,
  memory: Memory,
): readonly Statement[] {
  if (!scene.hits.has(sentence, 'telling')) return [];
  if (isAsked) return answerStatements(scene, sentence, following, memory);
  const clauses = clausesIn(scene.folded, sentence).map(
    (range): Clause => ({ ...range, sentence, memory }),
  );
  const said = withoutRefuted(
    clauses.flatMap((clause) => statementsIn(scene, clause)),
    scene,
    sentence,
  );
  return [
    ...said,
    ...identityStatements(scene, clauses, memory),
    ...ellipticDenials(scene, clauses),
  ];
}

/** "Claims that it launched are wrong": what a sentence calls false it does not say. */
function withoutRefuted(
  statements: readonly Statement[],
  scene: Scene,
  sentence: Range,
): readonly Statement[] {
  const refutes = scene.hits.within(sentence, 'deny.truth').length > 0;
  return refutes && statements.some(({ polarity }) => polarity === 'deny')
    ? statements.filter(({ polarity }) => polarity === 'deny')
    : statements;
}

function isQuestion(scene: Scene, { start, end }: Range): boolean {
  return /[?？]["'」』)]*$/.test(scene.folded.slice(start, end));
}

/** "Where you get it", "Is it out": a heading that asks needs no mark. */
function asks(scene: Scene, { start, end }: Range): boolean {
  return /^(?:how|where|when|why|who|whose|which|whether|what(?!'s new)|is|are|was|has|have|can|could|may|does|do|did|should|will|would)\b/.test(
    scene.folded.slice(start, end),
  );
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

/** The forces, the firmest first. */
const ORDER: readonly Force[] = [
  'assert',
  'assert_partial',
  'attributed',
  'relayed',
  'report',
  'hedge',
  'inference',
  'forecast',
];

/** One statement for what the same words say twice: the firmest of them, in the order of the text. */
function merged(statements: readonly Statement[]): readonly Statement[] {
  const kept = new Map<string, Statement>();
  for (const statement of statements) {
    const key = `${canonicalJson(statement.claim)} ${statement.polarity} ${statement.span.join('-')}`;
    const known = kept.get(key);
    if (known === undefined || ORDER.indexOf(statement.force) < ORDER.indexOf(known.force)) {
      kept.set(key, statement);
    }
  }
  return [...kept.values()].sort((a, b) => a.span[0] - b.span[0]);
}
