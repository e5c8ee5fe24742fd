import type { Force, Statement } from '../../domain/evidence.ts';
import { canonicalJson } from '../../domain/ids.ts';
import type { Item } from '../../domain/item.ts';
import { weighHeadlines } from './context/headline-certainty.ts';
import { isNoise } from './context/scare-quotes.ts';
import type { Block } from './document/blocks.ts';
import { type Memory, NOTHING_NAMED } from './document/clause.ts';
import { type ReadingContext, type Scene, sceneOf } from './document/document.ts';
import { type Range, sentencesIn } from './document/sentences.ts';
import { answerStatements } from './frames/answers.ts';
import { lineStatements, tableStatements } from './frames/lines.ts';
import { remember, rememberHeading } from './frames/memory.ts';
import { plainStatements } from './frames/other-languages.ts';
import { frameStatements } from './frames/statements.ts';
import { certainOf } from './gate/certain-statements.ts';
import { isSourceList, sourceStatements } from './rules/source-list.ts';

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
  if (scene === null) return [];
  const proposed = proposedIn(scene);
  const said = context.gate === null ? proposed : certainOf(scene, proposed, context.gate);
  const sayable = said.filter((one) => isSayable(scene, one));
  return merged(weighHeadlines(scene, sayable)).slice(0, MOST_STATEMENTS);
}

/** What the rules propose; the gate has yet to see it, and learns from it.
 * @public */
export function proposedIn(scene: Scene): readonly Statement[] {
  if (scene.topic === null && scene.mentions.length === 0) return [];
  const statements: Statement[] = [];
  let memory: Memory = NOTHING_NAMED;
  for (const [index, block] of scene.blocks.entries()) {
    const read = readBlock(scene, index, memory);
    statements.push(...read.statements);
    memory = block.kind === 'heading' ? rememberHeading(scene, block, block.level) : read.memory;
  }
  return statements;
}

/** A codename is seen in tests; what is released has a name of its own. */
function isSayable({ context }: Scene, { claim: { subject, facet } }: Statement): boolean {
  return (
    context.names.subject(subject)?.kind !== 'codename' ||
    /^(?:limited_test|exists|identity)$/.test(facet)
  );
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
      statements: tableStatements(scene, block, headOf(scene, index) ?? block, memory),
      memory,
    };
  }
  const next = scene.blocks[index + 1];
  if (block.kind !== 'item') return readSentences(scene, block, next, memory);
  // An entry of a list begins anew, and leaves what was spoken of before as it was.
  const read = readSentences(scene, block, next, { ...memory, model: null });
  return { ...read, memory };
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
  const labelled = block.kind === 'heading' ? [] : lineStatements(scene, block, memory);
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
  if (scene.language !== 'en') return isAsked ? [] : plainStatements(scene, sentence, memory);
  if (isAsked) return answerStatements(scene, sentence, following, memory);
  return frameStatements(scene, sentence, memory);
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
