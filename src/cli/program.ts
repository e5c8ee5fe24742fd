import { Command, CommanderError } from 'commander';
import { UsageError } from '../domain/errors.ts';
import { harmless } from './print.ts';
import { exitCodeFor, tell } from './print-error.ts';

/** One line of `firsthand --help`, and where the command is; it is loaded when it is asked for. */
interface Entry {
  summary: string;
  load(): Promise<{ command(): Command }>;
}

/** The commands under their headings. */
const COMMANDS: Readonly<Record<string, Readonly<Record<string, Entry>>>> = {
  Ask: {
    status: {
      summary: 'the level of a claim: rumor, secondary or confirmed; without a subject, the board',
      load: () => import('./commands/status.ts'),
    },
    explain: {
      summary: 'why a claim stands where it stands: for, against, could not be checked',
      load: () => import('./commands/explain.ts'),
    },
    timeline: {
      summary: 'every transition of a subject, and which channel was first',
      load: () => import('./commands/timeline.ts'),
    },
    evidence: {
      summary: 'each piece of evidence; "evidence show ID" prints the stored text around it',
      load: () => import('./commands/evidence.ts'),
    },
    changes: {
      summary: 'what changed at which source, with a word diff',
      load: () => import('./commands/changes.ts'),
    },
    stories: {
      summary:
        'what happened, one story a launch; "stories show ID" says why something was kept quiet',
      load: () => import('./commands/stories.ts'),
    },
    sources: {
      summary: 'every address that is read: health, last good check, next check',
      load: () => import('./commands/sources.ts'),
    },
    alerts: {
      summary: 'who was told what, what failed, and why it went where it went',
      load: () => import('./commands/alerts.ts'),
    },
    lint: {
      summary: 'model ids in a code base that are retired, retiring, unconfirmed or unknown',
      load: () => import('./commands/lint.ts'),
    },
  },
  Show: {
    serve: {
      summary: 'the board in a browser, with an API, feeds, badges and a calendar',
      load: () => import('./commands/serve.ts'),
    },
    export: {
      summary: 'writes board, feeds and badges as plain files, or the database as one',
      load: () => import('./commands/export.ts'),
    },
    mcp: {
      summary: 'answers an assistant over the Model Context Protocol',
      load: () => import('./commands/mcp.ts'),
    },
  },
  Watch: {
    check: {
      summary: 'one pass over the sources, then exit',
      load: () => import('./commands/check.ts'),
    },
    daemon: {
      summary: 'checks what is due and delivers alerts, until it is stopped',
      load: () => import('./commands/daemon.ts'),
    },
    wait: {
      summary: 'blocks until a level is reached; exits 1 when the time is over before',
      load: () => import('./commands/wait.ts'),
    },
    follow: {
      summary: 'follows a model or product; without one, lists what is followed',
      load: () => import('./commands/follow.ts'),
    },
    unfollow: {
      summary: 'stops following a model or product',
      load: async () => ({ command: (await import('./commands/follow.ts')).unfollowCommand }),
    },
    silence: {
      summary: 'mutes alerts on a subject for a time; without one, what is muted',
      load: () => import('./commands/silence.ts'),
    },
  },
  'Try and replay': {
    demo: {
      summary: 'replays a recorded launch through real HTTP, mail and chat on this machine',
      load: () => import('./commands/demo.ts'),
    },
    read: {
      summary: 'what one page says: the evidence a reader takes from it; writes nothing',
      load: () => import('./commands/read.ts'),
    },
    try: {
      summary: 'runs one watcher on the web or on a file and shows what it makes of it',
      load: () => import('./commands/try.ts'),
    },
    replay: {
      summary: 'runs the pipeline over recorded captures, on their own clock',
      load: () => import('./commands/replay.ts'),
    },
    backfill: {
      summary: 'reads the history a channel keeps, such as every published version of a package',
      load: () => import('./commands/backfill.ts'),
    },
    reread: {
      summary: 'reads stored answers again with the watchers of today; tells nobody',
      load: () => import('./commands/reread.ts'),
    },
  },
  'Look after it': {
    config: {
      summary: 'checks config.yaml, and writes its schema for editors',
      load: async () => ({ command: (await import('./commands/doctor.ts')).configCommand }),
    },
    doctor: {
      summary: 'what is wrong with config, database, network and channels, and what to do',
      load: () => import('./commands/doctor.ts'),
    },
    workers: {
      summary: 'who works on the database, on what, and how far behind',
      load: () => import('./commands/workers.ts'),
    },
    db: {
      summary: '"db migrate" makes the tables on a Postgres server, or brings them up to date',
      load: async () => ({ command: (await import('./commands/upkeep.ts')).dbCommand }),
    },
    verify: {
      summary: 'proves the database from its bytes up; exits 1 on findings',
      load: async () => ({ command: (await import('./commands/upkeep.ts')).verifyCommand }),
    },
    backup: {
      summary: 'copies the database while it is used',
      load: async () => ({ command: (await import('./commands/upkeep.ts')).backupCommand }),
    },
    import: {
      summary: 'fills a new database from "export database", SQLite and Postgres alike',
      load: async () => ({ command: (await import('./commands/upkeep.ts')).importCommand }),
    },
    restore: {
      summary: 'puts a proved copy in the place of the database',
      load: async () => ({ command: (await import('./commands/upkeep.ts')).restoreCommand }),
    },
    prune: {
      summary: 'removes what is too old and what nothing rests on',
      load: async () => ({ command: (await import('./commands/upkeep.ts')).pruneCommand }),
    },
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
  for (const [group, entries] of Object.entries(COMMANDS)) {
    for (const [id, { summary, load }] of Object.entries(entries)) {
      const { command } = isLoaded(id) ? await load() : { command: () => new Command(id) };
      const made = command().summary(summary).helpGroup(`${group}:`);
      program.addCommand(isLoaded(id) ? made : made.description(summary));
      inherit(made, program);
    }
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
