import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cli, root } from './project.mjs';

/** The settings of some watchers; all others are off. */
export function only(settings) {
  const all = readdirSync(join(root, 'watchers')).map((file) => file.replace(/\.ts$/, ''));
  return { ...Object.fromEntries(all.map((id) => [id, { off: true }])), ...settings };
}

/** Writes a config and returns its path; JSON is YAML, too. */
export function writeConfig(folder, settings) {
  const path = join(folder, 'config.yaml');
  writeFileSync(path, JSON.stringify(settings, null, 2));
  return path;
}

/** A local site whose answers a function gives. */
export async function openSite(answer) {
  const server = createServer((request, response) => {
    if (request.url === '/robots.txt') response.writeHead(404).end();
    else answer(request, response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A mail server as a process; `mails` grows, and `next` resolves with the mail that comes next. */
export async function openMailServer() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'mail-server.mjs')]);
  const lines = createInterface({ input: child.stdout });
  const mails = [];
  let waiting = () => undefined;
  const port = await new Promise((resolve) => {
    lines.on('line', (line) => {
      const said = JSON.parse(line);
      if ('port' in said) resolve(said.port);
      else {
        mails.push(said);
        waiting(said);
      }
    });
  });
  return {
    port,
    mails,
    next: () =>
      new Promise((resolve) => {
        waiting = resolve;
      }),
    close: () => child.kill(),
  };
}

/** The built daemon as a process, once it runs; its port answers when one is asked for. */
export async function startDaemon(config, args = []) {
  const child = spawn(process.execPath, [cli, 'daemon', '--json', '--config', config, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  const running = await new Promise((resolve, reject) => {
    child.on('close', (code) => reject(new Error(`The daemon ended with ${code}: ${said}`)));
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.trimEnd().endsWith('}')) resolve(JSON.parse(said));
    });
  });
  return {
    child,
    port: running.port,
    stop() {
      child.removeAllListeners('close');
      return new Promise((resolve) => {
        child.on('close', resolve);
        child.kill('SIGTERM');
      });
    },
  };
}
