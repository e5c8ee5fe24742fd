import type { Command } from 'commander';
import type { OpenDatabase } from '../../app/open-database.ts';
import { given } from '../../domain/given.ts';
import { changeDetail, changesOf } from '../../read/changes.ts';
import type { ChangeDetail, ChangesView } from '../../read/views.ts';
import { answer, type CommonOptions, commandNamed, limitOf, parseTime } from '../options.ts';
import { bold, dim, green, localTime, red, shortTime, terminal, zoneName } from '../print.ts';
import { type Columns, printTable } from '../table.ts';

interface ChangesOptions extends CommonOptions {
  since?: string;
  until?: string;
  target?: string;
  show?: string;
  all?: boolean;
  limit: string;
  after?: string;
}

export function command(): Command {
  return commandNamed('changes', 'What changed at which source, the newest first.', [
    'changes --since 2026-04-20',
    'changes --target openai-changelog',
    'changes --show ch_0123456789abcdef0123',
  ])
    .option('--since <time>', 'not before that time')
    .option('--until <time>', 'not after that time')
    .option('--target <target>', 'at one source only, by its name or a part of it')
    .option('--show <id>', 'one change with the words that differ')
    .option('--all', 'with what the first good answers already held')
    .option('--limit <n>', 'at most this many', '50')
    .option('--after <cursor>', 'continues a longer list')
    .action(run);
}

async function run(options: ChangesOptions): Promise<void> {
  const { show, since, until, target, after, all: includeBaseline = false } = options;
  const limit = limitOf(options.limit);
  if (show !== undefined) {
    await answer(options, ({ known }) => changeDetail(known, show), printDetail);
    return;
  }
  const ask = ({ known }: OpenDatabase) =>
    changesOf(known, {
      ...given({
        since: since && parseTime(since, '--since', 'start'),
        until: until && parseTime(until, '--until'),
        ...{ target, cursor: after },
      }),
      ...{ includeBaseline, limit },
    });
  await answer(options, ask, printList);
}

const COLUMNS: Columns = [`when (${zoneName()})`, { title: 'what', flexible: true }];

function printList(view: ChangesView): void {
  if (view.changes.length === 0) {
    terminal.line('Nothing has changed since then.');
    return;
  }
  const rows = view.changes.map(({ id, at, kind, title, target, baseline, technical }) => ({
    cells: [
      shortTime(at),
      `${kind}${baseline ? ' (first sight)' : ''}${technical ? ' (read anew)' : ''}: ${title}`,
    ],
    below: `${id} ${target}`,
  }));
  printTable(COLUMNS, rows);
  if (view.next !== null) terminal.line(dim(`more: --after ${view.next}`));
}

function printDetail(view: ChangeDetail): void {
  terminal.line(`${bold(view.title)} · ${view.kind} · ${localTime(view.at)}`);
  terminal.line(dim(view.url));
  terminal.line();
  const shown = view.diff.map(({ kind, text }) => {
    if (kind === 'added') return green(`{+${text}+}`);
    return kind === 'removed' ? red(`[-${text}-]`) : text;
  });
  for (const line of shown.join('').split('\n')) terminal.text(line);
}
