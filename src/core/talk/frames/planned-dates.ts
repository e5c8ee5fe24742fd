import type { Statement } from '../../../domain/evidence.ts';
import type { Interval } from '../../../domain/time.ts';
import { timeAhead } from '../rules/time-ahead.ts';
import { hasNoPlan, isLeftOpen } from './asserted.ts';
import type { PredicateClause } from './claims.ts';
import type { Frame } from './frame.ts';
import { wordAt } from './noun-phrases.ts';
import { fillersOf } from './resolve.ts';
import { type ReadSentence, statementsFor } from './statement.ts';

/** "OpenAI plans to launch GPT-6 in May", "GPT-6 will ship on June 9": a release that is to come, with its time. */
export function plannedDates(
  read: ReadSentence,
  frame: Frame,
  clause: PredicateClause,
): readonly Statement[] {
  const { analysis, parsed, memory } = read;
  if (!isPlan(read, frame) || hasNoPlan(parsed, frame) || isLeftOpen(parsed, frame)) return [];
  const time = timeAhead(analysis, clause);
  if (time === null) return [];
  const cueMatch = { family: 'date.set', rule: 'date.planned', ...clause.predicate };
  const subjects = fillersOf(analysis, parsed, frame, clause, memory);
  return statementsFor(read, clause, cueMatch, 'support', [DATE], subjects).map((one) => ({
    ...one,
    claim: { ...one.claim, value: dateValue(time) },
    validTime: time,
  }));
}

const DATE = { facet: 'date', qualifiers: {} } as const;

/** Whether a frame tells of a release that is to come: planned, told with "will", or in a present that is dated ahead. */
function isPlan(
  { parsed: { tokens, lists } }: ReadSentence,
  { entry, group, form, at }: Frame,
): boolean {
  if (!/^(?:release|announce)$/.test(entry.says) || group.isNegated) return false;
  if (group.governed !== null) {
    const to = tokens.findIndex(({ text }, k) => k >= group.from && k < at && text === 'to');
    return group.modal === null && lists['planned-dates.planned'].test(wordAt(tokens, to - 1));
  }
  if (group.modal !== null) return group.modal === 'will';
  return /^(?:s|ing|base)$/.test(form);
}

/** A day, a month, or the span between two days. */
function dateValue({ from, to, precision }: Interval): string {
  if (precision === 'month') return from.slice(0, 7);
  return to === null ? from.slice(0, 10) : `${from.slice(0, 10)}/${to.slice(0, 10)}`;
}
