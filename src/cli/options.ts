import { Command, InvalidArgumentError } from 'commander';
import type { OpenDatabase } from '../app/open-database.ts';
import type { AppOptions } from '../app/options.ts';
import { systemClock } from '../domain/clock.ts';
import { closing } from '../domain/closing.ts';
import { UsageError } from '../domain/errors.ts';
import { parseInstant, pastMoment } from '../domain/time.ts';
import { present } from './print.ts';

/** The options every command has. */
export interface CommonOptions {
  json?: boolean;
  config?: string;
  db?: string;
}

/** Hands its action the arguments, and the options of all commands above it among its own. */
class NestedCommand extends Command {
  override action(act: Parameters<Command['action']>[0]): this {
    return super.action(function (this: NestedCommand, ...given) {
      return act.apply(this, [...given.slice(0, -2), this.optsWithGlobals()]);
    });
  }
}

/** A command with its summary, the common options, and an example at the end of its help. */
export function commandNamed(
  name: string,
  description: string,
  examples: readonly string[],
): Command {
  // A pipe names the program where it stands in it.
  const whole = (example: string) => /\bfirsthand /.test(example);
  const lines = examples.map((one) => `  $ ${whole(one) ? one : `firsthand ${one}`}`);
  return new NestedCommand(name)
    .description(description)
    .option('--json', 'prints one JSON document, and nothing else, on standard output')
    .option(
      '--config <file>',
      'the configuration (default: config.yaml here, then the one in the package)',
    )
    .option(
      '--db <url>',
      'the database, as sqlite:PATH, a bare path or postgres://… (default: what the configuration says)',
    )
    .addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

export function appOptions({ config, db }: CommonOptions): AppOptions {
  const environment = process.env;
  return { config: config ?? null, db: db ?? null, environment, folder: process.cwd() };
}

/** A command to go on with, which asks the same database of the same moment as the one that was typed. */
export function nextCommand(command: string, options: CommonOptions & { asOf?: string }): string {
  const typed = [
    ['--config', options.config],
    ['--db', options.db],
    ['--as-of', options.asOf],
  ] as const;
  const flags = typed.flatMap(([flag, value]) =>
    value === undefined ? [] : [flag, quoted(value)],
  );
  return ['firsthand', command, ...flags].join(' ');
}

function quoted(value: string): string {
  return /^[\w./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

/** Runs a question on the database and closes it, whatever happens. */
export async function withDatabase<T>(
  options: CommonOptions,
  ask: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const { openDatabase } = await import('../app/open-database.ts');
  return closing(await openDatabase(appOptions(options)), ask);
}

/** Asks the database, and shows what it answers. */
export async function answer<T>(
  options: CommonOptions,
  ask: (database: OpenDatabase) => Promise<T>,
  print: (view: T) => void,
): Promise<void> {
  present(options, await withDatabase(options, ask), print);
}

/** A moment as a person types it: a day, a time with its zone, or `now`; a bare day means its start or its end. */
export function parseTime(
  text: string | undefined,
  name: string,
  ofDay: 'start' | 'end' = 'end',
): string {
  if (text === undefined || text === 'now') return systemClock.now();
  const moment = parseInstant(withZone(text, ofDay));
  if (moment !== null) return moment;
  throw new UsageError(
    `${name} "${text}" is no time. Write a day (2026-04-21) or a time with its zone (2026-04-21T13:59:00Z).`,
  );
}

/** A moment that has been; of today, all that has been of it. */
export function parsePast(text: string | undefined, name: string): string {
  const now = systemClock.now();
  if (text === undefined || text === 'now') return now;
  const begins = parseTime(text, name, 'start');
  return pastMoment(parseTime(text, name), { typed: `${name} "${text}"`, begins, now });
}

/** A time without a zone is UTC here, as everywhere in the database. */
function withZone(text: string, ofDay: 'start' | 'end'): string {
  if (parseInstant(text) !== null) {
    return text.length === 10 && ofDay === 'end' ? `${text}T23:59:59.999Z` : text;
  }
  return `${text.replace(' ', 'T')}Z`;
}

/** One of a few words; null when nothing was typed. */
export function oneOf<T extends string>(
  typed: string | undefined,
  name: string,
  known: readonly T[],
): T | null {
  if (typed === undefined) return null;
  const meant = known.find((word) => word === typed);
  if (meant !== undefined) return meant;
  throw new UsageError(`${name} "${typed}" is not one of ${known.join(', ')}.`);
}

const LONGEST_LIST = 1_000;

/** How many rows at most. */
export function limitOf(typed: string): number {
  const limit = Number(typed);
  if (Number.isInteger(limit) && limit >= 1 && limit <= LONGEST_LIST) return limit;
  throw new UsageError(`--limit "${typed}" is no whole number from 1 to ${LONGEST_LIST}.`);
}

let interrupted: AbortController | null = null;

/** Aborted when a person presses Ctrl-C, so that what runs can end in order. */
export function interruption(): AbortSignal {
  if (interrupted === null) {
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort()).once('SIGTERM', () => stop.abort());
    interrupted = stop;
  }
  return interrupted.signal;
}

/** A port as it is typed. */
export function portOf(typed: string): number {
  const port = Number(typed);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 1 to 65535, or 0 for any that is free.');
}
