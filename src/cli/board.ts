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
    terminal.line('Nothing is followed yet. Add subjects under follow: in config.yaml.');
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
