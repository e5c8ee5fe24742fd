import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Dispatcher, request } from 'undici';
import { afterEach, expect, it, vi } from 'vitest';
import type { DaemonOptions } from '../../src/app/build-daemon.ts';
import { openDaemon } from '../../src/app/build-daemon.ts';
import type { Daemon } from '../../src/daemon/daemon.ts';
import { ConfigError, UsageError } from '../../src/domain/errors.ts';
import { textOf } from '../support/project-files.ts';
import { WAIT } from '../support/timeouts.ts';
import { openStage, type Stage } from '../support/vendor-stage.ts';

const running: Daemon[] = [];

afterEach(async () => {
  for (const daemon of running.splice(0)) await daemon.stop();
});

async function started({ options }: Stage, over: Partial<DaemonOptions> = {}): Promise<Daemon> {
  const daemon = await openDaemon({ ...options, port: 0, ...over });
  running.push(daemon);
  return daemon;
}

async function ask(
  { port }: Daemon,
  path: string,
  method: Dispatcher.HttpMethod = 'GET',
): Promise<{ status: number; headers: Readonly<Record<string, unknown>>; text: string }> {
  const { statusCode, headers, body } = await request(`http://127.0.0.1:${port}${path}`, {
    method,
  });
  return { status: statusCode, headers, text: await body.text() };
}

/** The samples of a page by name and labels, as `name{a="b"}`. */
async function figures(daemon: Daemon): Promise<ReadonlyMap<string, number>> {
  const { text } = await ask(daemon, '/metrics');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), figureIn(line)]));
}

/** How often the changelog was asked for. */
function looksIn({ site }: Stage): number {
  return site.requests.filter(({ path }) => path.endsWith('changelog.md')).length;
}

function figureIn(line: string): number {
  return Number(line.slice(line.lastIndexOf(' ') + 1));
}

it('a daemon with a port counts checks and deliveries, and says how late it is and how old its last good check', async () => {
  const stage = await openStage();
  const begun = performance.now();
  const daemon = await started(stage);
  const checks = 'firsthand_checks_total{watcher="openai-changelog",outcome="present"}';
  await vi.waitFor(
    async () => expect((await figures(daemon)).get(checks)).toBeGreaterThan(0),
    WAIT,
  );
  const answer = await stage.hold();
  // All but the one that waits.
  expect((await figures(daemon)).get(checks)).toBe(looksIn(stage) - 1);
  stage.release('gpt-7.1');
  answer();
  const sent = 'firsthand_deliveries_total{channel="mail",outcome="sent"}';
  await vi.waitFor(async () => expect((await figures(daemon)).get(sent)).toBe(1), WAIT);
  const now = await figures(daemon);
  const watcher = 'watcher="openai-changelog"';
  const target = `${watcher},target="openai-changelog:https://developers.openai.com/api/docs/changelog.md"`;
  const age = now.get(`firsthand_primary_last_good_check_age_seconds{${target}}`);
  const seconds = (performance.now() - begun) / 1_000;
  expect(age).toBeLessThan(seconds);
  expect(now.get(`firsthand_transitions_total{${watcher}}`)).toBeGreaterThan(0);
  expect(now.get('firsthand_schedule_lag_seconds')).toBeLessThan(seconds);
  expect(now.get('firsthand_targets{health="ok"}')).toBe(1);
  expect(now.get('firsthand_outbox_deliveries{state="queued"}')).toBe(0);
  expect(now.get('firsthand_outbox_oldest_seconds')).toBe(0);
  expect(now.get('firsthand_check_seconds_count{stage="judge"}')).toBeGreaterThan(1);
  expect(now.get('firsthand_check_seconds_sum{stage="fetch"}')).toBeGreaterThan(0);
  expect(now.get('firsthand_delivery_seconds_count{channel="mail"}')).toBe(1);
  expect(now.get('firsthand_browser_memory_bytes')).toBe(0);
  expect(now.get('firsthand_database_bytes')).toBeGreaterThan(100_000);
  expect(now.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
});

it('a daemon with a port shows what waits and was given up, and since when', async () => {
  const stage = await openStage();
  stage.mail.script = { data: { code: 451, text: 'later' } };
  const daemon = await started(stage);
  await vi.waitFor(() => expect(stage.site.requests.length).toBeGreaterThan(2), WAIT);
  stage.release('gpt-7.2');
  const failed = 'firsthand_deliveries_total{channel="mail",outcome="failed"}';
  await vi.waitFor(
    async () => expect((await figures(daemon)).get(failed)).toBeGreaterThan(0),
    WAIT,
  );
  const now = await figures(daemon);
  expect(now.get('firsthand_outbox_deliveries{state="queued"}')).toBe(1);
  expect(now.get('firsthand_outbox_oldest_seconds')).toBeGreaterThan(0);
  stage.mail.script = {};
});

it('a daemon with a port is alive and ready, and no longer ready while it stops', async () => {
  const stage = await openStage();
  const daemon = await started(stage);
  await vi.waitFor(() => expect(stage.site.requests.length).toBeGreaterThan(1), WAIT);
  expect(await ask(daemon, '/healthz')).toMatchObject({
    status: 200,
    text: '{"alive":true,"because":[]}\n',
  });
  expect(await ask(daemon, '/readyz')).toMatchObject({ status: 200 });
  let letGo = () => undefined as unknown;
  stage.site.answer('developers.openai.com/api/docs/changelog.md', (_request, response) => {
    letGo = () => response.writeHead(503).end();
  });
  const asked = stage.site.requests.length;
  await vi.waitFor(() => expect(stage.site.requests.length).toBeGreaterThan(asked), WAIT);
  const stopped = daemon.stop();
  const ready = await ask(daemon, '/readyz');
  expect(ready.status).toBe(503);
  expect(JSON.parse(ready.text)).toEqual({ ready: false, because: ['it is being stopped'] });
  expect(await ask(daemon, '/healthz')).toMatchObject({ status: 200 });
  letGo();
  await stopped;
  await expect(ask(daemon, '/healthz')).rejects.toThrow();
});

it('a daemon with a port answers three questions and no other', async () => {
  const daemon = await started(await openStage());
  expect((await ask(daemon, '/')).status).toBe(404);
  expect((await ask(daemon, '/healthz?now')).status).toBe(200);
  const posted = await ask(daemon, '/metrics', 'POST');
  expect([posted.status, posted.headers['allow']]).toEqual([405, 'GET, HEAD']);
  const head = await ask(daemon, '/readyz', 'HEAD');
  expect([head.status, head.text]).toEqual([200, '']);
});

it('a daemon with a port is out of reach from other machines unless it is told otherwise', async () => {
  const daemon = await started(await openStage());
  const outward = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal);
  const answers = await Promise.all(outward.map(({ address }) => reaches(address, daemon)));
  expect(answers).toEqual(outward.map(() => false));
  expect(await reaches('127.0.0.1', daemon)).toBe(true);
});

it('a daemon with a port says where the config is wrong when another program has the port', async () => {
  const stage = await openStage();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  stage.configure({ daemon: { port } });
  const fromConfig = openDaemon(stage.options);
  await expect(fromConfig).rejects.toThrow(ConfigError);
  await expect(fromConfig).rejects.toThrow(/config\.yaml:\d+: daemon\.port: nothing can listen/);
  await expect(started(stage, { port })).rejects.toThrow(UsageError);
  await new Promise((resolve) => other.close(resolve));
});

it('a daemon with a port counts reloads, and those that were refused', async () => {
  const stage = await openStage();
  const daemon = await started(stage);
  await daemon.reload();
  stage.configure({ routes: [{ name: 'nobody', to: ['nowhere'] }] });
  await expect(daemon.reload()).rejects.toThrow(ConfigError);
  const now = await figures(daemon);
  expect(now.get('firsthand_config_reloads_total{outcome="used"}')).toBe(1);
  expect(now.get('firsthand_config_reloads_total{outcome="refused"}')).toBe(1);
});

it('a daemon with a port shows figures that docs/deploy.md tells of, and all of those', async () => {
  const daemon = await started(await openStage());
  const { text, headers } = await ask(daemon, '/metrics');
  expect(headers['content-type']).toContain('text/plain; version=0.0.4');
  const shown = [...text.matchAll(/^# TYPE (firsthand_\w+)/gm)].map(([, name]) => name);
  const page = await textOf('docs/deploy.md');
  const told = [...page.matchAll(/^\| `(firsthand_\w+)/gm)].map(([, name]) => name);
  expect(told.sort()).toEqual(shown.sort());
  expect(shown.length).toBeGreaterThan(15);
});

it('a daemon without a port answers nobody', async () => {
  const stage = await openStage();
  const daemon = await openDaemon(stage.options);
  running.push(daemon);
  expect(daemon.port).toBeNull();
});

function reaches(host: string, { port }: Daemon): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: port ?? 0, timeout: 60_000 });
    const end = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
  });
}
