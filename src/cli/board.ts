import type { BoardView } from '../read/views.ts';
import {
  type Column,
  dim,
  levelColor,
  localTime,
  red,
  shortTime,
  table,
  terminal,
  wrapped,
  zoneName,
} from './print.ts';

const BOARD_COLUMNS: readonly Column[] = [
  { title: 'subject' },
  { title: 'released', color: levelColor },
  { title: 'announced', color: levelColor },
  { title: 'retired' },
  { title: `since (${zoneName()})` },
  { title: 'voices' },
  { title: 'flags', flexible: true },
];

/** What is followed, at a glance. */
export function printBoard(view: BoardView): void {
  terminal.line(dim(`known at ${localTime(view.asOf)}`));
  if (view.rows.length === 0) {
    terminal.line('Nothing is known of what is followed yet. To follow more: firsthand follow');
  } else {
    const rows = view.rows.map((row) => [
      row.subject,
      row.level,
      row.announced,
      row.retired.level === 'unknown'
        ? '-'
        : `${row.retired.level}, ${row.retired.status.replaceAll('_', ' ')}`,
      shortTime(row.since),
      row.voices.pages === 0 ? '-' : `${row.voices.groups} of ${row.voices.pages} p.`,
      row.flags.join(' '),
    ]);
    terminal.line(table(BOARD_COLUMNS, rows, terminal.width));
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
  for (const { target, health, since, reason } of view.trouble) {
    const line = `${health}: ${target} since ${localTime(since)}${reason === null ? '' : `: ${reason}`}`;
    terminal.line(wrapped(line, terminal.width, '  '));
  }
}

function deliveries(count: number): string {
  return count === 1 ? '1 delivery' : `${count} deliveries`;
}
