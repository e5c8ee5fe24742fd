import type { Command } from 'commander';
import { type Carried, runImportDatabase } from '../../operations/portable-database.ts';
import { appOptions, type CommonOptions, commandNamed } from '../options.ts';
import { megabytes, terminal, wrapped } from '../print.ts';

export function command(): Command {
  return commandNamed(
    'import',
    'Fills a new database from the file that `export database` wrote, all of it or nothing, and proves by hash that it holds the same.',
    [
      'import firsthand.jsonl.gz --db postgres:///firsthand',
      'import firsthand.jsonl.gz --db new.db',
    ],
  )
    .argument('<file>', 'what `export database` wrote')
    .action(run);
}

async function run(file: string, options: CommonOptions): Promise<void> {
  const carried = await runImportDatabase(appOptions(options), file);
  if (options.json) terminal.json(carried);
  else for (const line of carriedLines(carried)) terminal.line(line);
}

/** What is said of a database that was written out or taken in. */
export function carriedLines({ file, bytes, rows, sha256 }: Carried): readonly string[] {
  return [`${file} (${megabytes(bytes)}): ${rows} rows`, `sha256 over all rows: ${sha256}`].map(
    (line) => wrapped(line, terminal.width),
  );
}
