// How a measurement and the processes that it starts talk: they say that they are ready, are told to begin, and report.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { serverSeconds } from './database.mjs';

/** Says that this process is ready, and resolves when it is told to begin. */
export async function begin() {
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
}

/** @param {object} report */
export function done(report) {
  process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
}

/**
 * Starts programs of this folder at the same time, and gives what all of them came to: a check costs what workers and
 * server used of a processor, which a machine busy with other work does not stretch much.
 * @param {string} program
 * @param {readonly object[]} orders
 * @param {{ data: string } | null} server
 */
export async function together(program, orders, server) {
  const workers = await Promise.all(orders.map((order) => start(program, order)));
  const before = serverSeconds(server);
  const reports = await Promise.all(workers.map(({ go }) => go()));
  // What served them ends now: only then does the server count it among what ended.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const seconds = Math.max(...reports.map((report) => report.seconds));
  const sum = (name) => reports.reduce((total, report) => total + report[name], 0);
  const checks = sum('checks');
  const late = reports.flatMap((report) => report.late);
  return {
    ...{ checks, seconds, late, rate: checks / seconds },
    workerCpu: (sum('cpu') / checks) * 1_000,
    serverCpu: ((serverSeconds(server) - before) / checks) * 1_000,
  };
}

async function start(program, order) {
  const file = join(import.meta.dirname, program);
  const child = spawn(process.execPath, [file, JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = [];
  let heard = () => undefined;
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    heard();
  });
  child.once('exit', (code) => {
    if (code !== 0) lines.push('failed');
    heard();
  });
  const line = async () => {
    while (lines.length === 0) await new Promise((resolve) => (heard = () => resolve(undefined)));
    const next = lines.shift();
    if (next === 'failed') throw new Error(`${program} failed.`);
    return next;
  };
  await line();
  return {
    async go() {
      child.stdin.write('go\n');
      return JSON.parse(await line());
    },
  };
}
