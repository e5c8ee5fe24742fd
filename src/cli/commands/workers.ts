import type { Command } from 'commander';
import type { OpenDatabase } from '../../app/open-database.ts';
import { systemClock } from '../../domain/clock.ts';
import { elapsed, SECOND } from '../../domain/time.ts';
import { type WorkersView, workersOf } from '../../read/workers.ts';
import { answer, type CommonOptions, commandNamed } from '../options.ts';
import { dim, spanWords, terminal, wrapped } from '../print.ts';
import { type Columns, printTable } from '../table.ts';

export function command(): Command {
  return commandNamed(
    'workers',
    'Who works on the database, on what, since when, and how far behind they are together.',
    ['workers'],
  ).action(run);
}

async function run(options: CommonOptions): Promise<void> {
  const ask = async ({ known }: OpenDatabase) => {
    // Ages are counted by the clock that the workers go by.
    const now = (await known.store.maintenance.now()) ?? systemClock.now();
    return workersOf(known, now);
  };
  await answer(options, ask, print);
}

const COLUMNS: Columns = [
  { title: 'worker', flexible: true },
  'seen',
  'since',
  'checks',
  'version',
];

function print({ asOf, workers, due, behind }: WorkersView): void {
  if (workers.length === 0) terminal.line('Nobody works on it. Run: firsthand daemon');
  else
    printTable(
      COLUMNS,
      workers.map((worker) => rowOf(worker, asOf)),
    );
  for (const { owner, checks, isGone } of workers) {
    if (isGone)
      terminal.line(`${owner} is gone; what it had leased is taken over when the leases end`);
    else
      for (const { url, target, since } of checks)
        terminal.line(workLine(url ?? target, since, asOf));
  }
  const oldest = due === 0 ? '' : `, the oldest for ${spanWords(behind * SECOND)}`;
  terminal.line(`${due} ${due === 1 ? 'check is' : 'checks are'} due that nobody is at${oldest}`);
}

function rowOf(worker: WorkersView['workers'][number], asOf: string): readonly string[] {
  const { owner, seenAt, startedAt, checks, room, version, isGone } = worker;
  const working = isGone ? '-' : `${checks.length} of ${room}`;
  return [owner, ago(seenAt, asOf), ago(startedAt, asOf), working, version];
}

function workLine(what: string, since: string, asOf: string): string {
  return dim(wrapped(`${what} for ${ago(since, asOf)}`, terminal.width, '  '));
}

function ago(moment: string, asOf: string): string {
  return spanWords(Math.max(0, elapsed(moment, asOf)));
}
