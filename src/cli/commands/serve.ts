import type { Command } from 'commander';
import { openServer } from '../../operations/serve.ts';
import { appOptions, type CommonOptions, commandNamed, interruption, portOf } from '../options.ts';
import { bold, terminal } from '../print.ts';

interface ServeOptions extends CommonOptions {
  port: number;
  host: string;
  publicUrl?: string;
}

export function command(): Command {
  return commandNamed(
    'serve',
    'The board in a browser, with an API, feeds, badges and a calendar, until it is stopped. It only reads; what can be written takes FIRSTHAND_SERVE_TOKEN.',
    ['serve', 'serve --port 8080', 'serve --host 0.0.0.0 --public-url https://radar.example'],
  )
    .option('--port <number>', 'the port to answer on; 0 for any that is free', portOf, 7878)
    .option('--host <address>', 'the address to answer on', '127.0.0.1')
    .option('--public-url <url>', 'where others reach it, for links in feeds and badges')
    .action(run);
}

async function run(options: ServeOptions): Promise<void> {
  const { port, host, publicUrl = null, json } = options;
  const stopped = interruption();
  const server = await openServer({ ...appOptions(options), port, host, publicUrl });
  try {
    if (json)
      terminal.json({ running: true, pid: process.pid, port: server.port, url: server.url });
    else terminal.line(`The board is at ${bold(server.url)}. Ctrl-C ends it.`);
    await new Promise<void>((resolve) => {
      if (stopped.aborted) resolve();
      stopped.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    await server.close();
  }
}
