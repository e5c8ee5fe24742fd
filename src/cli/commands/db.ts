import type { Command } from 'commander';
import { runMigrate } from '../../operations/migrate-database.ts';
import { appOptions, type CommonOptions, commandNamed } from '../options.ts';
import { terminal } from '../print.ts';

export function command(): Command {
  const migrate = commandNamed(
    'migrate',
    'Makes the tables on a server, or brings them up to date: once for all machines, before they start the new version. A file is brought up to date by whatever opens it.',
    ['db migrate', 'db migrate --db postgres://firsthand@db.example.org/firsthand'],
  ).action((_own: unknown, self: Command) => run(self.optsWithGlobals()));
  return commandNamed('db', 'Looks after the tables of the database.', ['db migrate']).addCommand(
    migrate,
  );
}

async function run(options: CommonOptions): Promise<void> {
  await runMigrate(appOptions(options));
  if (options.json) terminal.json({ migrated: true });
  else terminal.line('The tables are up to date.');
}
