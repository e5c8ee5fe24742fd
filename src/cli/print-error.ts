import { AppError, ConfigError, faultLine, NotFoundError, UsageError } from '../domain/errors.ts';
import { red, terminal } from './print.ts';

/** 2 for what a person can put right, 3 for what is not there, 70 for what is ours to mend. */
export function exitCodeFor(error: unknown): number {
  const thrown = placeFault(error) ?? error;
  if (!(thrown instanceof AppError)) return 70;
  switch (thrown.family) {
    case 'not-found':
      return 3;
    case 'bug':
      return 70;
    default:
      return 2;
  }
}

/** Says on standard error what went wrong and what to do next; with `--json`, as one document on standard output. */
export function tell(error: unknown, asJson: boolean): void {
  const thrown = placeFault(error) ?? error;
  if (asJson) {
    terminal.json({ error: errorView(thrown) });
    return;
  }
  for (const line of linesOf(thrown)) terminal.note(line);
}

/** What the file system says of a place that a person named or chose. */
const OF_PLACE: ReadonlySet<string> = new Set([
  ...['ENOENT', 'EEXIST', 'ENOTDIR', 'EISDIR', 'ENOTEMPTY', 'ENAMETOOLONG', 'ELOOP'],
  ...['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'],
]);

/** A file or folder that cannot be read or written is for people to put right; null for everything else. */
function placeFault(thrown: unknown): UsageError | null {
  if (thrown instanceof AppError || !(thrown instanceof Error)) return null;
  const { code, path } = thrown as NodeJS.ErrnoException;
  if (code === undefined || path === undefined || !OF_PLACE.has(code)) return null;
  const message = `${path} cannot be used: name another place, or see to what is there (${thrown.message}).`;
  return new UsageError(message, { cause: thrown });
}

function errorView(thrown: unknown): Record<string, unknown> {
  if (!(thrown instanceof AppError)) return { kind: 'bug', message: messageOf(thrown) };
  const { family, kind, message } = thrown;
  const faults = thrown instanceof ConfigError ? { faults: thrown.faults } : {};
  const near = thrown instanceof NotFoundError ? { near: thrown.near } : {};
  return { family, kind, message, ...faults, ...near };
}

function linesOf(thrown: unknown): readonly string[] {
  if (thrown instanceof ConfigError) {
    const count = thrown.faults.length;
    const head = count === 1 ? 'One thing is wrong:' : `${count} things are wrong:`;
    return [red(head), ...thrown.faults.map((fault) => `  ${faultLine(fault)}`)];
  }
  if (thrown instanceof AppError && thrown.family !== 'bug') return [red(thrown.message)];
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return [red('firsthand has a bug. Please report it with what follows.'), stack];
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
