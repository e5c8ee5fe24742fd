import type { Command } from 'commander';
import { runBackup } from '../../operations/backup.ts';
import { appOptions, type CommonOptions, commandNamed } from '../options.ts';
import { megabytes, terminal } from '../print.ts';

export function command(): Command {
  return commandNamed(
    'backup',
    'Copies the database while it is used, and looks the copy over. Without a place, into the folder of retention.backup.',
    ['backup', 'backup /mnt/backups', 'backup before-the-update.db'],
  )
    .argument('[place]', 'a folder, or the name of the copy')
    .action(run);
}

async function run(place: string | undefined, options: CommonOptions): Promise<void> {
  const copied = await runBackup(appOptions(options), place ?? null);
  if (options.json) terminal.json(copied);
  else terminal.line(`${copied.path} (${megabytes(copied.bytes)})`);
}
