import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalUrl, localeOf, webUrl } from '../../../../src/core/extract/canonical-url.ts';

test.each([
  ['https://openai.com/index/gpt-5-4/', 'https://openai.com/index/gpt-5-4'],
  ['https://OPENAI.com/news?utm_source=x&page=2#top', 'https://openai.com/news?page=2'],
  ['https://example.org', 'https://example.org/'],
  ['https://user:secret@example.org/a', 'https://example.org/a'],
  ['https://example.org/post?id=7&fbclid=1&gclid=2', 'https://example.org/post?id=7'],
  [
    'https://developers.openai.com/api/docs/models/gpt-image-2.md',
    'https://developers.openai.com/api/docs/models/gpt-image-2',
  ],
  [
    'https://developers.openai.com/de-DE/api/docs/models/dall-e-3',
    'https://developers.openai.com/api/docs/models/dall-e-3',
  ],
  [
    'https://developers.openai.com/zh-Hans/api/docs/changelog/',
    'https://developers.openai.com/api/docs/changelog',
  ],
  [
    'https://developers.openai.com/api/docs/models/o3?translationFallback=pt-BR',
    'https://developers.openai.com/api/docs/models/o3',
  ],
  [
    'https://platform.openai.com/docs/deprecations',
    'https://developers.openai.com/api/docs/deprecations',
  ],
  ['https://platform.openai.com/usage', 'https://platform.openai.com/usage'],
  [
    'https://help.openai.com/en/articles/9624314-model-release-notes',
    'https://help.openai.com/en/articles/9624314',
  ],
  // Another site's language segment may be another page.
  ['https://example.org/pt-BR/post', 'https://example.org/pt-BR/post'],
  ['not an address', 'not an address'],
])('the canonical address of a page of %s is %s', (address, expected) => {
  expect(canonicalUrl(address)).toBe(expected);
});

test('the canonical address of a page is its own canonical address', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
      const once = canonicalUrl(address);
      expect(canonicalUrl(once)).toBe(once);
    }),
  );
});

test('the canonical address of a page resolves a relative address against its page', () => {
  expect(canonicalUrl('/index/x/', 'https://openai.com/news/rss.xml')).toBe(
    'https://openai.com/index/x',
  );
});

test('links that lead nowhere have no address', () => {
  expect(webUrl('mailto:a@example.org', 'https://example.org')).toBeNull();
  expect(webUrl('javascript:void(0)', 'https://example.org')).toBeNull();
  expect(webUrl('../b', 'https://example.org/a/c')?.href).toBe('https://example.org/b');
  expect(webUrl('ftp://example.org')).toBeNull();
});

test.each([
  ['/de-DE/api/docs', 'de-DE'],
  ['/zh-Hans/x', 'zh-Hans'],
  ['/ko-kr/articles/1', 'ko-kr'],
  ['/en/articles/1', 'en'],
  ['/api/docs', null],
  ['/ai/docs', null],
])('the language of %s is %s', (path, expected) => {
  expect(localeOf(new URL(path, 'https://example.org'))).toBe(expected);
});
