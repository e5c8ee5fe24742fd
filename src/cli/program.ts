import { Command, CommanderError } from 'commander';
import { UsageError } from '../domain/errors.ts';
import { harmless } from './print.ts';
import { exitCodeFor, tell } from './print-error.ts';

/** One line of `firsthand --help`, and where the command is; it is loaded when it is asked for. */
interface Entry {
  /** The heading it stands under. */
  group: string;
  summary: string;
  load(): Promise<{ command(): Command }>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  status: {
    group: 'Ask',
    summary: 'the level of a claim: rumor, secondary or confirmed; without a subject, the board',
    load: () => import('./commands/status.ts'),
  },
  explain: {
    group: 'Ask',
    summary: 'why a claim stands where it stands: for, against, could not be checked',
    load: () => import('./commands/explain.ts'),
  },
  timeline: {
    group: 'Ask',
    summary: 'every transition of a subject, and which channel was first',
    load: () => import('./commands/timeline.ts'),
  },
  evidence: {
    group: 'Ask',
    summary: 'each piece of evidence; "evidence show ID" prints the stored text around it',
    load: () => import('./commands/evidence.ts'),
  },
  changes: {
    group: 'Ask',
    summary: 'what changed at which source, with a word diff',
    load: () => import('./commands/changes.ts'),
  },
  stories: {
    group: 'Ask',
    summary:
      'what happened, one story a launch; "stories show ID" says why something was kept quiet',
    load: () => import('./commands/stories.ts'),
  },
  sources: {
    group: 'Ask',
    summary: 'every address that is read: health, last good check, next check',
    load: () => import('./commands/sources.ts'),
  },
  alerts: {
    group: 'Ask',
    summary: 'who was told what, what failed, and why it went where it went',
    load: () => import('./commands/alerts.ts'),
  },
  lint: {
    group: 'Ask',
    summary: 'model ids in a code base that are retired, retiring, unconfirmed or unknown',
    load: () => import('./commands/lint.ts'),
  },
  serve: {
    group: 'Show',
    summary: 'the board in a browser, with an API, feeds, badges and a calendar',
    load: () => import('./commands/serve.ts'),
  },
  export: {
    group: 'Show',
    summary: 'writes board, feeds and badges as plain files, or the database as one',
    load: () => import('./commands/export.ts'),
  },
  mcp: {
    group: 'Show',
    summary: 'answers an assistant over the Model Context Protocol',
    load: () => import('./commands/mcp.ts'),
  },
  check: {
    group: 'Watch',
    summary: 'one pass over the sources, then exit',
    load: () => import('./commands/check.ts'),
  },
  daemon: {
    group: 'Watch',
    summary: 'checks what is due and delivers alerts, until it is stopped',
    load: () => import('./commands/daemon.ts'),
  },
  wait: {
    group: 'Watch',
    summary: 'blocks until a level is reached; exits 1 when the time is over before',
    load: () => import('./commands/wait.ts'),
  },
  follow: {
    group: 'Watch',
    summary: 'follows a model or product; without one, lists what is followed',
    load: () => import('./commands/follow.ts'),
  },
  unfollow: {
    group: 'Watch',
    summary: 'stops following a model or product',
    load: () => import('./commands/unfollow.ts'),
  },
  silence: {
    group: 'Watch',
    summary: 'mutes alerts on a subject for a time; without one, what is muted',
    load: () => import('./commands/silence.ts'),
  },
  demo: {
    group: 'Try and replay',
    summary: 'replays a recorded launch through real HTTP, mail and chat on this machine',
    load: () => import('./commands/demo.ts'),
  },
  read: {
    group: 'Try and replay',
    summary: 'what one page says: the evidence a reader takes from it; writes nothing',
    load: () => import('./commands/read.ts'),
  },
  try: {
    group: 'Try and replay',
    summary: 'runs one watcher on the web or on a file and shows what it makes of it',
    load: () => import('./commands/try.ts'),
  },
  replay: {
    group: 'Try and replay',
    summary: 'runs the pipeline over recorded captures, on their own clock',
    load: () => import('./commands/replay.ts'),
  },
  backfill: {
    group: 'Try and replay',
    summary: 'reads the history a channel keeps, such as every published version of a package',
    load: () => import('./commands/backfill.ts'),
  },
  reread: {
    group: 'Try and replay',
    summary: 'reads stored answers again with the watchers of today; tells nobody',
    load: () => import('./commands/reread.ts'),
  },
  config: {
    group: 'Look after it',
    summary: 'checks config.yaml, and writes its schema for editors',
    load: () => import('./commands/config.ts'),
  },
  doctor: {
    group: 'Look after it',
    summary: 'what is wrong with config, database, network and channels, and what to do',
    load: () => import('./commands/doctor.ts'),
  },
  workers: {
    group: 'Look after it',
    summary: 'who works on the database, on what, and how far behind',
    load: () => import('./commands/workers.ts'),
  },
  db: {
    group: 'Look after it',
    summary: '"db migrate" makes the tables on a Postgres server, or brings them up to date',
    load: () => import('./commands/db.ts'),
  },
  verify: {
    group: 'Look after it',
    summary: 'proves the database from its bytes up; exits 1 on findings',
    load: () => import('./commands/verify.ts'),
  },
  backup: {
    group: 'Look after it',
    summary: 'copies the database while it is used',
    load: () => import('./commands/backup.ts'),
  },
  import: {
    group: 'Look after it',
    summary: 'fills a new database from "export database", SQLite and Postgres alike',
    load: () => import('./commands/import.ts'),
  },
  restore: {
    group: 'Look after it',
    summary: 'puts a proved copy in the place of the database',
    load: () => import('./commands/restore.ts'),
  },
  prune: {
    group: 'Look after it',
    summary: 'removes what is too old and what nothing rests on',
    load: () => import('./commands/prune.ts'),
  },
};

/** What the command line says of itself repeats what was typed, or what a script passed on. */
const SPOKEN = {
  writeOut: (text: string) => void process.stdout.write(harmless(text)),
  writeErr: (text: string) => void process.stderr.write(harmless(text)),
};

const EPILOGUE = `
Every command takes --json, --config FILE and --db URL.
Times are shown in your zone; in JSON they are UTC.
Exit codes: 0 yes or done, 1 a "no" that was asked for, 2 bad usage or
configuration, 3 not found, 4 cannot say, 70 a bug, 130 stopped by hand.`;

/** Runs the command line and returns its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const program = await programFor(argv);
    await program.parseAsync([...argv], { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (thrown) {
    const asJson = argv.includes('--json');
    if (!(thrown instanceof CommanderError)) {
      tell(thrown, asJson);
      return exitCodeFor(thrown);
    }
    if (thrown.exitCode === 0) return 0;
    if (asJson) tell(new UsageError(thrown.message.replace(/^error: /, '')), true);
    return 2;
  }
}

/** Only the command that was asked for is loaded; the others are names and summaries. */
function programFor(argv: readonly string[]): Promise<Command> {
  const asked = argv.find((word) => !word.startsWith('-'));
  const name = asked === 'help' ? argv[argv.indexOf('help') + 1] : asked;
  return programWith((id) => id === name, argv.includes('--json'));
}

/**
 * The program with every command loaded.
 * @internal
 */
export function wholeProgram(): Promise<Command> {
  return programWith(() => true, false);
}

async function programWith(isLoaded: (id: string) => boolean, asJson: boolean): Promise<Command> {
  const silent = { outputError: () => undefined, writeErr: () => undefined };
  const program = new Command('firsthand')
    .description('Is this model release real, and who says so first-hand?')
    .exitOverride()
    // With --json the one document says what is wrong.
    .configureOutput(asJson ? silent : SPOKEN)
    .showHelpAfterError('Run firsthand --help for what there is.')
    .addHelpText('after', EPILOGUE);
  program.version(await version(), '-V, --version', 'prints the version');
  for (const [id, { summary, group, load }] of Object.entries(COMMANDS)) {
    const command = isLoaded(id) ? (await load()).command() : new Command(id).description(summary);
    program.addCommand(command.summary(summary).helpGroup(`${group}:`));
    inherit(command, program);
  }
  return program;
}

/** A command that was made elsewhere ends and complains as the program does, and so do those below it. */
function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const below of command.commands) inherit(below, command);
}

async function version(): Promise<string> {
  const app = await import('../package-root.ts');
  return app.version();
}
