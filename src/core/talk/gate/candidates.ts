import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Facet } from '../../../domain/facet.ts';
import type { ClaimClass } from '../../../domain/language.ts';
import type { Mention } from '../../names/mention.ts';
import type { Range } from '../../text/characters.ts';
import { firstFrom } from '../cues/cue-index.ts';
import { mentionsWithin, type TextAnalysis } from '../document/document.ts';
import type { Block } from '../document/markup.ts';
import { LONGEST_SENTENCE } from '../document/sentences.ts';

/** How a model comes to be thought of at a sentence. */
export type Link = 'named' | 'before' | 'section' | 'topic' | 'rule';

/** A sentence and a model it may say something of. */
export interface Candidate {
  subject: string;
  link: Link;
  /** The first place where the sentence names it. */
  mention: Mention | null;
  sentence: SentenceInPlace;
}

/** A sentence with what stands around it. */
export interface SentenceInPlace extends Range {
  /** The sentence as its block has it. */
  range: Range;
  block: Block;
  /** All models it names, in order. */
  mentions: readonly Mention[];
  /** What rules read in it. */
  said: readonly Statement[];
  before: Range | null;
}

const LAUNCH: ReadonlySet<Facet> = new Set([
  'released',
  'announced',
  'api_listed',
  'product_available',
]);
const SUPPORTED: Partial<Readonly<Record<Facet, ClaimClass>>> = {
  retired: 'end+',
  deprecated: 'end+',
  limited_test: 'test+',
  documented: 'document+',
  sdk_typed: 'document+',
  priced: 'price+',
  identity: 'identity+',
};

/** The class of a claim; null for what is too rare to learn. */
export function classOf(facet: Facet, polarity: Polarity): ClaimClass | null {
  if (LAUNCH.has(facet)) return polarity === 'deny' ? 'launch-' : 'launch+';
  return polarity === 'deny' ? null : (SUPPORTED[facet] ?? null);
}

/** More than any page has: what is longer is data. */
const MOST_SENTENCES = 5000;

/** Every sentence with every model it may speak of: those it names, else the one before, of the section, of the text. */
export function candidatesIn(
  analysis: TextAnalysis,
  statements: readonly Statement[],
): readonly Candidate[] {
  const candidates: Candidate[] = [];
  let memory: Remembered = { last: null, section: null };
  for (const sentence of sentencesOf(analysis, statements)) {
    const { block } = sentence;
    if (block.kind === 'heading') {
      memory = { last: null, section: block.level > 1 ? (sentence.mentions[0] ?? null) : null };
    }
    candidates.push(...linked(analysis, sentence, memory));
    const [first] = sentence.mentions;
    if (first !== undefined) memory = { ...memory, last: first.subject };
  }
  return candidates;
}

interface Remembered {
  /** The model named last below the heading. */
  last: string | null;
  section: Mention | null;
}

function linked(
  analysis: TextAnalysis,
  sentence: SentenceInPlace,
  memory: Remembered,
): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  function add(subject: string, link: Link, mention: Mention | null): void {
    if (!found.has(subject)) found.set(subject, { subject, link, mention, sentence });
  }
  for (const mention of sentence.mentions) add(mention.subject, 'named', mention);
  if (found.size === 0) {
    if (memory.last !== null && sentence.block.kind !== 'item') add(memory.last, 'before', null);
    else if (memory.section !== null) add(memory.section.subject, 'section', null);
    else if (analysis.topic !== null) add(analysis.topic, 'topic', null);
  }
  for (const { claim } of sentence.said) add(claim.subject, 'rule', null);
  return [...found.values()];
}

function sentencesOf(
  analysis: TextAnalysis,
  statements: readonly Statement[],
): readonly SentenceInPlace[] {
  const sentences: SentenceInPlace[] = [];
  const said = [...statements].sort((a, b) => a.span[0] - b.span[0]);
  let open: readonly Statement[] = [];
  let next = 0;
  let before: Range | null = null;
  for (const block of analysis.blocks) {
    for (const range of analysis.sentencesOf(block)) {
      const { start, end } = range;
      const upTo = firstFrom(said, end, ({ span }) => span[0]);
      open = [...open, ...said.slice(next, upTo)].filter(({ span }) => span[1] > start);
      next = Math.max(next, upTo);
      if (end - start <= LONGEST_SENTENCE) {
        const mentions = mentionsWithin(analysis, range);
        sentences.push({ start, end, range, block, mentions, said: open, before });
      }
      before = range;
      if (sentences.length === MOST_SENTENCES) return sentences;
    }
  }
  return sentences;
}
