import { expect, it } from 'vitest';
import { manualClock } from '../../src/domain/clock.ts';
import type { Via } from '../../src/domain/watcher.ts';
import { openFetcher } from '../../src/fetch/open-fetcher.ts';
import { chromiumPath } from '../support/chromium.ts';
import { openSite } from '../support/http-site.ts';

it('serves every way of fetching from one place, with stand-ins for the hosts', async () => {
  await chromiumPath();
  const site = await openSite();
  const note = '<!doctype html><title>T</title><p>A note on models.</p>';
  const versions = { '1.0.0': { name: 'sdk', version: '1.0.0', dist: { tarball: 'x' } } };
  site.answer('news.example/plain', { body: note });
  site.answer('news.example/shown', { body: note });
  site.answer('api.openai.com/v1/models', { type: 'application/json', body: '{"data":[]}' });
  site.answer('/sdk', {
    type: 'application/json',
    body: JSON.stringify({ name: 'sdk', 'dist-tags': {}, versions }),
  });
  const fetcher = openFetcher({
    clock: manualClock('2026-04-21T19:00:00.000Z'),
    agent: { version: '0.1.0', contact: null },
    hosts: site.standingFor('news.example', 'api.openai.com'),
    modelList: { key: 'sk-test' },
    npm: { settings: { registry: site.origin } },
  });
  const kinds = new Map<Via, string>();
  const asked: [Via, string][] = [
    ['http', 'https://news.example/plain'],
    ['browser', 'https://news.example/shown'],
    ['model-list', 'https://api.openai.com/v1/models'],
    ['npm', 'npm:sdk@9.9.9'],
  ];
  for (const [via, url] of asked) {
    const outcome = await fetcher.fetch(
      { url, via, validators: null },
      new AbortController().signal,
    );
    kinds.set(via, outcome.kind === 'failed' ? outcome.error.message : outcome.kind);
  }
  await fetcher.close();
  expect(Object.fromEntries(kinds)).toEqual({
    http: 'fetched',
    browser: 'fetched',
    'model-list': 'fetched',
    npm: 'gone',
  });
  await site.close();
});
