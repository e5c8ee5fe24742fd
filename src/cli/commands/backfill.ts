import type { Command } from 'commander';
import { systemClock } from '../../domain/clock.ts';
import { UsageError } from '../../domain/errors.ts';
import { DAY, dayOf, plus } from '../../domain/time.ts';
import {
  type BackfillCommand,
  type BackfillSummary,
  runBackfill,
  type TypedRow,
} from '../../operations/backfill.ts';
import {
  appOptions,
  type CommonOptions,
  commandNamed,
  interruption,
  parseTime,
} from '../options.ts';
import { dim, harmless, present, terminal } from '../print.ts';
import { type Columns, printTable } from '../table.ts';

interface BackfillArguments extends CommonOptions {
  since?: string;
  most: string;
}

const USUAL_MOST = 60;

export function command(): Command {
  return commandNamed(
    'backfill',
    'Reads the history a channel keeps: known from now on, true since then, without an alert.',
    ['backfill openai-sdk-node --since 2025-03-01'],
  )
    .argument('<watcher>', 'a watcher whose channel keeps its history, such as openai-sdk-node')
    .option('--since <day>', 'how far back (default: a year)')
    .option('--most <number>', 'how many versions are downloaded at most', String(USUAL_MOST))
    .action(run);
}

async function run(watcher: string, options: BackfillArguments): Promise<void> {
  const bar = progressBar();
  const summary = await runBackfill(appOptions(options), {
    watcher,
    since: dayOf(
      parseTime(options.since ?? plus(systemClock.now(), -365 * DAY), '--since', 'start'),
    ),
    most: mostOf(options.most),
    signal: interruption(),
    onRead: bar.show,
  }).finally(bar.end);
  present(options, summary, print);
}

function mostOf(typed: string): number {
  const most = Number(typed);
  if (Number.isInteger(most) && most >= 2 && most <= 1000) return most;
  throw new UsageError(`--most "${typed}" is no number of versions from 2 to 1000.`);
}

const WIDTH = 24;

/** One line that is drawn over on a terminal, a line for each version elsewhere. */
function progressBar(): { show: BackfillCommand['onRead']; end(): void } {
  const { stderr } = process;
  let drawn = false;
  return {
    show({ version, day, kept, downloads, most }) {
      const full = Math.round((WIDTH * downloads) / most);
      const bar = `${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}`;
      const what = harmless(`${version} ${day ?? ''}${kept ? ' (kept before)' : ''}`);
      drawn = stderr.isTTY;
      if (stderr.isTTY)
        stderr.write(`\r\u001b[2K[${bar}] ${downloads} of at most ${most}  ${what}`);
      else if (!kept) stderr.write(`${downloads} of at most ${most}: ${what}\n`);
    },
    end() {
      if (drawn) stderr.write('\n');
    },
  };
}

const COLUMNS: Columns = [
  'day',
  'id',
  'first typed in',
  'absent in',
  { title: 'note', flexible: true },
];

function print({ ids, versions, downloads, isComplete }: BackfillSummary): void {
  const rows = ids.map((row) => [
    row.day ?? '-',
    row.id,
    row.version,
    row.absentIn ?? '-',
    noteOn(row),
  ]);
  printTable(COLUMNS, rows);
  terminal.line();
  terminal.line(
    `${versions} versions read, ${downloads} of them downloaded now; ${ids.length} ids.`,
  );
  if (!isComplete) {
    terminal.line(
      dim('Some first versions are not exact yet. Run the same command again to narrow them down.'),
    );
  }
}

function noteOn({ absentIn, unread, goneAfter }: TypedRow): string {
  const notes = [
    absentIn === null ? 'or earlier' : '',
    unread > 0 ? `or one of ${unread} before it` : '',
    goneAfter === null ? '' : `gone after ${goneAfter}`,
  ];
  return notes.filter((note) => note !== '').join(', ');
}
