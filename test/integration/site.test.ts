import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { load } from 'cheerio';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelOf } from '../../src/read/model.ts';
import { siteOver } from '../../src/web/site.ts';
import { USUAL_LIMITS } from '../../src/web/site-options.ts';
import { AFTER_LAUNCH, type LaunchSite, openLaunchSite } from '../support/launch-site.ts';

let site: LaunchSite;

beforeAll(async () => {
  site = await openLaunchSite();
});

async function textOf(path: string): Promise<string> {
  const answer = await site.get(path);
  expect(answer.status, path).toBe(200);
  return answer.text();
}

/** The addresses of ours that a page leads to, which must be there itself. */
async function linksOn(path: string): Promise<readonly string[]> {
  const answer = await site.get(path);
  expect(answer.status, path).toBe(200);
  if (!answer.headers.get('content-type')?.startsWith('text/html')) return [];
  const page = load(await answer.text());
  const links = page('a[href^="/"]').toArray();
  return links.map((link) => (page(link).attr('href') ?? '').split('#')[0] ?? '');
}

describe('the site', () => {
  it('the site leads from the board to every page, and no link of ours is dead', async () => {
    const seen = new Set<string>();
    const next = ['/'];
    while (next.length > 0 && seen.size < 250) {
      const path = next.pop() ?? '/';
      if (seen.has(path)) continue;
      seen.add(path);
      next.push(...(await linksOn(path)));
    }
    const kinds = [
      '/models/',
      '/stories/',
      '/sources/',
      '/changes/',
      '/evidence/',
      '/badge/',
      '/api',
    ];
    for (const kind of kinds) expect([...seen].some((path) => path.startsWith(kind))).toBe(true);
  });

  it('the site says on the board how many sources were read well at the moment it shows', async () => {
    const wellAt = async (path: string) =>
      Number(/(\d+) of \d+ sources were read well/.exec(await textOf(path))?.[1]);
    expect(await wellAt('/?as-of=2026-04-10')).toBeLessThan(await wellAt('/'));
    expect(await wellAt('/?as-of=2026-04-21T19:12')).toBeGreaterThan(0);
  });

  it('the site refuses a moment that has not come', async () => {
    const answer = await site.get('/?as-of=9000-01-01');
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('lies in the future');
  });

  it('the site answers for any moment of the past, and every link keeps the moment', async () => {
    const early = load(await textOf('/models/gpt-image-2?as-of=2026-04-21T13:59'));
    expect(early('.verdict').text()).toContain('Not confirmed');
    const late = load(await textOf('/models/gpt-image-2'));
    expect(late('.verdict').text()).toContain('Confirmed. OpenAI says so on its own pages.');
    const link = early('a[href^="/evidence/"]').attr('href');
    expect(link).toContain('as-of=2026-04-21T13%3A59');
  });

  it('the site shows how sure each place was as a picture, and who was first in words, without a script', async () => {
    const page = load(await textOf('/models/gpt-image-2'));
    expect(page('script').length).toBe(0);
    expect(page('svg.plot').attr('aria-label')).toContain('first confirmed 21 Apr 2026, 19:10 UTC');
    expect(page('svg rect').length).toBeGreaterThan(10);
    expect(page('svg.plot').attr('aria-label')).toContain('in ChatGPT');
    expect(page('table').text()).toContain('14 d before');
  });

  it('the site tells each story with the words that prove it, and as it stood at any moment', async () => {
    const list = load(await textOf('/stories'));
    const link = list('ol.changes a:contains("GPT Image 2")').attr('href') ?? '';
    const late = load(await textOf(link));
    expect(late('h1').text()).toBe('GPT Image 2 is in the API (confirmed)');
    expect(late('.quotes q').length).toBeGreaterThan(3);
    expect(late('a[href="/models/gpt-image-2"]').length).toBe(1);
    const early = load(await textOf(`${link}?as-of=2026-04-20`));
    expect(early('h1').text()).toBe('GPT Image 2 is said to be in the API (rumor)');
    expect(early('main').text()).toContain('Rumor, since 17 Apr 2026');
    expect(early('main').text()).not.toContain('21 Apr 2026');
    expect((await site.get(`${link}?as-of=2026-04-01`)).status).toBe(404);
    expect((await site.get('/stories/st_0')).status).toBe(404);
  });

  it('the site judges a model once for all that its page shows', async () => {
    let judged = 0;
    await site.live.ask((known) => {
      const { store } = known;
      const record: typeof store.claims.record = (...asked) => {
        judged += 1;
        return store.claims.record(...asked);
      };
      const counted = { ...store, claims: { ...store.claims, record } };
      return modelOf({ ...known, store: counted }, 'gpt-image-2', AFTER_LAUNCH);
    });
    expect(judged).toBe(1);
  });

  it('the site marks the sentence that counts in the stored text', async () => {
    const page = load(await textOf('/models/gpt-image-2'));
    const link = page('li.vendor a[href^="/evidence/"]').attr('href') ?? '';
    const stored = load(await textOf(link.split('#')[0] ?? ''));
    const quote = page('li.vendor q').first().text();
    expect(stored('mark#quote').text()).toBe(quote);
    expect(stored('.kept').text()).toContain('hash to their name');
  });

  it('the site knows names and aliases, and says what was meant by one that is spelled wrong', async () => {
    const found = load(await textOf('/search?q=ChatGPT%20Images%202.0'));
    expect(found('.results a').first().attr('href')).toBe('/models/gpt-image-2');
    const wrong = await site.get('/models/gpt-imag-2');
    expect(wrong.status).toBe(404);
    expect(await wrong.text()).toContain('href="/models/gpt-image-2"');
  });

  it('the site lets a page load nothing but its own sheet and pictures, and sends no inline style', async () => {
    for (const path of ['/', '/models/gpt-image-2', '/sources', '/api']) {
      const answer = await site.get(path);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      const page = load(await answer.text());
      expect(page('[style], style, script, [onclick]').length, path).toBe(0);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('the site shows what others wrote as words, whatever it is', async () => {
    const script = '<script>alert(1)</script>"><img src=x onerror=alert(1)>';
    const page = load(await textOf(`/search?q=${encodeURIComponent(script)}`));
    expect(page('script, img, [onerror]').length).toBe(0);
    expect(page('h1').text()).toContain(script);
    const answer = await site.get(`/models/${encodeURIComponent(script)}`);
    expect(answer.status).toBe(404);
    expect(load(await answer.text())('script, img').length).toBe(0);
    const badge = await textOf(`/badge/${encodeURIComponent('<script>')}.svg`);
    expect(badge).not.toContain('<script>');
  });

  it('the site answers to its own names only, so that no page elsewhere can read it by a name of its own', async () => {
    const named = async (host: string) => (await site.get('/', { host })).status;
    expect(await named('evil.example')).toBe(421);
    expect(await named('localhost.evil.example')).toBe(421);
    expect(await named('localhost:7878')).toBe(200);
    expect(await named('127.0.0.1:7878')).toBe(200);
    expect(await named('[::1]:7878')).toBe(200);
    expect(await named('')).toBe(421);
    const named2 = siteOver({ ...site.options, hosts: ['radar.example'] });
    const answer = await named2.request('/', { headers: { host: 'Radar.example.' } });
    expect(answer.status).toBe(200);
  });

  it('the site refuses a moment that is none, in words', async () => {
    const answer = await site.get('/?as-of=yesterday');
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('is no time: write a day');
  });

  it('the site says that nothing changed to who has the answer already', async () => {
    const first = await site.get('/api/v1/subjects/gpt-image-2?as-of=2026-05-01');
    const tag = first.headers.get('etag') ?? '';
    const again = await site.get('/api/v1/subjects/gpt-image-2?as-of=2026-05-01', {
      'if-none-match': tag,
    });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('the site turns away who asks too much, and says when to come again', async () => {
    const limits = { ...USUAL_LIMITS, rate: { points: 2, duration: 60 } };
    const limited = siteOver({ ...site.options, limits });
    const ask = () => limited.request('/style.css', { headers: { host: 'localhost' } });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('the site keeps an answer until the database is written to', async () => {
    let asked = 0;
    const live = {
      ask: (question: Parameters<typeof site.live.ask>[0]) => {
        asked += 1;
        return site.live.ask(question);
      },
      revision: () => 'a',
    } as typeof site.live;
    const cached = siteOver({ ...site.options, live, limits: USUAL_LIMITS });
    const ask = async () =>
      (await cached.request('/sources', { headers: { host: 'localhost' } })).text();
    expect(await ask()).toBe(await ask());
    expect(asked).toBe(1);
    live.revision = () => 'b';
    await ask();
    expect(asked).toBe(2);
  });

  it('the site answers 503 with the time to come again while the database is restored, then from the new one', async () => {
    const marker = `${site.path}.restoring`;
    const copy = `${site.path}.copy`;
    writeFileSync(copy, readFileSync(site.path));
    writeFileSync(marker, '');
    const busy = await site.get('/api/v1/status');
    expect(busy.status).toBe(503);
    expect(busy.headers.get('retry-after')).toBe('5');
    expect(busy.headers.get('content-type')).toContain('application/problem+json');
    // It let go of the file: the log that only an open database has is gone.
    expect(existsSync(`${site.path}-wal`)).toBe(false);
    renameSync(copy, site.path);
    const page = await site.get('/');
    expect(page.status).toBe(503);
    renameSync(marker, `${marker}.done`);
    expect((await site.get('/')).status).toBe(200);
  });
});
