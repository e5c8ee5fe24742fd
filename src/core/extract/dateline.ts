import type { Interval } from '../../domain/time.ts';
import { foldText } from '../text/characters.ts';
import { datesIn } from './dates-in-text.ts';

/** What a text itself says of when and by whom it was written, near its top or at its end. */
export interface Dateline {
  byline: string | null;
  published: Interval | null;
  updated: Interval | null;
}

/** A dateline stands at the top of a page, before the text, or in its last lines. */
const TOP = 1500;
const END = 600;
/** A line with more words than this is text, and a date in it is none of it. */
const LONGEST_DATELINE = 140;
const UPDATED =
  /(?:updated|modified|edited|revised|checked|reviewed|aktualisiert|actualizado|atualizado|mis à jour|更新|최종)/;

export function datelineIn(text: string): Dateline {
  const lines = `${text.slice(0, TOP)}\n${text.length > TOP ? text.slice(-END) : ''}`
    .split('\n')
    .filter((line) => line.length > 3 && line.length <= LONGEST_DATELINE);
  let published: Interval | null = null;
  let updated: Interval | null = null;
  for (const line of lines) {
    for (const { interval, before } of datesOfLine(foldText(line))) {
      if (UPDATED.test(before)) updated ??= interval;
      else published ??= interval;
    }
  }
  return { byline: bylineOf(lines), published, updated };
}

/** The dates of a line that is a dateline: short, or with little beside its dates. */
function datesOfLine(line: string): readonly { interval: Interval; before: string }[] {
  const dates = datesIn(line, '2000-01-01').filter(({ hasYear }) => hasYear);
  const dated = dates.reduce((sum, { start, end }) => sum + end - start, 0);
  const words = line.length - dated;
  if (dates.length === 0 || (words > 90 && /[.!?]$/.test(line))) return [];
  return dates.map(({ interval, start }) => ({
    interval,
    before: line.slice(Math.max(0, start - 20), start),
  }));
}

function bylineOf(lines: readonly string[]): string | null {
  for (const line of lines) {
    const match =
      /(?:^|[|·•\-–—>\s])(?:written|posted|published|reported)?\s?by[:\s]+(\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){1,3})/iu.exec(
        line,
      );
    if (match?.[1] !== undefined && /^\p{Lu}/u.test(match[1])) return match[1];
  }
  return null;
}
