import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { openPipeline } from '../../src/app/build-pipeline.ts';
import type { CheckSummary } from '../../src/operations/check-pass.ts';
import { targetsOf, watchedSubjects } from '../../src/pipeline/targets.ts';
import { chromiumPath } from '../support/chromium.ts';
import { type HttpSite, openSite } from '../support/http-site.ts';
import { publishOn } from '../support/npm-registry.ts';
import { type PassOverSite, passOverSite } from '../support/pass-over-site.ts';
import { wholeWeb } from '../support/whole-web.ts';

const ROOT = join(import.meta.dirname, '../..');
const CONFIG = parse(readFileSync(join(ROOT, 'config.yaml'), 'utf8')) as Record<string, object>;
const KEYS = { OPENAI_API_KEY: 'sk-local', X_BEARER_TOKEN: 'local' };

/** Every host that the default config reads before it has revealed anything. */
async function hostsAskedFor(): Promise<readonly string[]> {
  const app = { config: join(ROOT, 'config.yaml'), db: ':memory:', environment: {}, folder: ROOT };
  const open = await openPipeline(app);
  const watched = watchedSubjects(open.context.reader, open.watchlist);
  const targets = targetsOf(open.context.watchers.values(), watched, open.watchlist);
  await open.close();
  const hosts = targets
    .map(({ url }) => new URL(url))
    .filter(({ protocol }) => protocol !== 'npm:');
  return [...new Set(hosts.map(({ host }) => host))];
}

let over: PassOverSite;
let registry: HttpSite;
let first: CheckSummary;

/** What a test sets in the environment is gone with it. */
const askHere = () => vi.stubEnv('npm_config_registry', registry.origin);
beforeEach(askHere);

beforeAll(async () => {
  vi.stubEnv('FIRSTHAND_CHROMIUM', await chromiumPath());
  registry = await openSite();
  askHere();
  publishOn(registry, 'openai', {
    latest: '9.0.0',
    versions: {
      '9.0.0': {
        'resources/shared.d.ts': "export type ChatModel = 'gpt-5.4' | 'gpt-image-2';\n",
      },
    },
  });
  // Pages that entries lead to lie on these hosts of the golden captures.
  const led = ['press.example', 'mirror.example', 'fresh.example'];
  const hosts = [...(await hostsAskedFor()), ...led];
  over = await passOverSite({ hosts, config: CONFIG, environment: KEYS });
  over.site.otherwise(wholeWeb);
  first = await over.pass();
});

afterAll(async () => {
  await over.close();
  await registry.abandon();
});

it('the default config over a web that answers reads every source well, whatever the tier', () => {
  const bad = first.reports.filter(({ error }) => error !== null);
  expect(bad.map(({ target, error }) => `${target.id}: ${error?.message}`)).toEqual([]);
  expect(first.reports.length).toBeGreaterThan(100);
});

it('the default config over a web that answers runs every watcher', async () => {
  const open = await openPipeline(over.app);
  const all = [...open.context.watchers.keys()];
  await open.close();
  expect([...new Set(first.reports.map(({ target }) => target.watcher))].sort()).toEqual(
    all.sort(),
  );
});

it('the default config over a web that answers reads what a script draws by browser', async () => {
  const open = await openPipeline(over.app);
  const targets = await open.store.targets.list();
  const help = targets.filter(({ watcher }) => watcher === 'openai-help');
  const tiers = await Promise.all(
    help.map(async ({ id }) => (await open.store.snapshots.list(id)).at(-1)?.capture.via),
  );
  await open.close();
  expect(tiers).toEqual(['browser', 'browser', 'browser']);
  expect(help.map(({ itemCount }) => itemCount ?? 0).every((count) => count > 0)).toBe(true);
});

it('the default config over a web that answers tells of nothing on its first pass, and of nothing on a second one that finds all as it was', async () => {
  expect(first.alerts).toEqual([]);
  const before = over.site.requests.length;
  const second = await over.pass();
  const bad = second.reports.filter(({ error }) => error !== null);
  expect(bad.map(({ target, error }) => `${target.id}: ${error?.message}`)).toEqual([]);
  const changed = second.reports.filter(({ changes }) => changes.length > 0);
  expect(changed.map(({ target }) => target.id)).toEqual([]);
  expect(second.alerts).toEqual([]);
  const asked = over.site.requests.slice(before);
  const conditional = asked.filter(({ headers }) => headers['if-none-match'] !== undefined);
  expect(conditional.length).toBeGreaterThan(80);
});
