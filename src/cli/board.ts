import { hostOfAddress } from '../domain/target.ts';
import { DAY, elapsed, shortDay } from '../domain/time.ts';
import { unsaidWords } from '../read/surface-words.ts';
import { flagSentence } from '../read/verdict-words.ts';
import type { BoardRow, BoardView } from '../read/views.ts';
import {
  dim,
  levelColor,
  localTime,
  red,
  shortTime,
  terminal,
  wrapped,
  zoneName,
} from './print.ts';
import { type Column, table } from './table.ts';
import { printTroubles } from './trouble.ts';

function boardColumns(): readonly Column[] {
  return [
    { title: 'subject', flexible: true },
    { title: 'released', color: levelColor },
    { title: 'in the API', color: levelColor },
    { title: 'retires' },
    { title: `since (${zoneName()})` },
  ];
}

/** What is followed, at a glance. */
export function printBoard(view: BoardView): void {
  terminal.line(dim(`known at ${localTime(view.asOf)}`));
  if (view.rows.length === 0) {
    terminal.line('Nothing is known of what is followed yet. To follow more: firsthand follow');
  } else {
    const rows = view.rows.map((row) => ({
      cells: [
        ...[row.subject, row.level, apiWords(row), retirementWords(row), shortTime(row.since)],
      ],
      // A denial that came late takes nothing from what is confirmed.
      below: row.flags
        .filter((flag) => flag !== 'stale_denial')
        .map(flagSentence)
        .join('; '),
    }));
    terminal.line(table(boardColumns(), rows, terminal.width));
  }
  if (view.unheard.length > 0) {
    const names = view.unheard.join(', ');
    terminal.line(dim(wrapped(`not heard of yet: ${names}`, terminal.width, '  ')));
  }
  for (const { subject, until, because } of view.silences) {
    const line = `muted: ${subject} until ${localTime(until)}: ${because}`;
    terminal.line(wrapped(line, terminal.width, '  '));
  }
  const { queued, dead } = view.outbox;
  if (queued > 0) terminal.line(`${deliveries(queued)} to be made`);
  if (dead > 0) {
    terminal.line(red(`${deliveries(dead)} given up: firsthand alerts --state dead`));
  }
  const faults = view.trouble.map(({ target, health, since, reason, atHost }) => {
    const url = target.slice(target.indexOf(':') + 1);
    return { state: health, host: hostOfAddress(url), atHost, why: reason ?? '', since };
  });
  const { lastReadAt, asOf } = view;
  const age = lastReadAt === null ? 0 : elapsed(lastReadAt, asOf);
  if (lastReadAt !== null && age >= DAY) {
    const days = Math.floor(age / DAY);
    terminal.line(
      `Last read ${shortDay(lastReadAt)}, ${days === 1 ? '1 day' : `${days} days`} ago`,
    );
  }
  printTroubles(faults, view.addresses);
}

/** The level of the claim that it is in the API; "never looked" is not "no". */
function apiWords(row: BoardRow): string {
  const api = row.surfaces.find(({ surface }) => surface === 'api');
  if (api === undefined) return '-';
  if (api.level !== 'unknown') return api.level;
  return unsaidWords(api, shortTime).split(',')[0] ?? '';
}

/** The day of the shutdown, or how sure it is. */
function retirementWords(row: BoardRow): string {
  const retired = row.surfaces.find(({ surface }) => surface === 'retired');
  if (retired === undefined || retired.level === 'unknown') return '-';
  return retired.value ?? retired.level;
}

function deliveries(count: number): string {
  return count === 1 ? '1 delivery' : `${count} deliveries`;
}
