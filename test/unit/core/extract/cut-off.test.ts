import fc from 'fast-check';
import { expect, it } from 'vitest';
import { refuseCutOff } from '../../../../src/core/extract/extraction.ts';
import { article } from '../../../support/pages.ts';

const page = article('A story', ['The first part of it.', 'The second part, with a <b>word</b>.']);

it('a page that is whole is read, with its end tags and without those it may leave out', () => {
  expect(() => refuseCutOff(page)).not.toThrow();
  const small = page.replace('</body></html>', '').replaceAll('</p>', '');
  expect(() => refuseCutOff(small)).not.toThrow();
});

it('a page that ends anywhere before the end of its main part is cut off', () => {
  const start = page.indexOf('<main>') + 7;
  const end = page.indexOf('</main>');
  fc.assert(
    fc.property(fc.integer({ min: start, max: end }), (at) => {
      expect(() => refuseCutOff(page.slice(0, at))).toThrow(/ends in the middle/);
    }),
  );
});

it.each([
  ['text', 'A note.\nIt ends here'],
  ['Markdown with a stray tag', '# Changelog\n\nUse <div> for this.'],
  ['a feed', '<?xml version="1.0"?><rss><channel><item></item></channel></rss>'],
  ['JSON', '{"html": "<div>"}'],
])('a page of %s is none of its concern', (_, text) => {
  expect(() => refuseCutOff(text)).not.toThrow();
});

it('a page is not taken for cut off by what a script holds', () => {
  const scripted = '<html lang=en><body><script>var a = "<div>";</script><div>Text</div>';
  expect(() => refuseCutOff(scripted)).not.toThrow();
  expect(() => refuseCutOff(`${scripted}<script>var b = `)).toThrow();
  expect(() => refuseCutOff(`${scripted}<!-- and then`)).toThrow();
});
