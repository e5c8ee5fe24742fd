import type { BoardView } from '../read/views.ts';
import {
  dim,
  levelColor,
  levelWords,
  localTime,
  red,
  shortTime,
  terminal,
  voiceWords,
  wrapped,
  zoneName,
} from './print.ts';
import { type Column, table } from './table.ts';

const BOARD_COLUMNS: readonly Column[] = [
  { title: 'subject', flexible: true },
  { title: 'released', color: levelColor },
  { title: 'announced', color: levelColor },
  { title: 'retired', color: levelColor },
  { title: `since (${zoneName()})` },
  { title: 'voices' },
];

/** What is followed, at a glance. */
export function printBoard(view: BoardView): void {
  terminal.line(dim(`known at ${localTime(view.asOf)}`));
  if (view.rows.length === 0) {
    terminal.line('Nothing is known of what is followed yet. To follow more: firsthand follow');
  } else {
    const rows = view.rows.map((row) => ({
      cells: [
        ...[row.subject, levelWords(row.level, row.status), row.announced],
        row.retired.level === 'unknown' ? '-' : levelWords(row.retired.level, row.retired.status),
        ...[shortTime(row.since), voiceWords(row.voices)],
      ],
      below: row.flags.map((flag) => flag.replaceAll('_', ' ')).join(', '),
    }));
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
