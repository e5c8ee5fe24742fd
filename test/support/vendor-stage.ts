import { readdirSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { AppOptions } from '../../src/app/options.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { endWithTest } from './endings.ts';
import { type HttpSite, openSite } from './http-site.ts';
import { type MailServer, startMailServer } from './smtp-server.ts';
import { temporaryFolder } from './store.ts';

const HOST = 'developers.openai.com';
const CHANGELOG = `${HOST}/api/docs/changelog.md`;

/** A vendor's changelog, a mail server and a config that ties them together: all that a line needs to tell of a launch. */
export interface Stage {
  folder: string;
  config: string;
  db: string;
  site: HttpSite;
  mail: MailServer;
  options: AppOptions;
  /** Puts entries on the changelog, the newest last; those before them stay. */
  release(...models: readonly string[]): void;
  /** Makes the changelog wait: the next request is answered, with what has been released by then, when this is called. */
  hold(): Promise<() => void>;
  /** Writes the config anew. */
  configure(over: Readonly<Record<string, unknown>>): void;
}

/** Opens a stage that is gone after the test; `settings` are added to its config. */
export async function openStage(settings: Readonly<Record<string, unknown>> = {}): Promise<Stage> {
  const [site, mail] = await Promise.all([openSite(), startMailServer()]);
  const folder = temporaryFolder();
  const config = join(folder, 'config.yaml');
  const db = join(folder, 'firsthand.db');
  const released = ['gpt-5.4', 'gpt-5.4-pro'];
  const stage: Stage = {
    ...{ folder, config, db, site, mail },
    options: { config, db: null, environment: {}, folder },
    release(...models) {
      released.push(...models);
      site.answer(CHANGELOG, {
        body: changelog(released),
        type: 'text/markdown',
        conditional: true,
      });
    },
    async hold() {
      const { response, arrived } = waiting();
      site.answer(CHANGELOG, (_request, its) => response(its));
      const held = await arrived;
      return () => {
        stage.release();
        held.writeHead(200, { 'content-type': 'text/markdown' }).end(changelog(released));
      };
    },
    configure(over) {
      // JSON is YAML, too.
      const usual = usualConfig(db, site, mail);
      writeFileSync(config, JSON.stringify({ ...usual, ...settings, ...over }, null, 2));
    },
  };
  endWithTest(async () => {
    await site.abandon();
    await mail.close();
  });
  stage.release();
  stage.configure({});
  return stage;
}

/** Opens a stage for passes that are asked for: its page is due once a day, so that one pass, however slow, looks once. */
export function openPassStage(settings: Readonly<Record<string, unknown>> = {}): Promise<Stage> {
  return openStage({ watchers: only({ 'openai-changelog': { every: '1d' } }), ...settings });
}

/** A request that is to come. */
function waiting() {
  let response: (response: ServerResponse) => void = () => undefined;
  const arrived = new Promise<ServerResponse>((resolve) => {
    response = resolve;
  });
  return { arrived, response: (its: ServerResponse) => response(its) };
}

const WATCHERS = readdirSync(join(import.meta.dirname, '../../watchers')).map((file) =>
  file.replace(/\.ts$/, ''),
);

/** The settings of some watchers; all others are off. */
export function only(settings: Readonly<Record<string, object>>): Record<string, object> {
  return { ...Object.fromEntries(WATCHERS.map((id) => [id, { off: true }])), ...settings };
}

function usualConfig(db: string, site: HttpSite, mail: MailServer) {
  const smtp = { host: mail.host, port: mail.port, tls: 'none' };
  return {
    store: `sqlite:${db}`,
    follow: { subjects: ['gpt-5.4'], discover: true },
    watchers: only({ 'openai-changelog': { every: '1s' } }),
    fetch: { contact: 'https://test.example', hosts: site.standingFor(HOST), gap: '1s' },
    channels: {
      mail: { kind: 'email', ...smtp, from: 'firsthand@test.example', to: ['you@test.example'] },
    },
    routes: [{ name: 'everything', to: ['mail'] }],
    // Trials release more in a minute than a vendor does in a year, and look for each.
    alerts: { atMost: 100_000 },
    log: { level: 'silent' },
  };
}

const DAY = 86_400_000;

/** The day of the first entry: long enough ago that none of many lies in the future. */
const FIRST_DAY = Math.floor(Date.parse(systemClock.now()) / DAY) * DAY - 400 * DAY;

/** Each entry releases one model; four to a day, the newest first, as the page has them. */
function changelog(models: readonly string[]): string {
  const lines = ['# Changelog', '> What is new in the OpenAI API.'];
  let month = '';
  let date = '';
  for (const [at, model] of [...models.entries()].reverse()) {
    const day = new Date(FIRST_DAY + Math.floor(at / 4) * DAY);
    const inMonth = day.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' });
    const heading = `## ${inMonth}, ${day.getUTCFullYear()}`;
    if (heading !== month) lines.push(heading);
    const dated = day.toLocaleString('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
    if (dated !== date || heading !== month) lines.push(`### ${dated}`);
    [month, date] = [heading, dated];
    lines.push(`Feature · Model: ${model} · API: v1/responses`);
    lines.push(`Released \`${model}\` in the API.`);
  }
  return `${lines.join('\n\n')}\n`;
}
