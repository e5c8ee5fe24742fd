import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { beforeAll, expect, it } from 'vitest';
import { asked } from '../support/command-line.ts';
import { AFTER_LAUNCH, type LaunchSite, openLaunchSite } from '../support/launch-site.ts';
import { PROJECT_ROOT } from '../support/planted-tree.ts';
import { lastingFolder } from '../support/store.ts';

const BASE = '/radar';

let site: LaunchSite;

beforeAll(async () => {
  site = await openLaunchSite();
});

it('export site writes plain files whose links all lead to one another', async () => {
  const { path } = site;
  const folder = join(lastingFolder(), 'public');
  const own = ['--db', path, '--config', join(PROJECT_ROOT, 'config.yaml')];
  const call = ['export', 'site', folder, '--public-url', `https://you.example${BASE}/`];
  const { files } = await asked<{ files: number }>([...call, '--as-of', AFTER_LAUNCH, ...own]);
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const pages = all.filter((file) => file.endsWith('index.html'));
  expect(pages.length).toBeGreaterThan(20);
  expect(files).toBeGreaterThan(pages.length);
  const dead = pages.flatMap((page) => deadLinks(folder, page));
  expect(dead).toEqual([]);
  for (const file of ['feeds/all.atom', 'calendar.ics', 'llms.txt', 'openapi.json', 'style.css']) {
    expect(existsSync(join(folder, file)), file).toBe(true);
  }
  const sitemap = load(readFileSync(join(folder, 'sitemap.xml')), { xml: true });
  const listed = sitemap('url > loc').toArray();
  expect(listed.length).toBe(pages.length);
  const stories = listed.filter((loc) => sitemap(loc).text().includes('/radar/stories/st_'));
  expect(stories.length).toBeGreaterThan(3);
  const status = readFileSync(join(folder, 'api/v1/subjects/gpt-image-2.json'), 'utf8');
  expect(JSON.parse(status).level).toBe('confirmed');
  expect(readFileSync(join(folder, 'badge/gpt-image-2.svg'), 'utf8')).toContain('in the API since');
  expect(load(readFileSync(join(folder, 'index.html')))('form').length).toBe(0);
});

/** Links of ours from one page to what is no file. */
function deadLinks(folder: string, page: string): readonly string[] {
  const html = load(readFileSync(join(folder, page)));
  const links = html(`a[href^="${BASE}/"], link[href^="${BASE}/"]`).toArray();
  return links
    .map((link) => (html(link).attr('href') ?? '').slice(BASE.length).split('#')[0] ?? '')
    .filter((path) => {
      const file = join(folder, decodeURIComponent(path));
      return !existsSync(
        path.endsWith('/') || !/\.\w+$/.test(path) ? join(file, 'index.html') : file,
      );
    })
    .map((path) => `${page} → ${path}`);
}
