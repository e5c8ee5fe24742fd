import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROMPT_VERSION } from '../../src/core/proposals/question.ts';
import type { ReadView } from '../../src/read/page-view.ts';
import { type HttpSite, openSite } from '../support/http-site.ts';
import { END, MODEL, POST, PROPOSED, page, RULED, UNRULED } from '../support/model-line.ts';
import { COST, type ModelServer, startModelServer } from '../support/model-server.ts';
import { firsthand } from '../support/program.ts';
import { temporaryFolder } from '../support/store.ts';

let folder: string;
let server: ModelServer;
let site: HttpSite;
beforeEach(async () => {
  folder = temporaryFolder();
  [server, site] = await Promise.all([startModelServer(), openSite()]);
  server.reply({
    statements: [
      PROPOSED,
      { ...PROPOSED, quote: 'It is out.\u001b[2J' },
      { ...PROPOSED, level: 'confirmed' },
    ],
  });
});
afterEach(() => site.abandon());

function configured(over: Readonly<Record<string, unknown>> = {}): string {
  const file = join(folder, 'config.yaml');
  const openai = { reading: { model: MODEL, baseUrl: server.baseUrl, apiKey: '${READING_KEY}' } };
  const store = `sqlite:${join(folder, 'firsthand.db')}`;
  writeFileSync(file, JSON.stringify({ store, openai, ...over }));
  return file;
}

function saved(): string {
  const file = join(folder, 'page.html');
  writeFileSync(file, page(UNRULED, RULED));
  return file;
}

const ENVIRONMENT = { READING_KEY: 'sk-reading', OPENAI_API_KEY: '' };

function readWith(config: string, ...more: readonly string[]) {
  const args = ['read', saved(), '--url', POST, '--at', END, '--config', config, ...more];
  return firsthand(args, ENVIRONMENT);
}

it('firsthand read --model shows what a model had a part in, what was dropped and why, and asks once', async () => {
  const config = configured();
  const first = await readWith(config, '--model', '--json');
  expect([first.code, first.stderr]).toEqual([0, '']);
  const view: ReadView = JSON.parse(first.stdout);
  expect(view.model).toEqual({
    ...{
      model: MODEL,
      prompt: PROMPT_VERSION,
      answer: 'asked',
      outcome: 'answered',
      why: null,
      message: null,
    },
    ...{ tokens: 2 * COST, added: 1, lowered: 0, raised: 0, doubted: 0 },
    dropped: [
      { why: 'not-in-text', proposed: 'It is out.\u001b[2J' },
      { why: 'malformed', proposed: UNRULED },
    ],
  });
  const readers = view.evidence.map(({ quote, reader, contribution }) => [
    quote,
    reader,
    contribution,
  ]);
  expect(readers).toEqual([
    [UNRULED, `${MODEL}@${PROMPT_VERSION}`, 'support:secondary'],
    [RULED, null, 'deny:secondary'],
  ]);
  const again = await readWith(config, '--model');
  expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer sk-reading']);
  expect(again.stdout).toContain(
    `with ${MODEL}, as it answered before: 1 added, 0 held firmer, 0 less firm, 2 dropped\ndropped (not-in-text): It is out.`,
  );
  expect(again.stdout).not.toContain('\u001b');
});

it('firsthand read --model says why the rules stand alone, and ends well', async () => {
  server.reply((response) => response.writeHead(503).end());
  const { code, stdout } = await readWith(configured(), '--model');
  expect(code).toBe(0);
  expect(stdout).toContain(`Read by rules alone, without ${MODEL}: 127.0.0.1`);
  expect(stdout).toContain(RULED);
});

it('firsthand read --model asks nobody unless it is told to, and says where a model is named', async () => {
  const plain: ReadView = JSON.parse((await readWith(configured(), '--json')).stdout);
  expect(plain.model).toBeNull();
  const without = await readWith(configured({ openai: {} }), '--model');
  expect(without.code).toBe(2);
  expect(without.stderr).toContain('set openai.reading.model');
  expect(server.asked).toEqual([]);
});

it('firsthand check with a model in its config lets it help with pages of others, and shows where it did', async () => {
  site.answer('blog.example/post', { body: page(UNRULED, RULED) });
  const config = configured({
    watchers: { reports: { pages: [POST] } },
    fetch: { hosts: site.standingFor('blog.example') },
    log: { level: 'info' },
  });
  const checked = await firsthand(['check', 'reports', '--config', config], ENVIRONMENT);
  expect(checked.code).toBe(0);
  expect(server.asked).toHaveLength(1);
  expect(checked.stderr).toMatch(
    /"page":"https:\/\/blog\.example\/post".*"msg":"read with a model"/,
  );
  const shown = await firsthand(['evidence', 'gpt-image-2', '--config', config], ENVIRONMENT);
  expect(shown.stdout).toContain('for, assert (model)');
  const proved = await firsthand(['verify', '--config', config], ENVIRONMENT);
  expect([proved.code, server.asked.length]).toEqual([0, 1]);
});
