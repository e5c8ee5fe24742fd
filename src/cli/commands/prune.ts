import type { Command } from 'commander';
import { runPrune } from '../../operations/prune.ts';
import { appOptions, type CommonOptions, commandNamed, interruption } from '../options.ts';
import { megabytes, terminal } from '../print.ts';

export function command(): Command {
  return commandNamed(
    'prune',
    'Removes what is older than the configuration keeps and what nothing rests on. Evidence, changes and what a judgement rests on stay.',
    ['prune'],
  ).action(run);
}

async function run(options: CommonOptions): Promise<void> {
  const pruned = await runPrune(appOptions(options), interruption());
  if (options.json) {
    terminal.json(pruned);
    return;
  }
  const { snapshots, bodies, checks, freed } = pruned;
  terminal.line(
    `${snapshots} snapshots and ${bodies} bodies removed, ${checks} checks thinned out`,
  );
  terminal.line(`${megabytes(freed)} given back to the disk`);
}
