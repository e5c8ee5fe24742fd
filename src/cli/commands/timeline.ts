import type { Command } from 'commander';
import { groupedBy } from '../../domain/groups.ts';
import { HOUR } from '../../domain/time.ts';
import { timelineOf } from '../../read/timeline.ts';
import { claimWords } from '../../read/verdict-words.ts';
import type { TimelineView } from '../../read/views.ts';
import { answer, type CommonOptions, commandNamed, parsePast } from '../options.ts';
import {
  bold,
  dim,
  levelColor,
  levelWords,
  localTime,
  shortTime,
  spanWords,
  terminal,
  wrapped,
  zoneName,
} from '../print.ts';
import { type Columns, printTable } from '../table.ts';

interface TimelineOptions extends CommonOptions {
  asOf?: string;
}

export function command(): Command {
  return commandNamed(
    'timeline',
    'Every transition of a subject, and how far each channel led or lagged.',
    ['timeline gpt-image-2'],
  )
    .argument('<subject>', 'a model or product')
    .option('--as-of <time>', 'what was known at that time')
    .action(run);
}

async function run(subject: string, options: TimelineOptions): Promise<void> {
  const asOf = parsePast(options.asOf, '--as-of');
  await answer(options, ({ known }) => timelineOf(known, subject, asOf), print);
}

const SIGHTINGS: Columns = [
  `first seen (${zoneName()})`,
  { title: 'by', flexible: true },
  'before or after the first confirmation',
];

function print(view: TimelineView): void {
  terminal.line(`${bold(view.subject)} ${dim(`known at ${localTime(view.asOf)}`)}`);
  if (view.transitions.length === 0) {
    terminal.line('Nothing has moved yet.');
    return;
  }
  for (const [at, moves] of groupedBy(view.transitions, (one) => one.at)) {
    terminal.line(
      `\n${bold(localTime(at))}${moves.every(({ quiet }) => quiet) ? dim(' (stood at the first sight)') : ''}`,
    );
    printMoves(moves);
  }
  terminal.line();
  for (const { at, kind, claim, evidence, by, because } of view.retractions) {
    const what = kind === 'retract' ? 'taken out of judgement' : 'back in judgement';
    const line = `${localTime(at)}: ${evidence} (${claim}) ${what} by ${by}: ${because}`;
    terminal.text(line, '  ');
  }
  if (view.retractions.length > 0) terminal.line();
  const seen = view.sightings.map(({ at, denies, lag, publisher, target }) => ({
    cells: [shortTime(at), denies ? `${publisher}, denying` : publisher, lagWords(lag)],
    below: target,
  }));
  printTable(SIGHTINGS, seen);
}

/** What moved at one moment, a line for each level that was reached. */
function printMoves(moves: readonly TimelineView['transitions'][number][]): void {
  const reached = groupedBy(moves, ({ to, status }) => levelWords(to, status));
  for (const [level, all] of reached) {
    const words = all.map(({ claim, from, to }) =>
      from === 'unknown' || from === to
        ? claimWords(claim)
        : `${claimWords(claim)} (before: ${from})`,
    );
    const line = wrapped(`${level}: ${words.join('; ')}`, terminal.width - 2, '    ');
    terminal.line(`  ${levelColor(level)(line)}`);
  }
}

function lagWords(hours: number | null): string {
  if (hours === null) return '-';
  if (hours === 0) return 'with it';
  return `${spanWords(Math.abs(hours) * HOUR)} ${hours < 0 ? 'before' : 'after'}`;
}
