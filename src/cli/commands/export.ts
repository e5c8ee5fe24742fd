import type { Command } from 'commander';
import { publicUrlOf } from '../../app/options.ts';
import { systemClock } from '../../domain/clock.ts';
import { runExportSite } from '../../operations/serve.ts';
import { appOptions, type CommonOptions, commandNamed, parsePast } from '../options.ts';
import { megabytes, terminal } from '../print.ts';
import { exportDatabaseCommand } from './upkeep.ts';

interface ExportSite extends CommonOptions {
  publicUrl: string;
  asOf?: string;
}

export function command(): Command {
  const site = commandNamed(
    'site',
    'Writes board, feeds, badges, calendar, answers of the API and llms.txt as plain files for any static host.',
    ['export site public --public-url https://you.github.io/radar'],
  )
    .argument('<folder>', 'where the files go')
    .requiredOption('--public-url <url>', 'where the files will be served')
    .option('--as-of <time>', 'what was known at that time')
    .action(run);
  return commandNamed('export', 'Writes what is known for others, or for another database.', [
    'export site public --public-url https://you.github.io/radar',
    'export database firsthand.jsonl.gz',
  ])
    .addCommand(site)
    .addCommand(exportDatabaseCommand());
}

async function run(folder: string, options: ExportSite): Promise<void> {
  const at = parsePast(options.asOf, '--as-of');
  const clock = options.asOf === undefined ? systemClock : { now: () => at };
  const publicUrl = publicUrlOf(options.publicUrl);
  const exported = await runExportSite({ ...appOptions(options), to: folder, publicUrl }, clock);
  if (options.json) terminal.json({ folder, ...exported });
  else terminal.line(`${exported.files} files (${megabytes(exported.bytes)}) are in ${folder}.`);
}
