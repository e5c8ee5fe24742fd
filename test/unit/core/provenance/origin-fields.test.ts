import { describe, expect, it } from 'vitest';
import { isPlatform, sourcesNamed } from '../../../../src/core/provenance/sources.ts';
import { originOf, talkItem } from '../../../support/talk-pages.ts';

const URL_OF_PAGE = 'https://blog.example/post';
const fields = (body: string, head = '') =>
  originOf(URL_OF_PAGE, `<html><head>${head}</head><body>${body}</body></html>`);

it('the fields that show where a page comes from hold who wrote it, from markup and linked data', () => {
  const head = `<meta name="author" content="Ada Quill">
      <script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","author":[{"name":"Ben Roe"},"Mei Lin"]}]}</script>
      <script type="application/ld+json">not json</script>`;
  const { byline } = fields('<a rel="author" href="/x"> Ada  Quill </a>', head);
  expect(byline).toEqual(['Ada Quill', 'Ben Roe', 'Mei Lin']);
});

it('the fields that show where a page comes from hold the ids under which its owner counts visits and sells advertising space', () => {
  const head = `<script src="https://t.example/gtag/js?id=G-ABC123DEF4"></script>
      <script>ga('create','UA-1234567-2'); fbq('init', '123456789012345');</script>
      <ins data-ad-client="ca-pub-1234567890123456"></ins>`;
  expect(fields('<p>G-NOTSCRIPT1 is only text.</p>', head)['analytics']).toEqual([
    'G-ABC123DEF4',
    'UA-1234567',
    'fb-123456789012345',
    'ca-pub-1234567890123456',
  ]);
});

it('the fields that show where a page comes from hold the lines its site puts around the text, with the box about the author', () => {
  const found =
    fields(`<nav><ul><li>Bots</li><li>Guides</li></ul></nav><article><h1>The long wait for the engine</h1>
      <p>I run a bot that draws birthday cards, so people keep asking me when the next engine arrives.</p>
      <p>The honest answer has not changed since last week, and I will say so when it does change.</p>
      <div class="author-box"><p>Penned by <b>Ada Quill</b></p><p>Ada builds chat bots for florists and dentists.</p></div>
      </article><footer>Kept by hand</footer>`);
  expect(found['furniture']).toEqual([
    'Bots',
    'Guides',
    'Penned by Ada Quill',
    'Ada builds chat bots for florists and dentists.',
    'Kept by hand',
  ]);
  expect(found['biography']).toEqual(['Ada builds chat bots for florists and dentists.']);
});

it('the fields that show where a page comes from hold the page it is a copy of and the addresses it names as its source', () => {
  const body = `<p>Source: <a href="https://daily.example/a">Daily</a></p>
      <p>This was first reported by <b><a href="https://wire.example/b">Wire</a></b>.</p>
      <p>It runs well (<a href="https://notes.example/c">source</a>).</p>
      <p>See also <a href="https://other.example/d">this</a> and <a href="mailto:x@y.example">us</a>.</p>
      <h3>References</h3><ul><li><a href="https://paper.example/e">Paper</a></li></ul>`;
  const found = fields(body, '<link rel="canonical" href="https://first.example/p">');
  expect(found['canonical']).toEqual(['https://first.example/p']);
  expect(found['sources']).toEqual([
    'https://daily.example/a',
    'https://wire.example/b',
    'https://notes.example/c',
    'https://paper.example/e',
  ]);
});

it('the fields that show where a page comes from are left out where there is nothing', () => {
  expect(fields('<p>One plain paragraph.</p>')).toEqual({});
});

describe('the sources a text names', () => {
  const named = (text: string, more = {}) =>
    sourcesNamed(talkItem(URL_OF_PAGE, '', text, more), URL_OF_PAGE);

  it('the sources a text names stand in a line that says so, with or without a scheme', () => {
    expect(named('Source: https://daily.example/a (in English)')).toEqual([
      'https://daily.example/a',
    ]);
    expect(named('Quelle: heise.de, abgerufen am 3.4.')).toEqual(['https://heise.de/']);
    expect(named('The source: nobody knows.')).toEqual([]);
  });

  it('the sources a text names stand in a list under such a heading, which ends where addresses end', () => {
    const text = `## Sources\n1. [A](https://a.example/x)\n2. https://b.example/y.\n\nAfter that https://c.example/z`;
    expect(named(text)).toEqual([
      'https://a.example/x',
      'https://b.example/y',
      'https://c.example/z',
    ]);
    expect(named(`${text.split('\n\n')[0]}\nNothing more.\nSee https://c.example/z`)).toEqual([
      'https://a.example/x',
      'https://b.example/y',
    ]);
  });

  it('the sources a text names stand behind links that are called so', () => {
    const text =
      'It is out [source](https://a.example/x), says one, via [B](https://b.example/y) and [C](https://c.example/z).';
    expect(named(text)).toEqual(['https://a.example/x', 'https://b.example/y']);
  });

  it('the sources a text names are never its own pages', () => {
    const canonical = ['https://www.blog.example/post?x=1'];
    expect(named('Source: https://blog.example/other', { canonical })).toEqual([]);
  });

  it('the sources a text names are nobody in particular on a platform', () => {
    expect(isPlatform('https://x.com/i/trending')).toBe(true);
    expect(isPlatform('not an address')).toBe(true);
    expect(isPlatform('https://daily.example/a')).toBe(false);
  });
});
