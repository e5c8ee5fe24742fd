import type { Command } from 'commander';
import { sourcesOf } from '../../read/sources.ts';
import type { SourcesView } from '../../read/views.ts';
import { type CommonOptions, commandNamed, withRecord } from '../options.ts';
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
  return commandNamed('sources', 'Every address that is read, and how it is doing.', ['sources'])
    .option('--trouble', 'only those that are not well')
    .action(run);
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
