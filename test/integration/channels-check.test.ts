// The client of npm keeps the proxies of the environment in which it is loaded, and files of one worker share it.
import 'pacote';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { statusOf } from '../../src/read/status.ts';
import { openTestLine, play } from '../support/open-line.ts';
import { CHANGELOG, changelog, LAUNCH } from '../support/pages.ts';
import { type PassOverSite, passOverSite } from '../support/pass-over-site.ts';
import { firsthand } from '../support/program.ts';

let over: PassOverSite;
afterEach(() => over.close());

/** A line that is cut: everything goes to a door that nobody opens. */
const NOWHERE = 'http://127.0.0.1:9/';
const CUT_OFF = {
  HTTPS_PROXY: NOWHERE,
  HTTP_PROXY: NOWHERE,
  NO_PROXY: '',
  npm_config_registry: NOWHERE,
  npm_config_fetch_retries: '0',
};

describe('a pass without a network', () => {
  beforeEach(async () => {
    for (const [name, value] of Object.entries(CUT_OFF)) vi.stubEnv(name, value);
    over = await passOverSite({
      hosts: [],
      config: { follow: { subjects: ['gpt-image-2', 'gpt-5.4'] } },
    });
  });

  it('a pass without a network calls every source unreachable, or off, soon, and moves no level', async () => {
    const open = await openTestLine({ db: over.app.db ?? '' });
    const entry = { at: '2026-04-21T19:00:00.000Z', url: CHANGELOG };
    await play(open, [{ ...entry, body: changelog('April, 2026', [LAUNCH]) }]);
    const before = await statusOf(open.known, 'gpt-image-2', new Date().toISOString());
    await open.close();

    const began = performance.now();
    const { reports, alerts } = await over.pass();
    expect(performance.now() - began).toBeLessThan(60_000);
    expect(reports.length).toBeGreaterThan(40);
    expect(new Set(reports.map(({ outcome }) => outcome))).toEqual(new Set(['unreachable']));
    expect(reports.flatMap(({ transitions }) => transitions)).toEqual([]);
    expect(alerts).toEqual([]);

    const again = await openTestLine({ db: over.app.db ?? '' });
    const after = await statusOf(again.known, 'gpt-image-2', new Date().toISOString());
    await again.close();
    const levels = ({ claims }: typeof before) => claims.map(({ facet, level }) => [facet, level]);
    expect(levels(after)).toEqual(levels(before));
    expect(levels(after)).toContainEqual(['announced', 'confirmed']);
  });

  it('a pass without a network sums up by cause on one screen, with off for what has no key, and ends well', async () => {
    const args = ['check', '--config', over.app.config ?? '', '--db', over.app.db ?? ''];
    const { code, stdout } = await firsthand(args, CUT_OFF);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+ addresses checked: 3 off, \d+ unreachable$/m);
    expect(stdout).toMatch(/^off: api\.openai\.com\n {2}No API key is set/m);
    expect(stdout).toMatch(/^off: 2 addresses of api\.x\.com\n {2}api\.x\.com answers only/m);
    expect(stdout.match(/^no network, it seems; unreachable: \d+ addresses of /gm)).toHaveLength(1);
    expect(stdout.split('\n').length).toBeLessThan(40);
  });
});
