import { vi } from 'vitest';
import { main } from '../../src/cli/program.ts';
import type { Ended } from './program.ts';

/** Runs a command in this process, as a person types it, and catches what it says. */
export async function typed(args: readonly string[]): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    const code = await main(args);
    return { code, ...said };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

/** The one document that a command prints with `--json`. */
export async function asked<T>(args: readonly string[], code = 0): Promise<T> {
  const ended = await typed([...args, '--json']);
  if (ended.code !== code) {
    throw new Error(
      `firsthand ${args.join(' ')} ended with ${ended.code}: ${ended.stderr}${ended.stdout}`,
    );
  }
  return JSON.parse(ended.stdout) as T;
}
