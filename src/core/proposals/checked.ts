import type { Statement } from '../../domain/evidence.ts';
import type { Item } from '../../domain/item.ts';
import type { Dropped, DropReason } from '../../domain/proposal.ts';
import { type Day, dayOf, type Instant, type Interval } from '../../domain/time.ts';
import { datesIn } from '../extract/dates-in-text.ts';
import type { Mention } from '../names/mention.ts';
import type { Names } from '../names/names.ts';
import { isNoise } from '../talk/context/scare-quotes.ts';
import { firstFrom } from '../talk/cues/cue-index.ts';
import { type Block, blocksOf } from '../talk/document/blocks.ts';
import { type Masked, maskMarkup } from '../talk/document/mask.ts';
import { type Range, sentencesIn } from '../talk/document/sentences.ts';
import { foldText } from '../text/fold.ts';
import { type ProposedStatement, proposedStatement } from './proposed.ts';

export interface Checked {
  statements: readonly Statement[];
  dropped: readonly Dropped[];
}

export interface CheckContext {
  names: Names;
  at: Instant;
}

const MOST = 100;
const LONGEST_QUOTE = 600;
const LONGEST_SHOWN = 160;

/** Facets that tell of something that happens on a day. */
const EVENTS: ReadonlySet<string> = new Set([
  ...['announced', 'released', 'product_available', 'api_listed'],
  ...['retired', 'deprecated', 'limited_test'],
]);

interface CheckedText extends CheckContext {
  item: Item;
  masked: Masked;
  blocks: readonly Block[];
  /** The sentences of the blocks that were looked at: a page may be one block. */
  sentences: Map<Block, readonly Range[]>;
  mentions: readonly Mention[];
  today: Day;
}

/**
 * What of a model's proposals stands in a text: the quote sign by sign, and in it the model, by its exact name. Offsets,
 * subjects and dates are found here and never taken over. Whatever fails is dropped, with the reason.
 */
export function checkedProposals(
  item: Item,
  proposed: readonly unknown[],
  context: CheckContext,
): Checked {
  const text = checkedText(item, context);
  const statements: Statement[] = [];
  const dropped: Dropped[] = [];
  for (const [index, one] of proposed.entries()) {
    const found = index < MOST ? checkedOne(text, one) : 'too-many';
    if (typeof found !== 'string') statements.push(found);
    // Those beyond the limit are told of once: a giant answer must not make a giant report.
    else if (index <= MOST) dropped.push({ why: found, proposed: shown(one) });
  }
  return { statements, dropped };
}

function checkedText(item: Item, context: CheckContext): CheckedText {
  const masked = maskMarkup(item.text);
  return {
    ...context,
    ...{ item, masked, blocks: blocksOf(item.text), sentences: new Map() },
    mentions: context.names.find(masked.text, context.at),
    today: dayOf(item.published?.from ?? context.at),
  };
}

function checkedOne(text: CheckedText, one: unknown): Statement | DropReason {
  const parsed = proposedStatement.safeParse(one);
  if (!parsed.success) return 'malformed';
  const said = parsed.data;
  const { quote, surface } = said;
  if (quote.length > LONGEST_QUOTE) return 'quote-too-long';
  const named = quote.trim() === '' ? 'not-in-text' : namedWhereItStands(text, said);
  if (typeof named === 'string') return named;
  const isPlaced = surface === null || foldText(quote).includes(surface);
  return isPlaced ? statementOf(text, said, named) : 'no-surface';
}

/** A quote that stands in more places says nothing in particular. */
const MOST_PLACES = 20;

/** The first place at which a quote names what it is said to name; else what is wrong at the first of all. */
function namedWhereItStands(text: CheckedText, said: ProposedStatement): Named | DropReason {
  let wrong: DropReason | null = null;
  let at = text.item.text.indexOf(said.quote);
  for (let place = 0; at >= 0 && place < MOST_PLACES; place++) {
    const named = namedAt(text, said, at);
    if (typeof named !== 'string') return named;
    wrong ??= named;
    at = text.item.text.indexOf(said.quote, at + 1);
  }
  return wrong ?? 'not-in-text';
}

interface Named {
  start: number;
  mention: Mention;
}

function namedAt(text: CheckedText, said: ProposedStatement, start: number): Named | DropReason {
  const end = start + said.quote.length;
  const block = blockAt(text, start);
  if (block === undefined || block.end < end) return 'across-blocks';
  if (isNoise(block) || isAsked(text, block, start, end)) return 'not-asserted';
  const inQuote = mentionsIn(text, start, end);
  if (inQuote.length === 0) return 'no-subject';
  const name = maskMarkup(said.name).text.trim();
  const meant = text.names.resolve(name);
  const mention =
    inQuote.find((one) => foldText(one.text) === foldText(name)) ??
    inQuote.find(({ subject }) => subject === meant);
  return mention === undefined ? 'other-subject' : { start, mention };
}

function blockAt({ blocks }: CheckedText, start: number): Block | undefined {
  const next = firstFrom(blocks, start + 1, (block) => block.start);
  return blocks[next - 1];
}

function mentionsIn({ mentions }: CheckedText, start: number, end: number): readonly Mention[] {
  const first = firstFrom(mentions, start, ({ span }) => span[0]);
  const beyond = firstFrom(mentions, end, ({ span }) => span[0]);
  return mentions.slice(first, beyond).filter(({ span }) => span[1] <= end);
}

function isAsked(text: CheckedText, block: Block, start: number, end: number): boolean {
  const { folded } = text.masked;
  const sentences = text.sentences.get(block) ?? sentencesIn(folded, block);
  text.sentences.set(block, sentences);
  return sentences
    .filter((sentence) => sentence.start < end && start < sentence.end)
    .some((sentence) => /[?？]["'」』)]*$/.test(folded.slice(sentence.start, sentence.end)));
}

function statementOf(
  text: CheckedText,
  { quote, facet, polarity, force, evidentiality, surface }: ProposedStatement,
  { start, mention }: Named,
): Statement {
  const isPlaced = facet === 'product_available' && surface !== null;
  return {
    claim: {
      ...{ subject: mention.subject, facet, value: null },
      qualifiers: isPlaced ? { surface } : {},
    },
    ...{ polarity, force, evidentiality, quote },
    span: [start, start + quote.length],
    effective: null,
    validTime: EVENTS.has(facet) ? onlyDate(text, start, start + quote.length) : null,
    ...{ relays: null, silenceOf: null, aliasClaimed: mention.claimed },
  };
}

/** The date of a quote that has one and no other. */
function onlyDate({ masked, today }: CheckedText, start: number, end: number): Interval | null {
  const dates = datesIn(masked.folded.slice(start, end), today);
  return dates.length === 1 ? (dates[0]?.interval ?? null) : null;
}

function shown(one: unknown): string {
  const quote = (one as { quote?: unknown } | null)?.quote;
  const text = typeof quote === 'string' ? quote : (JSON.stringify(one) ?? '');
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
