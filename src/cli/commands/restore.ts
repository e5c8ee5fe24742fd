import type { Command } from 'commander';
import { runRestore } from '../../operations/restore.ts';
import { appOptions, type CommonOptions, commandNamed } from '../options.ts';
import { dim, terminal } from '../print.ts';
import { printVerification } from '../verification.ts';

export function command(): Command {
  return commandNamed(
    'restore',
    'Puts a copy in the place of the database, after proving it. What was there is kept beside it. Nothing else may have the database open.',
    ['restore /mnt/backups/firsthand-20260421T030000Z.db'],
  )
    .argument('<copy>', 'a file that "backup" wrote')
    .action(run);
}

async function run(copy: string, options: CommonOptions): Promise<void> {
  const restored = await runRestore(appOptions(options), copy);
  if (options.json) {
    terminal.json(restored);
    return;
  }
  const { path, from, kept, verification } = restored;
  printVerification(verification);
  terminal.line(`${path} is now what ${from} holds.`);
  if (kept !== null) terminal.line(dim(`What was there before lies in ${kept}.`));
}
