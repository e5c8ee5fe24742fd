import type { Statement } from '../../domain/evidence.ts';
import type { Item } from '../../domain/item.ts';
import type { Dropped, DropReason } from '../../domain/proposal.ts';
import { type Day, dayOf, type Instant, type Interval } from '../../domain/time.ts';
import { dayPoint } from '../extract/dates.ts';
import { datesIn } from '../extract/dates-in-text.ts';
import type { Mention } from '../names/mention.ts';
import type { Names } from '../names/names.ts';
import { isNoise } from '../talk/context/distance.ts';
import { firstFrom } from '../talk/cues/cue-index.ts';
import { type Block, blocksOf, type Masked, maskMarkup } from '../talk/document/markup.ts';
import { isQuestion, sentencesIn } from '../talk/document/sentences.ts';
import { foldText, type Range } from '../text/characters.ts';
import { answersIn } from './given.ts';
import { type KeptAnswer, type KeptStatement, keptStatement } from './proposed.ts';

export interface Checked {
  /** What the model said to the statements of the rules. */
  answers: readonly KeptAnswer[];
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
  /** Whatever the text or its title names. */
  named: ReadonlySet<string>;
  today: Day;
}

/**
 * What of a kept answer stands in a text: the quote character by character, and before it, or in it, the place that names what it
 * is about. Offsets, subjects and dates are found here and never taken over. Whatever fails is dropped, with the reason.
 */
export function checkedProposals(
  item: Item,
  kept: readonly unknown[],
  context: CheckContext,
): Checked {
  const text = checkedText(item, context);
  const { answers, own } = answersIn(kept);
  const statements: Statement[] = [];
  const dropped: Dropped[] = [];
  for (const [index, one] of own.entries()) {
    const found = index < MOST ? checkedOne(text, one) : 'too-many';
    if (typeof found !== 'string') statements.push(found);
    // Those beyond the limit are told of once: a giant answer must not make a giant report.
    else if (index <= MOST) dropped.push({ why: found, proposed: shown(one) });
  }
  return { answers, statements, dropped };
}

function checkedText(item: Item, context: CheckContext): CheckedText {
  const masked = maskMarkup(item.text);
  const { names, at } = context;
  const mentions = names.find(masked.text, at);
  return {
    ...context,
    ...{ item, masked, blocks: blocksOf(item.text), sentences: new Map(), mentions },
    named: new Set([...names.find(item.title, at), ...mentions].map(({ subject }) => subject)),
    today: dayOf(item.published?.from ?? context.at),
  };
}

function checkedOne(text: CheckedText, one: unknown): Statement | DropReason {
  const parsed = keptStatement.safeParse(one);
  if (!parsed.success) return 'malformed';
  const said = parsed.data;
  const { quote, subjectQuote, surface } = said;
  if (Math.max(quote.length, subjectQuote.length) > LONGEST_QUOTE) return 'quote-too-long';
  if (said.subject === null) return 'no-subject';
  const placed = quote.trim() === '' ? 'not-in-text' : placedWhereNamed(text, said);
  if (typeof placed === 'string') return placed;
  if (surface === null || foldText(quote).includes(surface)) return statementOf(text, said, placed);
  // Without its place support says less than was meant, and a denial more.
  if (said.polarity === 'deny') return 'no-surface';
  return statementOf(text, { ...said, surface: null }, placed);
}

/** A quote that stands in more places says nothing in particular. */
const MOST_PLACES = 20;

interface Placed {
  start: number;
  /** Where the place stands that names what it is about. */
  named: number;
  isClaimed: boolean;
}

/** The first place at which a quote follows the name of what it is said to be about; else what is wrong at the first. */
function placedWhereNamed(text: CheckedText, said: KeptStatement): Placed | DropReason {
  let wrong: DropReason | null = null;
  for (const start of placesOf(text, said.quote)) {
    const placed = placedAt(text, said, start);
    if (typeof placed !== 'string') return placed;
    wrong ??= placed;
  }
  return wrong ?? 'not-in-text';
}

function placesOf({ item }: CheckedText, quote: string): readonly number[] {
  const places: number[] = [];
  let at = item.text.indexOf(quote);
  while (at >= 0 && places.length < MOST_PLACES) {
    places.push(at);
    at = item.text.indexOf(quote, at + 1);
  }
  return places;
}

function placedAt(text: CheckedText, said: KeptStatement, start: number): Placed | DropReason {
  const end = start + said.quote.length;
  const block = blockAt(text, start);
  if (block === undefined || block.end < end) return 'across-blocks';
  if (isNoise(block) || isAsked(text, block, start, end)) return 'not-asserted';
  if (said.subjectQuote.trim() === '') return 'no-subject';
  const near = placesOf(text, said.subjectQuote).filter(
    (at) => at < end && isInReach(text, said, at, block),
  );
  if (near.length === 0) return 'no-subject';
  for (const at of near.reverse()) {
    const isClaimed = claimedAt(text, said, at, end);
    if (isClaimed !== null) return { start, named: at, isClaimed };
  }
  return 'other-subject';
}

/** Whether a place is in the section of a block, or in a heading above it with no other name in between. */
function isInReach(
  text: CheckedText,
  { subject }: KeptStatement,
  at: number,
  block: Block,
): boolean {
  const { blocks } = text;
  const from = blockAt(text, at);
  if (from === undefined) return false;
  if (from === block) return true;
  const between = blocks.slice(blocks.indexOf(from) + 1, blocks.indexOf(block) + 1);
  const headings = between.filter(({ kind }) => kind === 'heading');
  if (headings.length === 0) return true;
  const isAbove = from.kind === 'heading' && headings.every(({ level }) => level > from.level);
  if (!isAbove) return false;
  // The headings that the block stands under, and no others, lie between it and the name.
  const open = headings.filter((one, index) =>
    headings.slice(index + 1).every(({ level }) => level > one.level),
  );
  return open.every(({ start, end }) =>
    mentionsIn(text, start, end).every((mention) => mention.subject === subject),
  );
}

/**
 * Whether what is named at a place, before the end of the statement, is named by a name that nobody verified; null when it is not
 * named there at all.
 */
function claimedAt(
  text: CheckedText,
  { subject, subjectQuote }: KeptStatement,
  at: number,
  end: number,
): boolean | null {
  const quoted = at + subjectQuote.length;
  const mentions = mentionsIn(text, at, quoted);
  const told = mentions.filter(({ span }) => span[1] <= end);
  const named = told.find((mention) => mention.subject === subject);
  if (named !== undefined) return named.claimed;
  if (told.some((mention) => isOnlyMember(text, mention.subject, subject ?? ''))) return true;
  // A name that the strict matcher passes over (`O3`) counts as typed by a person, where nothing else is named.
  if (mentions.length > 0 || quoted > end) return null;
  return text.names.resolve(maskMarkup(subjectQuote).text.trim()) === subject ? true : null;
}

/** Whether a name is that of a family of which the page names this member, and no other. */
function isOnlyMember({ names, named }: CheckedText, family: string, member: string): boolean {
  if (names.subject(family)?.kind !== 'family') return false;
  const members = [...named].filter((one) => one.startsWith(`${family}-`));
  return members.length === 1 && members[0] === member;
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
    .some((sentence) => isQuestion(folded, sentence));
}

function statementOf(
  text: CheckedText,
  said: KeptStatement,
  { start, named, isClaimed }: Placed,
): Statement {
  const { quote, subjectQuote, facet, polarity, force, evidentiality, surface, date } = said;
  const [subject, value] = aboutOf(text, said);
  const isPlaced = facet === 'product_available' && surface !== null;
  const day = date === null ? null : dayPoint(date);
  return {
    claim: { subject, facet, value, qualifiers: isPlaced ? { surface } : {} },
    ...{ polarity, force, evidentiality, quote },
    span: [start, start + quote.length],
    effective: null,
    validTime: EVENTS.has(facet) ? (day ?? onlyDate(text, start, start + quote.length)) : null,
    ...{ relays: null, silenceOf: null, aliasClaimed: isClaimed },
    rule: 'model.proposed',
    marks: [{ part: 'model', span: [named, named + subjectQuote.length] }],
  };
}

/** What a statement is of, and its value: a codename is the value of the model it is said to be, never the other way. */
function aboutOf(
  { names }: CheckedText,
  { subject, facet, other, date }: KeptStatement,
): readonly [string, string | null] {
  const own = subject ?? '';
  if (facet === 'date') return [own, date];
  if (facet !== 'identity') return [own, null];
  // Two names that we know for one thing have no value: what is said is that they are one.
  if (other === null || other === own) return [own, null];
  return names.subject(own)?.kind === 'codename' ? [other, own] : [own, other];
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
