import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { readPage } from '../../src/operations/read.ts';
import { Sqlite } from '../../src/store/sqlite-file.ts';
import { firsthand } from '../support/program.ts';
import { start } from '../support/running.ts';
import { temporaryFolder } from '../support/store.ts';
import { WAIT } from '../support/timeouts.ts';
import { openStage, type Stage } from '../support/vendor-stage.ts';

const MEGABYTE = 1024 * 1024;

const SAID =
  '<p>OpenAI has released gpt-image-2, according to The Verge. It is rolling out to ChatGPT Plus users.</p>\n';

function filled(bit: string, bytes: number): string {
  return bit.repeat(Math.ceil(bytes / bit.length));
}

function page(body: string): string {
  return `<html><head><title>gpt-image-2 is out</title></head><body><article><h1>gpt-image-2 is out</h1>${body}</article></body></html>`;
}

/** Made to take long, and what reading them may come to. */
const HOSTILE: Readonly<Record<string, string>> = {
  'line.example': page(`<p>gpt-image-2 ${filled('word ', 2 * MEGABYTE)}</p>`),
  'nested.example': page(`${'<div>'.repeat(200_000)}gpt-image-2 is out`),
  'cells.example': page(`<table>${filled('<tr><td>a<p>', 4 * MEGABYTE)}`),
  'brackets.example': page(`<p>gpt-image-2 ${filled('[](', MEGABYTE)}</p>`),
  'long.example': page(filled(SAID, 9 * MEGABYTE)),
};

const HOSTS = Object.keys(HOSTILE).sort();

it('a large page is read in a thread as it is read in process', async () => {
  // Large enough for a thread, and small enough for its limit on a machine with much else to do.
  const body = page(filled(SAID, 12_000));
  const file = join(temporaryFolder(), 'page.html');
  writeFileSync(file, body);
  const [url, at] = ['https://example.org/post', '2026-04-21T19:00:00.000Z'];
  const ended = await firsthand(['read', file, '--url', url, '--at', at, '--json']);
  expect(ended.stderr).toBe('');
  const contentType = 'text/html';
  const here = await readPage({ body: new TextEncoder().encode(body), url, at, contentType });
  expect(here.evidence.length).toBeGreaterThan(100);
  expect(JSON.parse(ended.stdout)).toEqual(JSON.parse(JSON.stringify(here)));
});

it('a large page that cannot be read in time is given up, and the daemon goes on meanwhile', async () => {
  // Pages wait for a thread, of which a small machine has one: that is no part of what is tried.
  const stage = await openStage({ daemon: { deadline: '10m' } });
  const sendPages = addReports(stage);
  const daemon = start(['daemon', '--json', '--port', '0', '--config', stage.config]);
  const port = await vi.waitFor(() => portIn(daemon.stdout()), WAIT);
  const health = watchHealth(`http://127.0.0.1:${port}/healthz`);
  await vi.waitFor(() => expect(asked(stage, '/post').length).toBe(HOSTS.length), WAIT);
  // The first answer of the changelog is its baseline; what comes after it is told.
  await vi.waitFor(() => expect(asked(stage, '.md').length).toBeGreaterThan(1), WAIT);
  const answer = await stage.hold();
  stage.release('gpt-7.1');
  sendPages();
  answer();
  await vi.waitFor(() => expect(stage.mail.mails.length).toBeGreaterThan(0), WAIT);
  expect(Object.keys(outcomes(stage)).length).toBeLessThan(HOSTS.length);
  await vi.waitFor(() => expect(Object.keys(outcomes(stage)).sort()).toEqual(HOSTS), WAIT);
  const worst = await health.stop();
  daemon.child.kill('SIGTERM');
  expect(await daemon.ended).toBe(0);
  expect(outcomes(stage)).toMatchObject({
    'line.example': 'present',
    'cells.example': expect.stringMatching(/^parse_failed too-slow: .* longer than 10 s/),
    'nested.example': expect.stringMatching(/^parse_failed malformed: .* nests more than/),
    // On a machine with much else to do this one may not be done in time, either.
    'long.example': expect.stringMatching(/^present$|^parse_failed too-slow: /),
  });
  // In this process the longest of them would have held up everything for most of a minute.
  expect(worst).toBeLessThan(20_000);
});

/** Adds the hostile pages; they are sent when what this gives is called. */
function addReports({ config, site }: Stage): () => void {
  const settings = JSON.parse(readFileSync(config, 'utf8'));
  const held: (() => void)[] = [];
  for (const [host, body] of Object.entries(HOSTILE)) {
    site.answer(`${host}/post`, (_request, response) => {
      held.push(() => response.writeHead(200, { 'content-type': 'text/html' }).end(body));
    });
  }
  settings.watchers.reports = { every: '1m', pages: HOSTS.map((host) => `https://${host}/post`) };
  Object.assign(settings.fetch.hosts, site.standingFor(...HOSTS));
  writeFileSync(config, JSON.stringify(settings));
  return () => {
    for (const send of held) send();
  };
}

function portIn(stdout: string): number {
  const port = /"port": (\d+)/.exec(stdout)?.[1];
  if (port === undefined) throw new Error('It does not run yet.');
  return Number(port);
}

/** Requests for pages, by the end of their address. */
function asked({ site }: Stage, end: string): readonly string[] {
  return site.requests.map(({ address }) => address).filter((address) => address.endsWith(end));
}

/** What the first check of each hostile page came to, by host. */
function outcomes({ db }: Stage): Record<string, string> {
  const database = new Sqlite(db, { readonly: true });
  const rows = database
    .prepare(
      "select t.host, c.outcome, c.failure from checks c join targets t on t.id = c.target where t.watcher = 'reports' order by c.at desc",
    )
    .all() as { host: string; outcome: string; failure: string | null }[];
  database.close();
  return Object.fromEntries(
    rows.map(({ host, outcome, failure }) => {
      const { kind, message } = JSON.parse(failure ?? '{}');
      return [host, failure === null ? outcome : `${outcome} ${kind}: ${message}`];
    }),
  );
}

/** Asks whether the daemon is well, again and again, and tells how long it took to answer at worst, in milliseconds. */
function watchHealth(url: string) {
  let goesOn = true;
  const watching = (async () => {
    let worst = 0;
    while (goesOn) {
      const from = performance.now();
      await once(get(url), 'response');
      worst = Math.max(worst, performance.now() - from);
      await pause(20);
    }
    return worst;
  })();
  return {
    stop() {
      goesOn = false;
      return watching;
    },
  };
}
