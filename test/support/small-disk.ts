import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** A disk of its own that only some processes see, and that may be filled or made read-only. */
export interface SmallDisk {
  /** Words to put before a command that is to see the disk. */
  within: readonly string[];
  /** Runs a line of shell where the disk is seen. */
  run(line: string): string;
  close(): Promise<void>;
}

/** Whether this machine lets us mount something that nobody else sees. */
export const CAN_MOUNT =
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

/** Mounts some memory over a folder for as long as it is needed. */
export async function openSmallDisk(folder: string, size: string): Promise<SmallDisk> {
  const mount = `mount -t tmpfs -o size=${size} tmpfs '${folder}' && echo mounted && cat`;
  const holder: ChildProcess = spawn('unshare', ['--mount', 'sh', '-c', mount]);
  if (holder.stdout === null) throw new Error('The disk has no way to say that it is there.');
  await once(holder.stdout, 'data');
  const within = ['nsenter', '--target', `${holder.pid}`, '--mount', `--wd=${process.cwd()}`];
  return {
    within,
    run(line) {
      const [command = '', ...args] = [...within, 'sh', '-c', line];
      const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
      return stdout + stderr;
    },
    async close() {
      holder.stdin?.end();
      await once(holder, 'close');
    },
  };
}
