import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { DemoSummary } from '../../src/demo/demo.ts';
import { chromiumPath } from '../support/chromium.ts';
import { demoFolder } from '../support/demo-folder.ts';
import { PROJECT_ROOT } from '../support/planted-tree.ts';
import { startForFile } from '../support/running.ts';
import { undocumentedIn } from '../support/shapes.ts';
import { lastingFolder } from '../support/store.ts';
import { WAIT } from '../support/timeouts.ts';

/** An hour after the last capture of the recorded launch. */
const AFTER = 'as-of=2026-05-13T06:00';

const WIDTHS = { phone: 390, tablet: 820, desktop: 1280 };

const PAGES: Record<string, string> = {
  board: `/?${AFTER}`,
  model: `/models/gpt-image-2?${AFTER}`,
  retired: `/models/dall-e-2?${AFTER}`,
  before: '/models/gpt-image-2?as-of=2026-04-21T13:59',
  sources: `/sources?${AFTER}`,
  changes: `/changes?${AFTER}`,
  stories: `/stories?${AFTER}`,
  search: '/search?q=image',
  reference: '/api',
  missing: '/models/no-such-model',
};

let base = '';
let browser: Browser;

beforeAll(async () => {
  const demo = await demoFolder();
  const { config }: DemoSummary = JSON.parse(demo.stdout);
  expect(await undocumentedIn('demo', demo.stdout)).toEqual([]);
  const server = startForFile(['serve', '--port', '0', '--json', '--config', config]);
  await vi.waitFor(() => expect(server.stdout()).toContain('"url"'), WAIT);
  base = JSON.parse(server.stdout()).url;
  expect(await undocumentedIn('serve', server.stdout())).toEqual([]);
  browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: ['--no-sandbox'],
    timeout: WAIT.timeout,
  });
  const { page } = await visit(WIDTHS.desktop);
  await page.goto(base + PAGES['stories']);
  const story = page.locator('ol.changes a', { hasText: 'GPT Image 2' }).first();
  PAGES['story'] = (await story.getAttribute('href')) ?? '';
  await page.context().close();
});

afterAll(() => browser.close());

interface Visit {
  page: Page;
  /** What the console said of errors and warnings. */
  said: string[];
}

async function visit(width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    ...{ colorScheme, javaScriptEnabled: true, timezoneId: 'UTC', locale: 'en-GB' },
  });
  context.setDefaultTimeout(WAIT.timeout);
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => {
    // The page of an error says so by its status, too.
    if (!message.text().includes('status of 404')) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(String(error)));
  return { page, said };
}

it.each(Object.entries(WIDTHS))(
  'the board in a browser fits a %s, page by page',
  async (_name, width) => {
    const { page, said } = await visit(width);
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(base + path);
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(wide, `${name} is as wide as the window`).toBeLessThanOrEqual(width);
      expect(await page.locator('h1').count(), name).toBe(1);
    }
    expect(said).toEqual([]);
    await page.context().close();
  },
);

it.each(['light', 'dark'] as const)(
  'the board in a browser has nothing for axe to complain of in %s',
  async (scheme) => {
    const { page } = await visit(WIDTHS.desktop, scheme);
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(base + path);
      expect(await violations(page), name).toEqual([]);
    }
    await page.setViewportSize({ width: WIDTHS.phone, height: 900 });
    await page.goto(`${base}${PAGES['model']}`);
    expect(await violations(page), 'model on a phone').toEqual([]);
    await page.context().close();
  },
);

it('the board in a browser moves to another moment by its date control, under an address that can be passed on', async () => {
  const { page } = await visit(WIDTHS.desktop);
  await page.goto(`${base}/models/gpt-image-2`);
  await page.getByLabel('What was known at (UTC)').fill('2026-04-18T12:00');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.waitForURL(/as-of=2026-04-18T12/);
  expect(await page.locator('.verdict').first().textContent()).toContain('rumor');
  await page.getByRole('link', { name: 'firsthand', exact: true }).click();
  await page.waitForURL(/\/\?as-of=2026-04-18T12/);
  await page.context().close();
});

it('the board in a browser can be used by keyboard: past the menu, into a claim, to the stored sentence', async () => {
  const { page } = await visit(WIDTHS.desktop);
  await page.goto(`${base}/models/gpt-image-2?${AFTER}`);
  await page.keyboard.press('Tab');
  expect(await page.evaluate<string>('document.activeElement.textContent')).toContain('Skip');
  await page.keyboard.press('Enter');
  const claim = page.locator('details.claim').nth(1);
  await claim.locator('summary').focus();
  await page.keyboard.press('Enter');
  expect(await claim.getAttribute('open')).not.toBeNull();
  await claim.getByRole('link', { name: 'stored sentence' }).first().press('Enter');
  await page.waitForURL(/\/evidence\/ev_/);
  const mark = page.locator('mark#quote');
  expect((await mark.textContent())?.length).toBeGreaterThan(5);
  await page.context().close();
});

it('the board in a browser finds a model by an alias', async () => {
  const { page } = await visit(WIDTHS.phone);
  await page.goto(base);
  await page.getByLabel('Model or product').fill('ChatGPT Images 2.0');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'GPT Image 2', exact: true }).first().click();
  await page.waitForURL(/\/models\//);
  expect(await page.locator('h1').textContent()).toContain('gpt-image-2');
  await page.context().close();
});

it('the board in a browser draws the pictures of the README', async () => {
  // Kept only when asked for: fonts differ from machine to machine.
  const folder =
    process.env['FIRSTHAND_IMAGES'] === 'write'
      ? join(PROJECT_ROOT, 'docs/images')
      : lastingFolder();
  mkdirSync(folder, { recursive: true });
  const { page } = await visit(960);
  for (const [name, height] of [
    ['board', 620],
    ['model', 900],
  ] as const) {
    await page.setViewportSize({ width: 960, height });
    await page.goto(base + PAGES[name]);
    const picture = await page.screenshot({ path: join(folder, `${name}.png`) });
    expect(picture.length).toBeGreaterThan(20_000);
    expect(picture.length).toBeLessThan(200_000);
  }
  await page.context().close();
});

/** What breaks the rules of WCAG 2.2 A and AA and good practice, a line each. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: engine } = globalThis as unknown as { axe: typeof axe };
    return (await engine.run()).violations;
  });
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`,
  );
}
