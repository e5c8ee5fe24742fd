import type { Item } from '../../domain/item.ts';
import type { Interval } from '../../domain/time.ts';
import { subjectOf } from './named-models.ts';
import { fullDaysIn, pieceAt } from './quotes.ts';
import { fieldOf, type PrimaryContext, type PrimaryStatement, statementOf } from './statement.ts';

const UNSUPPORTED = /\bnot a (supported|valid) model\b|\bnot supported\b/i;

/**
 * What a package's types state of an id: that it is typed. Its comments are the vendor's word on an end; that an
 * announced shutdown came about, and that an id was never offered, they only suggest.
 */
export function packageStatements(
  item: Item,
  context: PrimaryContext,
): readonly PrimaryStatement[] {
  const id = fieldOf(item, 'id')[0] ?? '';
  const subject = subjectOf(id, context);
  if (subject === null) return [];
  const lines = item.text.split('\n');
  const typed = (lines[0]?.length ?? 0) + 1 + (lines[1]?.length ?? 0);
  const notes = fieldOf(item, 'notes').flatMap((note) => noteSays(item, subject, note));
  const said = { subject, facet: 'sdk_typed', rule: 'package.type' } as const;
  return [statementOf(item, { ...said, span: [0, typed] }), ...notes];
}

function noteSays(item: Item, subject: string, note: string): readonly PrimaryStatement[] {
  const place = pieceAt(item.text, note);
  if (place === null) return [];
  const said = { subject, span: [place.start, place.end], rule: 'package.note' } as const;
  const hint = { ...said, evidentiality: 'first_hand' } as const;
  if (UNSUPPORTED.test(note))
    return [statementOf(item, { ...hint, facet: 'api_listed', polarity: 'deny' })];
  const ending = endingIn(note);
  if (ending === null) return [];
  const retired = { facet: 'retired', validTime: ending.day } as const;
  if (ending.isOver) return [statementOf(item, { ...said, ...retired })];
  const deprecated = statementOf(item, { ...hint, facet: 'deprecated' });
  return ending.day === null
    ? [deprecated]
    : [deprecated, statementOf(item, { ...hint, ...retired })];
}

/** How a model ends: it is gone, or is to go on the day that is given; without a day it is only deprecated. */
interface Ending {
  isOver: boolean;
  day: Interval | null;
}

const GONE = new RegExp(
  [
    '\\b(removed|retired|shut ?down|shut ?off|discontinued|turned off|sunset(ted)?|decommissioned)\\b',
    '\\bno longer (be )?(available|accessible|offered|supported|callable|in the api)\\b',
  ].join('|'),
  'i',
);
const DEPRECATED = /\bdeprecat(ed|ion|ing|es)\b|\bobsolete\b/i;
/** A deprecation with its plan ("deprecation and removal from the API on …"), and an announced end, are no removal yet. */
const PLANNED =
  /\b(will|shall|to be|scheduled|planned|upcoming|removal|shut ?down date|announced (the )?(shut ?down|removal|retirement|end)|plan(s|ning)? to)\b/i;
const DENIED =
  /\b(not|never|n['’]t)( yet)?( been| be| being)? (removed|deprecated|retired|shut|discontinued)/i;
/** What follows if, or once, something is gone says nothing of whether it is. */
const CONDITIONAL = /^(if|when|once|after|until|unless)\b/i;

/** What a comment says of an end; null when it says nothing of the kind, denies it or makes it a condition. */
function endingIn(comment: string): Ending | null {
  if (DENIED.test(comment) || CONDITIONAL.test(comment.trim())) return null;
  const gone = GONE.exec(comment);
  const told = gone ?? DEPRECATED.exec(comment);
  if (told === null) return null;
  const isTimed = gone !== null || /\b(removal|shutdown)\b/i.test(comment);
  const isPlanned = isTimed && PLANNED.test(comment);
  const isOver = gone !== null && !isPlanned;
  return { isOver, day: isOver || isPlanned ? dayAfter(comment, told.index) : null };
}

/** The first day given behind a place, else the last one before it. */
function dayAfter(comment: string, place: number): Interval | null {
  const days = fullDaysIn(comment);
  const behind = days.find(({ start }) => start > place) ?? days.at(-1);
  return behind?.day ?? null;
}
