import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { systemClock } from '../../src/domain/clock.ts';
import { millisecondsOf } from '../../src/domain/time.ts';
import { type Running, start } from './running.ts';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';
import type { Stage } from './vendor-stage.ts';

/** One life of a worker: a process from its start to its end, in milliseconds by the clock of this machine. */
export interface Life {
  /** Which worker and which of its lives, such as `worker-2-7`; what it asks and mails bears this name. */
  name: string;
  running: Running;
  from: number;
  to: number | null;
  /** How it ended; null while it lives. */
  end: number | string | null;
}

/** A machine of a trial: its own line to the database, its own clock, and somebody who starts its worker again. */
export interface Machine {
  line: TcpProxy;
  lives: Life[];
  /** Kills its worker; it is started again soon. */
  kill(): void;
  /** Ends it for good, as an operator does. Gives how it ended. */
  end(): Promise<number | string>;
}

export interface FleetOptions {
  stage: Stage;
  /** The address of the database; each machine reaches its port by a line of its own. */
  store: string;
  /** What each machine's clock is ahead, in milliseconds; one machine for each. */
  clocks: readonly number[];
  settings: Readonly<Record<string, unknown>>;
}

/** How long whoever supervises a worker waits before it is started again, in milliseconds. */
const RESTART_AFTER = 500;

/** Starts a worker on each of several machines of one database. */
export async function startFleet(options: FleetOptions): Promise<readonly Machine[]> {
  const machines: Machine[] = [];
  for (const [index, ahead] of options.clocks.entries()) {
    machines.push(await startMachine(options, `worker-${index + 1}`, ahead));
  }
  return machines;
}

async function startMachine(
  { stage, store, settings }: FleetOptions,
  name: string,
  ahead: number,
): Promise<Machine> {
  const address = new URL(store);
  const line = await openTcpProxy(address);
  address.hostname = '127.0.0.1';
  address.port = String(line.port);
  const lives: Life[] = [];
  let isOver = false;

  function live(): Life {
    const life = `${name}-${lives.length + 1}`;
    const config = join(stage.folder, `${name}.yaml`);
    writeFileSync(config, configOf(stage, { ...settings, store: address.href }, life));
    const running = start(['daemon', '--json', '--config', config], withClock(ahead));
    const begun: Life = {
      name: life,
      running,
      from: millisecondsOf(systemClock.now()),
      to: null,
      end: null,
    };
    lives.push(begun);
    void running.ended.then((end) => {
      Object.assign(begun, { to: millisecondsOf(systemClock.now()), end });
      if (!isOver) setTimeout(() => isOver || live(), RESTART_AFTER);
    });
    return begun;
  }

  live();
  return {
    line,
    lives,
    kill: () => void lives.at(-1)?.running.child.kill('SIGKILL'),
    async end() {
      // One that was killed a moment ago is started again first: only who lives can end in order.
      while (lives.at(-1)?.end !== null) await pause(RESTART_AFTER / 10);
      isOver = true;
      const last = lives.at(-1);
      last?.running.child.kill('SIGTERM');
      const how = (await last?.running.ended) ?? 'never started';
      await line.close();
      return how;
    },
  };
}

/** The config of the stage, in which the site and the mails show which process it was. */
function configOf(stage: Stage, settings: Readonly<Record<string, unknown>>, life: string): string {
  const usual = JSON.parse(readFileSync(stage.config, 'utf8'));
  const { fetch, channels, ...rest } = { ...usual, ...settings };
  return JSON.stringify({
    ...rest,
    fetch: { ...fetch, contact: `https://test.example/${life}` },
    channels: { mail: { ...channels.mail, from: `${life}@test.example` } },
  });
}

function withClock(ahead: number): readonly string[] {
  const module = pathToFileURL(fileURLToPath(new URL('shifted-clock.mjs', import.meta.url)));
  module.searchParams.set('ahead', String(ahead));
  return ahead === 0 ? [] : ['env', `NODE_OPTIONS=--import=${module.href}`];
}
