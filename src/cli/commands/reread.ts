import type { Command } from 'commander';
import { type ReprocessedTarget, reprocessAll } from '../../operations/reprocess.ts';
import { appOptions, type CommonOptions, commandNamed, interruption } from '../options.ts';
import { dim, present, red, terminal, wrapped } from '../print.ts';

export function command(): Command {
  return commandNamed(
    'reread',
    'Reads the stored answers again with the watchers of today: what they find counts from now on, what they no longer find ends. Asks no source and tells nobody.',
    ['reread', 'reread openai-changelog'],
  )
    .argument('[watcher]', 'the answers of one watcher only')
    .action(run);
}

async function run(watcher: string | undefined, options: CommonOptions): Promise<void> {
  const targets = await reprocessAll(appOptions(options), {
    watcher: watcher ?? null,
    signal: interruption(),
    onReread: (target) => {
      if (options.json !== true) printOne(target);
    },
  });
  present(options, { targets }, printSum);
  // An answer that cannot be read any more is a finding.
  if (targets.some(({ left }) => left !== null)) process.exitCode = 1;
}

function printOne({
  target,
  snapshots,
  changes,
  added,
  superseded,
  left,
}: ReprocessedTarget): void {
  if (left !== null) terminal.note(red(wrapped(`${target}: ${left}`, terminal.width, '  ')));
  else if (changes + added + superseded > 0) {
    const what = `${snapshots} answers, ${changes} entries read otherwise, ${added} new pieces of evidence, ${superseded} ended`;
    terminal.note(dim(wrapped(`${target}: ${what}`, terminal.width, '  ')));
  }
}

function printSum({ targets }: { targets: readonly ReprocessedTarget[] }): void {
  const sum = (count: (target: ReprocessedTarget) => number) =>
    targets.reduce((total, target) => total + count(target), 0);
  const read = targets.filter(({ snapshots }) => snapshots > 0).length;
  terminal.line(
    `${sum(({ snapshots }) => snapshots)} answers of ${read} sources read again, ${sum(({ changes }) => changes)} entries read otherwise,`,
  );
  terminal.line(
    `${sum(({ added }) => added)} pieces of evidence new, ${sum(({ superseded }) => superseded)} ended, ${sum(({ transitions }) => transitions)} levels moved quietly.`,
  );
}
