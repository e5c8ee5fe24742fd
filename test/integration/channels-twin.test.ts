import { afterEach, beforeEach, expect, it } from 'vitest';
import { changelog, type Entry, LAUNCH, modelPage, OLD_ENTRY } from '../support/pages.ts';
import { type PassOverSite, passOverSite } from '../support/pass-over-site.ts';

const DOCS = 'developers.openai.com/api/docs/';
const MARKDOWN = 'text/markdown; charset=utf-8';

let over: PassOverSite;
beforeEach(async () => {
  over = await passOverSite({
    hosts: ['developers.openai.com'],
    config: { follow: { subjects: ['gpt-image-2'], discover: false } },
  });
});
afterEach(() => over.close());

/** The changelog as the site draws it: the same entries, other markup, a word more here and there. */
function asHtml(month: string, entries: readonly Entry[]): string {
  const parts = entries.map(({ day, tags, text }) => {
    const spans = tags.split(' · ').map((tag) => `<span>${tag}</span>`);
    const said = text.replace(/`([^`]+)`/g, '<code>$1</code>');
    return `<div><div data-variant="outline">${day}</div><div>${spans.join(' · ')}</div><div><p>${said}</p><p>Read on.</p></div></div>`;
  });
  return `<!doctype html><html><head><title>Changelog</title></head><body><main><article><h1>Changelog</h1><h3>${month}</h3>${parts.join('')}</article></main></body></html>`;
}

const noNews = (run: { alerts: readonly unknown[] }) => expect(run.alerts).toEqual([]);

it('a page that is read as Markdown is read as HTML when the Markdown is gone, and what differs by that alerts nobody', async () => {
  const { site, pass } = over;
  site.answer(`${DOCS}changelog.md`, {
    type: MARKDOWN,
    body: changelog('April, 2026', [OLD_ENTRY]),
  });
  noNews(await pass('openai-changelog'));

  site.answer(`${DOCS}changelog.md`, { status: 404, body: 'no such page' });
  site.answer(`${DOCS}changelog`, { body: asHtml('April, 2026', [OLD_ENTRY]) });
  const other = await pass('openai-changelog');
  expect(other.reports[0]).toMatchObject({ outcome: 'present', error: null });
  expect(other.reports[0]?.changes).toMatchObject([{ kind: 'revised', technical: true }]);
  noNews(other);

  site.answer(`${DOCS}changelog`, { body: asHtml('April, 2026', [LAUNCH, OLD_ENTRY]) });
  const launch = await pass('openai-changelog');
  expect(launch.alerts.map(({ subject }) => subject)).toEqual(['gpt-image-2']);

  site.answer(`${DOCS}changelog.md`, {
    type: MARKDOWN,
    body: changelog('April, 2026', [LAUNCH, OLD_ENTRY]),
  });
  const back = await pass('openai-changelog');
  expect(back.reports[0]?.changes.every(({ technical }) => technical)).toBe(true);
  noNews(back);
});

it('a page that is read as Markdown stays a 404 where the site answers every address with a page that says nothing', async () => {
  const { site, pass } = over;
  for (const id of ['gpt-image-2', 'gpt-image-1.5', 'gpt-5.4']) {
    const isOut = id !== 'gpt-image-2';
    site.answer(
      `${DOCS}models/${id}.md`,
      isOut ? { type: MARKDOWN, body: modelPage(id, id.toUpperCase()) } : { status: 404 },
    );
  }
  site.answer(`${DOCS}models/gpt-image-2`, {
    body: '<!doctype html><title>Docs</title><main><h1>Models</h1><p>This page could not be found. Try the search, or go back to the overview of all models.</p></main>',
  });
  const { reports } = await pass('openai-model-pages');
  const missing = reports.find(({ target }) => target.subject === 'gpt-image-2');
  expect(missing).toMatchObject({ outcome: 'silent', error: null, items: 0 });
});

it('a page that is read as Markdown is asked for once more, and no more, when neither form is there', async () => {
  const { site, pass } = over;
  site.answer(`${DOCS}changelog.md`, { status: 404 });
  site.answer(`${DOCS}changelog`, { status: 404 });
  const { reports } = await pass('openai-changelog');
  expect(reports[0]).toMatchObject({ outcome: 'unreachable' });
  expect(reports[0]?.error?.message).toContain('changelog.md answered 404');
  const asked = site.requests.map(({ path }) => path).filter((path) => path !== '/robots.txt');
  expect(asked).toEqual(['/api/docs/changelog.md', '/api/docs/changelog']);
});

it('a page that is read as Markdown is not asked for in its other form while the host is down', async () => {
  const { site, pass } = over;
  site.answer(`${DOCS}changelog.md`, { status: 503 });
  const { reports } = await pass('openai-changelog');
  expect(reports[0]).toMatchObject({ outcome: 'unreachable' });
  expect(site.requests.map(({ path }) => path)).not.toContain('/api/docs/changelog');
});
