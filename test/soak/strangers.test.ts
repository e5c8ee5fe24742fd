import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { describe, expect, it, vi } from 'vitest';
import { openDaemon } from '../../src/app/build-daemon.ts';
import { amount, figure, TIMEOUT } from '../support/soak.ts';
import { WAIT } from '../support/timeouts.ts';
import { only, openStage } from '../support/vendor-stage.ts';

/** What strangers have written to be slow to match or to read. */
const ROBOTS = [
  'User-agent: *',
  ...Array.from({ length: 400 }, (_, n) => `Disallow: /${'*a'.repeat(400)}${n}$`),
];
const UNITS = ['gpt-5.4 ', '[gpt-5.4](', '<div>', '( not ', '**', '&lt;', 'GPT-5.4, ', '- | '];
const HOSTS = UNITS.map((_, n) => `stranger${n}.example`);

/** Milliseconds until /healthz has answered that all is well. */
async function answerTime(health: string): Promise<number> {
  const begun = performance.now();
  const { statusCode, body } = await request(health);
  await body.text();
  expect(statusCode).toBe(200);
  return performance.now() - begun;
}

describe('a daemon among strangers who mean harm', { timeout: TIMEOUT }, () => {
  it('a daemon among strangers who mean harm answers whoever asks how it is, whatever it reads', async () => {
    const size = amount(7_000, 60_000);
    const stage = await openStage();
    stage.configure({
      watchers: only({
        reports: { every: '1s', pages: HOSTS.map((host) => `https://${host}/${'a'.repeat(300)}`) },
      }),
      fetch: {
        contact: 'https://test.example',
        hosts: stage.site.standingFor(...HOSTS),
        gap: '1s',
      },
    });
    for (const [n, unit] of UNITS.entries()) {
      const host = HOSTS[n] ?? '';
      const body = `<!doctype html><title>News</title><article><p>${unit.repeat(size / unit.length)}</p></article>`;
      stage.site.answer(`${host}/robots.txt`, { type: 'text/plain', body: ROBOTS.join('\n') });
      stage.site.answer(`${host}/${'a'.repeat(300)}`, { body });
    }
    const daemon = await openDaemon({ ...stage.options, port: 0 });
    const health = `http://127.0.0.1:${daemon.port}/healthz`;
    const took: number[] = [];
    const asked = () =>
      HOSTS.filter((host) =>
        stage.site.requests.some(({ address }) => address.startsWith(`${host}/aaa`)),
      );
    await vi.waitFor(async () => {
      took.push(await answerTime(health));
      expect(asked()).toEqual(HOSTS);
    }, WAIT);
    for (let more = 0; more < amount(5, 200); more += 1) {
      took.push(await answerTime(health));
      await pause(100);
    }
    figure(
      'strangers: the slowest answer of /healthz, in milliseconds',
      Math.round(Math.max(...took)),
    );
    await daemon.stop();
    await daemon.ended;
  });
});
