import type { Command } from 'commander';
import type { Verification } from '../../maintenance/verify.ts';
import type { Tally } from '../../maintenance/verify-evidence.ts';
import {
  type Carried,
  runBackup,
  runExportDatabase,
  runImportDatabase,
  runMigrate,
  runPrune,
  runRestore,
  runVerify,
} from '../../operations/upkeep.ts';
import { appOptions, type CommonOptions, commandNamed, interruption } from '../options.ts';
import { dim, green, localTime, megabytes, present, red, terminal } from '../print.ts';

/** The commands that keep the database in order: each runs an operation and says in a few lines what came of it. */

export function backupCommand(): Command {
  return commandNamed(
    'backup',
    'Copies the database while it is used, and looks the copy over. Without a place, into the folder of retention.backup.',
    ['backup', 'backup /mnt/backups', 'backup before-the-update.db'],
  )
    .argument('[place]', 'a folder, or the name of the copy')
    .action(async (place: string | undefined, options: CommonOptions) => {
      const copied = await runBackup(appOptions(options), place ?? null);
      present(options, copied, ({ path, bytes }) => terminal.line(`${path} (${megabytes(bytes)})`));
    });
}

export function restoreCommand(): Command {
  return commandNamed(
    'restore',
    'Puts a copy in the place of the database, after proving it. What was there is kept beside it. Nothing else may have the database open.',
    ['restore /mnt/backups/firsthand-20260421T030000Z.db'],
  )
    .argument('<copy>', 'a file that "backup" wrote')
    .action(async (copy: string, options: CommonOptions) => {
      const restored = await runRestore(appOptions(options), copy);
      present(options, restored, ({ path, from, kept, verification }) => {
        printVerification(verification);
        terminal.line(`${path} is now what ${from} holds.`);
        if (kept !== null) terminal.line(dim(`What was there before lies in ${kept}.`));
      });
    });
}

export function importCommand(): Command {
  return commandNamed(
    'import',
    'Fills a new database from the file that `export database` wrote, all of it or nothing, and proves by hash that it holds the same.',
    [
      'import firsthand.jsonl.gz --db postgres:///firsthand',
      'import firsthand.jsonl.gz --db new.db',
    ],
  )
    .argument('<file>', 'what `export database` wrote')
    .action(async (file: string, options: CommonOptions) => {
      present(options, await runImportDatabase(appOptions(options), file), printCarried);
    });
}

/** `export database`, the other half of `import`. */
export function exportDatabaseCommand(): Command {
  return commandNamed(
    'database',
    'Writes the whole database into one file that `import` takes in, on SQLite and on Postgres alike.',
    ['export database firsthand.jsonl.gz'],
  )
    .argument('<file>', 'the file, which must not be there yet')
    .action(async (file: string, options: CommonOptions) => {
      present(options, await runExportDatabase(appOptions(options), file), printCarried);
    });
}

function printCarried({ file, bytes, rows, sha256 }: Carried): void {
  terminal.text(`${file} (${megabytes(bytes)}): ${rows} rows`);
  terminal.text(`sha256 over all rows: ${sha256}`);
}

export function pruneCommand(): Command {
  return commandNamed(
    'prune',
    'Removes what is older than the configuration keeps and what nothing rests on. Evidence, changes and what a judgement rests on stay.',
    ['prune'],
  ).action(async (options: CommonOptions) => {
    const pruned = await runPrune(appOptions(options), interruption());
    present(options, pruned, ({ snapshots, bodies, checks, freed }) => {
      const gone = `${snapshots} snapshots and ${bodies} bodies removed`;
      terminal.line(`${gone}, ${checks} checks thinned out`);
      terminal.line(`${megabytes(freed)} given back to the disk`);
    });
  });
}

export function dbCommand(): Command {
  const migrate = commandNamed(
    'migrate',
    'Makes the tables on a server, or brings them up to date: once for all machines, before they start the new version. A file is brought up to date by whatever opens it.',
    ['db migrate', 'db migrate --db postgres://firsthand@db.example.org/firsthand'],
  ).action(applyMigrations);
  return commandNamed('db', 'Looks after the tables of the database.', ['db migrate']).addCommand(
    migrate,
  );
}

async function applyMigrations(options: CommonOptions): Promise<void> {
  await runMigrate(appOptions(options));
  present(options, { migrated: true }, () => terminal.line('The tables are up to date.'));
}

export function verifyCommand(): Command {
  return commandNamed(
    'verify',
    'Proves the database from its bytes up: hashes every body, makes every quoted text again, derives every verdict again. Exits 1 on findings, 130 when it is stopped.',
    ['verify', 'verify --resume', 'verify --db /mnt/backups/firsthand-20260421T030000Z.db'],
  )
    .option('--resume', 'continues where the last run was stopped')
    .action(runVerifying);
}

const STOPPED = 130;

async function runVerifying(options: CommonOptions & { resume?: boolean }): Promise<void> {
  const { json = false, resume = false } = options;
  const isWatched = process.stderr.isTTY && !json;
  const verification = await runVerify(appOptions(options), {
    ...{ resume, signal: interruption() },
    ...(isWatched && { onProgress: progressLines() }),
  });
  present(options, verification, printVerification);
  if (verification.isStopped) process.exitCode = STOPPED;
  else if (verification.findings.length > 0) process.exitCode = 1;
}

const EVERY = 2_000;

/** A line every other second. */
function progressLines(): (tally: Readonly<Tally>) => void {
  let last = performance.now();
  return ({ bodies, evidence, verdicts, findings }) => {
    if (performance.now() - last < EVERY) return;
    last = performance.now();
    terminal.note(
      `${bodies} bodies, ${evidence} quotes, ${verdicts} verdicts so far, ${findings.length} findings`,
    );
  };
}

/** What proving a database came to, for people. */
function printVerification(verification: Verification): void {
  const { bodies, evidence, reread, verdicts, engineChanged, findings } = verification;
  const { resumedFrom, isStopped } = verification;
  terminal.line(`${bodies} bodies hashed, ${verdicts} verdicts derived again`);
  terminal.line(
    `${evidence} quotes looked up, ${reread} of them in texts made again from the bytes`,
  );
  if (engineChanged > 0) {
    terminal.line(
      `${engineChanged} verdicts of another engine, proved by their digests: engine changed`,
    );
  }
  if (resumedFrom !== null) {
    terminal.line(`Resumed: what was stored since ${localTime(resumedFrom)} may not be among it.`);
  }
  if (isStopped) terminal.line('Stopped before the end: firsthand verify --resume goes on.');
  else if (findings.length === 0) terminal.line(green('Everything holds.'));
  if (findings.length > 0) terminal.line(red(`${findings.length} findings:`));
  for (const { kind, about, message } of findings) {
    terminal.text(`  ${kind} ${about}: ${message}`, '    ');
  }
}
