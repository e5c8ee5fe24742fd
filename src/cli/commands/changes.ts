import type { Command } from 'commander';
import { changeDetail, changesOf } from '../../read/changes.ts';
import type { Known } from '../../read/known.ts';
import type { ChangeDetail, ChangesView } from '../../read/views.ts';
import {
  type CommonOptions,
  commandNamed,
  given,
  limitOf,
  parseTime,
  withDatabase,
} from '../options.ts';
import {
  bold,
  dim,
  green,
  localTime,
  present,
  red,
  shortTime,
  terminal,
  wrapped,
  zoneName,
} from '../print.ts';
import { type Column, table } from '../table.ts';

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
  const limit = limitOf(options.limit);
  await withDatabase(options, async ({ known }) => {
    if (options.show === undefined) await showList(known, options, limit);
    else await showOne(known, options.show, options);
  });
}

async function showList(known: Known, options: ChangesOptions, limit: number): Promise<void> {
  const { since, until, target, after, all } = options;
  const view = await changesOf(known, {
    ...given({
      since: since && parseTime(since, '--since', 'start'),
      until: until && parseTime(until, '--until'),
      ...{ target, cursor: after },
    }),
    includeBaseline: all ?? false,
    limit,
  });
  present(options, view, printList);
}

async function showOne(known: Known, id: string, options: ChangesOptions): Promise<void> {
  const detail = await changeDetail(known, id);
  present(options, detail, printDetail);
}

const COLUMNS: readonly Column[] = [
  { title: `when (${zoneName()})` },
  { title: 'what', flexible: true },
];

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
  terminal.line(table(COLUMNS, rows, terminal.width));
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
  for (const line of shown.join('').split('\n')) terminal.line(wrapped(line, terminal.width));
}
