import type { Reading } from './reading.ts';
import type { PrimaryStatement } from './statement.ts';

/** A quote with all the items before the one it needs is read by nobody beyond this; the item alone is, then. */
const LONGEST_WITH_HEAD = 600;

/**
 * "The following models have been shut down:" says it of every item of the list below it: a quote of the head alone names no
 * model, so it goes on to the item that names the one the statement is of.
 */
export function withItems(
  reading: Pick<Reading, 'item' | 'mentions'>,
  statements: readonly PrimaryStatement[],
): readonly PrimaryStatement[] {
  return statements.map((statement) => {
    const span = spanWithItem(reading, statement);
    if (span === null) return statement;
    return { ...statement, span, quote: reading.item.text.slice(span[0], span[1]) };
  });
}

function spanWithItem(
  { item, mentions }: Pick<Reading, 'item' | 'mentions'>,
  { claim, span: [start, end] }: PrimaryStatement,
): readonly [number, number] | null {
  const named = mentions.filter(({ subject }) => subject === claim.subject);
  if (named.some(({ span }) => span[0] < end && span[1] > start)) return null;
  const below = named.find(({ span }) => span[0] >= end);
  const line = below === undefined ? null : itemAt(item, end, below.span[0]);
  if (line === null) return null;
  return line.end - start > LONGEST_WITH_HEAD ? [line.start, line.end] : [start, line.end];
}

/** The item of a list in which a place stands, as far as nothing but the list lies between it and what stands above. */
function itemAt(
  { document }: Reading['item'],
  above: number,
  place: number,
): { start: number; end: number } | null {
  const between = (document?.blocks ?? []).filter(
    ({ start, end }) => end > above && start <= place && start >= above,
  );
  const last = between.at(-1);
  const isList = between.every(({ kind }) => kind === 'item');
  return isList && last !== undefined && place < last.end ? last : null;
}
