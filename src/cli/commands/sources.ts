import type { Command } from 'commander';
import type { OutletsView } from '../../read/outlet-view.ts';
import { outletsOf } from '../../read/outlets.ts';
import { sourcesOf } from '../../read/sources.ts';
import type { SourcesView } from '../../read/views.ts';
import { type CommonOptions, commandNamed, momentOf, withRecord } from '../options.ts';
import {
  type Column,
  dim,
  green,
  localTime,
  red,
  shortTime,
  table,
  terminal,
  wrapped,
  zoneName,
} from '../print.ts';

export function command(): Command {
  const sources = commandNamed('sources', 'Every address that is read, and how it is doing.', [
    'sources',
    'sources score',
  ])
    .option('--trouble', 'only those that are not well')
    .action(run);
  const score = commandNamed(
    'score',
    'How well each outlet did on claims that are settled. It never influences a level.',
    ['sources score', 'sources score --as-of 2026-05-01'],
  )
    .option('--as-of <time>', 'by what was known at that time')
    .action((_own: unknown, self: Command) => runScore(self.optsWithGlobals()));
  return sources.addCommand(score);
}

async function run(options: CommonOptions & { trouble?: boolean }): Promise<void> {
  await withRecord(options, async ({ known }) => {
    const view = await sourcesOf(known);
    const isShown = ({ health }: SourcesView['sources'][number]) =>
      options.trouble !== true || !['ok', 'off', 'unchecked'].includes(health);
    const shown = { sources: view.sources.filter(isShown) };
    if (options.json) terminal.json(shown);
    else print(shown);
  });
}

const COLUMNS: readonly Column[] = [
  { title: 'health', color: (text) => (text === 'ok' ? green : red) },
  { title: 'source', flexible: true },
  { title: `last good check (${zoneName()})` },
  { title: `next check (${zoneName()})` },
  { title: `last change (${zoneName()})` },
];

function print({ sources }: SourcesView): void {
  if (sources.length === 0) {
    terminal.line('Nothing is read yet. Run: firsthand check');
    return;
  }
  const rows = sources.map((source) => [
    source.health,
    source.target,
    shortTime(source.lastGoodAt),
    shortTime(source.nextCheckAt),
    shortTime(source.lastChangeAt),
  ]);
  terminal.line(table(COLUMNS, rows, terminal.width));
  for (const { target, reason, since } of sources) {
    if (reason === null) continue;
    terminal.line(
      dim(wrapped(`${target} since ${localTime(since)}: ${reason}`, terminal.width, '  ')),
    );
  }
}

async function runScore(options: CommonOptions & { asOf?: string }): Promise<void> {
  const asOf = momentOf(options.asOf, '--as-of');
  await withRecord(options, async ({ known }) => {
    const view = await outletsOf(known, asOf);
    if (options.json) terminal.json(view);
    else printScore(view);
  });
}

const SCORE_COLUMNS: readonly Column[] = [
  { title: 'grade' },
  { title: 'outlet', flexible: true },
  { title: 'settled claims' },
  { title: 'Brier (nine of ten lie in)' },
  { title: 'ahead by' },
  { title: 'too early' },
  { title: 'out of date' },
  { title: 'passed on' },
];

function printScore({ outlets, settled }: OutletsView): void {
  if (outlets.length === 0) {
    terminal.line(`No outlet has spoken of a claim that is settled (${settled} are).`);
    return;
  }
  const rows = outlets.map((one) => [
    one.grade ?? '-',
    one.name,
    String(one.claims),
    `${one.brier.mean.toFixed(2)} (${one.brier.low.toFixed(2)} to ${one.brier.high.toFixed(2)})`,
    one.leadHours === null ? '-' : `${Math.round(one.leadHours)} h`,
    String(one.premature),
    String(one.stale),
    `${Math.round(one.copiedShare * 100)} %`,
  ]);
  terminal.line(table(SCORE_COLUMNS, rows, terminal.width));
  terminal.line(
    dim('Brier: 0 is always sure and right, 0.25 a coin. No letter before ten settled claims.'),
  );
}
