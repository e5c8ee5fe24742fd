import type { Command } from 'commander';
import { openDaemon } from '../../app/build-daemon.ts';
import type { Daemon } from '../../daemon/daemon.ts';
import type { Server } from '../../operations/serve.ts';
import { appOptions, type CommonOptions, commandNamed, portOf } from '../options.ts';
import { terminal } from '../print.ts';
import { tell } from '../print-error.ts';

export function command(): Command {
  return commandNamed(
    'daemon',
    'Checks what is due and delivers alerts until it is stopped. SIGTERM ends it in order, a second one at once; SIGHUP reads the configuration again.',
    ['daemon', 'daemon --config /etc/firsthand/config.yaml', 'daemon --port 9464'],
  )
    .option('--port <number>', 'answers /healthz, /readyz and /metrics here', portOf)
    .option('--host <address>', 'the address that port is on (default: 127.0.0.1)')
    .option(
      '--serve <number>',
      'serves the board on this port of this machine, as "serve" does',
      portOf,
    )
    .action(run);
}

interface DaemonCommandOptions extends CommonOptions {
  port?: number;
  host?: string;
  serve?: number;
}

/** How long a second signal leaves for what was called off to let go, in milliseconds. */
const AT_ONCE = 1_000;

async function run(options: DaemonCommandOptions): Promise<void> {
  const { port, host } = options;
  const daemon = await openDaemon({
    ...appOptions(options),
    ...(port !== undefined && { port }),
    ...(host !== undefined && { host }),
  });
  const board = await boardBeside(daemon, options);
  const ports = { port: daemon.port, ...(board !== null && { url: board.url }) };
  if (options.json) terminal.json({ running: true, pid: process.pid, ...ports });
  const onStop = stopper(daemon);
  const onReload = () => void reload(daemon);
  process.on('SIGTERM', onStop).on('SIGINT', onStop).on('SIGHUP', onReload);
  try {
    await daemon.ended;
  } finally {
    await board?.close();
    process.off('SIGTERM', onStop).off('SIGINT', onStop).off('SIGHUP', onReload);
  }
}

/** The board on a port of its own; where it cannot be had the daemon ends as well. */
async function boardBeside(
  daemon: Daemon,
  { serve: port, ...options }: DaemonCommandOptions,
): Promise<Server | null> {
  if (port === undefined) return null;
  // Loaded when it is asked for: a daemon alone needs none of it.
  const { openServer } = await import('../../operations/serve.ts');
  try {
    return await openServer({ ...appOptions(options), port, host: '127.0.0.1', publicUrl: null });
  } catch (thrown) {
    await daemon.stop();
    throw thrown;
  }
}

/** The first signal ends it in order, the second at once. */
function stopper(daemon: Daemon): () => void {
  let asked = false;
  return () => {
    if (asked) {
      daemon.cut();
      setTimeout(() => process.exit(1), AT_ONCE).unref();
    }
    asked = true;
    void daemon.stop();
  };
}

/** A configuration that cannot be used changes nothing, and says why. */
async function reload(daemon: Daemon): Promise<void> {
  try {
    await daemon.reload();
  } catch (thrown) {
    terminal.note('The configuration was not read again; the daemon goes on with the one it has.');
    tell(thrown, false);
  }
}
