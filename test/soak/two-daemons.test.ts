import { expect, it, vi } from 'vitest';
import { lookInto } from '../support/record-look.ts';
import { type Running, startDaemonProcess } from '../support/running.ts';
import { amount, figure, TIMEOUT } from '../support/soak.ts';
import { only, openStage } from '../support/vendor-stage.ts';

const TARGETS = amount(240, 10_000);
const HOSTS = amount(24, 200);

it('two daemons on one file check each of many due targets once', {
  timeout: TIMEOUT,
}, async () => {
  const stage = await openStage();
  const hosts = Array.from({ length: HOSTS }, (_, n) => `outlet-${n}.example`);
  const addresses = Array.from(
    { length: TARGETS },
    (_, n) => `${hosts[n % HOSTS]}/story-${n}.html`,
  );
  for (const address of addresses) {
    stage.site.answer(address, {
      body: `<title>Story</title><main><p>What is said at ${address}, in a sentence of usual length.</p></main>`,
    });
  }
  stage.configure({
    watchers: only({
      reports: { every: '1d', pages: addresses.map((address) => `https://${address}`) },
    }),
    fetch: { contact: 'https://test.example', hosts: stage.site.standingFor(...hosts), gap: '1s' },
    log: { level: 'info' },
  });
  const begun = performance.now();
  const daemons = await Promise.all([1, 2].map(() => startDaemonProcess(stage.config)));
  await vi.waitFor(() => expect(checksBy(daemons)).toBe(TARGETS), {
    timeout: TIMEOUT,
    interval: 200,
  });
  const seconds = (performance.now() - begun) / 1_000;
  for (const { child } of daemons) child.kill('SIGTERM');
  expect(await Promise.all(daemons.map(({ ended }) => ended))).toEqual([0, 0]);

  const pages = stage.site.requests.filter(({ path }) => path.startsWith('/story-'));
  expect(pages).toHaveLength(TARGETS);
  expect(new Set(pages.map(({ address }) => address)).size).toBe(TARGETS);
  const checks = lookInto(stage.db, (database) =>
    database.prepare('select target from checks').pluck().all(),
  );
  expect(new Set(checks).size).toBe(TARGETS);
  expect(checks).toHaveLength(TARGETS);
  // A share for each, or this test has seen one daemon only.
  const shares = daemons.map((daemon) => checksBy([daemon]));
  expect(Math.min(...shares)).toBeGreaterThan(0);
  figure('two daemons on one file: due targets, each checked once', TARGETS);
  figure('  by the one and by the other', shares.join(' / '));
  figure('  checks a second, both together', Math.round(TARGETS / seconds));
});

function checksBy(daemons: readonly Running[]): number {
  const lines = daemons.map(({ stderr }) => stderr().match(/"msg":"checked"/g) ?? []);
  return lines.flat().length;
}
