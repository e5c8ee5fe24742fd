import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { vi } from 'vitest';
import { endWithFile, endWithTest } from './endings.ts';
import { WAIT } from './timeouts.ts';

const MAIN = join(import.meta.dirname, '../../dist/bin/main.js');

/** The built program as a process that runs on until it is told to end. */
export interface Running {
  child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves with its exit code, or the signal it died of. */
  ended: Promise<number | string>;
}

/** Starts the built program for all tests of a file. */
export function startForFile(args: readonly string[]): Running {
  const running = launch(args, []);
  endWithFile(() => running.child.kill('SIGKILL'));
  return running;
}

/** Starts the built program; `before` are words that stand before it, such as those of a namespace to run in. */
export function start(args: readonly string[], before: readonly string[] = []): Running {
  const running = launch(args, before);
  endWithTest(() => running.child.kill('SIGKILL'));
  return running;
}

function launch(args: readonly string[], before: readonly string[]): Running {
  const [command = '', ...rest] = [...before, process.execPath, MAIN, ...args];
  const child = spawn(command, rest, {
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return { child, stdout: () => stdout, stderr: () => stderr, ended };
}

interface DaemonWords {
  /** More that the daemon is told. */
  args?: readonly string[];
  /** What stands before its own command. */
  before?: readonly string[];
}

/** Starts a daemon and resolves when it runs. */
export async function startDaemonProcess(
  config: string,
  { args = [], before = [] }: DaemonWords = {},
): Promise<Running> {
  const running = start(['daemon', '--json', ...args, '--config', config], before);
  await vi.waitFor(() => {
    if (running.stdout().includes('"running": true')) return;
    throw new Error(`It does not run: ${running.stderr()}`);
  }, WAIT);
  return running;
}
