import type { Command } from 'commander';
import { timelineOf } from '../../read/timeline.ts';
import type { TimelineView } from '../../read/views.ts';
import { type CommonOptions, commandNamed, parseTime, withDatabase } from '../options.ts';
import {
  bold,
  dim,
  levelColor,
  levelWords,
  localTime,
  shortTime,
  terminal,
  wrapped,
  zoneName,
} from '../print.ts';
import { type Column, table } from '../table.ts';

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
  const asOf = parseTime(options.asOf, '--as-of');
  await withDatabase(options, async ({ known }) => {
    const view = await timelineOf(known, subject, asOf);
    if (options.json) terminal.json(view);
    else print(view);
  });
}

const TRANSITIONS: readonly Column[] = [
  { title: `when (${zoneName()})` },
  { title: 'claim', flexible: true },
  { title: 'from', color: levelColor },
  { title: 'to', color: levelColor },
  { title: 'rule' },
  { title: 'note', optional: true },
];

const SIGHTINGS: readonly Column[] = [
  { title: `first seen (${zoneName()})` },
  { title: 'hours' },
  { title: 'publisher', flexible: true },
  { title: 'where', flexible: true, keepsEnd: true },
];

function print(view: TimelineView): void {
  terminal.line(`${bold(view.subject)} ${dim(`known at ${localTime(view.asOf)}`)}`);
  terminal.line();
  if (view.transitions.length === 0) {
    terminal.line('Nothing has moved yet.');
    return;
  }
  const moves = view.transitions.map(({ at, claim, from, to, status, rule, quiet }) => [
    shortTime(at),
    claim,
    from,
    levelWords(to, status),
    rule,
    quiet ? 'first sight' : '',
  ]);
  terminal.line(table(TRANSITIONS, moves, terminal.width));
  terminal.line();
  for (const { at, kind, claim, evidence, by, because } of view.retractions) {
    const what = kind === 'retract' ? 'taken out of judgement' : 'back in judgement';
    const line = `${localTime(at)}: ${evidence} (${claim}) ${what} by ${by}: ${because}`;
    terminal.line(wrapped(line, terminal.width, '  '));
  }
  if (view.retractions.length > 0) terminal.line();
  const seen = view.sightings.map(({ at, lag, publisher, target }) => [
    shortTime(at),
    lag === null ? '-' : `${lag > 0 ? '+' : ''}${lag}`,
    publisher,
    target,
  ]);
  terminal.line(table(SIGHTINGS, seen, terminal.width));
  terminal.line(dim('hours before (-) or after (+) the first confirmation'));
}
