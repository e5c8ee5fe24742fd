import type { Command } from 'commander';
import type { CheckReport } from '../../domain/check-report.ts';
import { runCheck } from '../../operations/check.ts';
import { checkView, colorOf, endOf, printCheck } from '../check-summary.ts';
import { appOptions, type CommonOptions, commandNamed, interruption } from '../options.ts';
import { dim, terminal } from '../print.ts';

interface CheckOptions extends CommonOptions {
  due?: boolean;
}

export function command(): Command {
  return commandNamed(
    'check',
    'One pass over the sources: reads them, judges what changed, delivers alerts, exits.',
    ['check', 'check openai-news openai-changelog', 'check --due'],
  )
    .argument('[watchers...]', 'these watchers only')
    .option('--due', 'only what is due: for cron, timers and CI schedules')
    .action(run);
}

async function run(watchers: readonly string[], options: CheckOptions): Promise<void> {
  const summary = await runCheck(appOptions(options), {
    watchers,
    due: options.due ?? false,
    signal: interruption(),
    // A person sees how it goes; whoever keeps the log has a line for each check in it.
    ...(process.stderr.isTTY && !options.json && { onChecked: note }),
  });
  if (options.json) terminal.json(checkView(summary));
  else printCheck(summary, watchers);
}

function note(report: CheckReport): void {
  const { target, unchanged, changes, error } = report;
  const read = unchanged ? 'unchanged' : `${changes.length} changes`;
  const end = endOf(report);
  terminal.note(`${colorOf(end)(end)} ${target.id} ${error === null ? dim(read) : ''}`.trim());
}
