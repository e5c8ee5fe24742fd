import fc from 'fast-check';
import { expect, it } from 'vitest';
import { robotsRules } from '../../../src/fetch/robots-rules.ts';
import { processorTime } from '../../support/processor-time.ts';

const AGENT = 'firsthand/0.1.0 (+https://example.org)';

function forbids(text: string, path: string): number | null {
  return robotsRules(text, AGENT).forbids(new URL(path, 'https://docs.example'));
}

const all = (...lines: string[]) => ['User-agent: *', ...lines].join('\n');

it.each([
  ['/fish', '/fish', true],
  ['/fish', '/fish.html', true],
  ['/fish', '/catfish', false],
  ['/fish*', '/fishheads/yummy.html', true],
  ['/fish/', '/fish', false],
  ['/*.php', '/folder/filename.php?parameters', true],
  ['/*.php', '/windows.PHP', false],
  ['/*.php$', '/folder/filename.php', true],
  ['/*.php$', '/filename.php?x', false],
  ['/fish*.php', '/fishheads/catfish.php?x', true],
  ['/a$', '/a', true],
  ['/a$', '/ab', false],
  ['*/private', '/x/private/y', true],
  ['/*a*', '/bab', true],
  ['/*ab$', '/abab', true],
  ['/ab*b$', '/ab', false],
  ['/caf%C3%A9', '/café', true],
  ['/%7Ejoe', '/~joe', true],
  ['/a%2fb', '/a/b', false],
  ['fish', '/fish', false],
  ['/x', '/robots.txt', false],
  ['/', '/robots.txt', false],
])('the rules of a robots.txt let Disallow: %s forbid %s: %s', (pattern, path, expected) => {
  expect(forbids(all(`Disallow: ${pattern}`), path) !== null).toBe(expected);
});

it('the rules of a robots.txt decide by the longest pattern, and of two as long by the one that allows', () => {
  const text = all('Disallow: /page', 'Allow: /page/open', 'Disallow: /same', 'Allow: /same');
  expect(forbids(text, '/page/x')).toBe(2);
  expect(forbids(text, '/page/open/x')).toBeNull();
  expect(forbids(text, '/same')).toBeNull();
});

it('the rules of a robots.txt are those of the groups that name the program, or else of the groups for all', () => {
  const text = [
    'User-agent: other\nUser-agent: FirstHand/2.0\nDisallow: /own',
    'User-agent: *\nDisallow: /all\nCrawl-delay: 5',
    'User-agent: firsthand\nDisallow: /more\nCrawl-delay: 7.5',
  ].join('\n\n');
  expect([forbids(text, '/own'), forbids(text, '/more'), forbids(text, '/all')]).toEqual([
    3,
    10,
    null,
  ]);
  expect(robotsRules(text, AGENT).crawlDelay).toBe(7.5);
  expect(robotsRules(text, 'someone/1').crawlDelay).toBe(5);
});

it('the rules of a robots.txt are read past a byte order mark, comments, odd line ends and what is no rule', () => {
  const text = '\ufeffUser-agent: * # all\r\nSitemap: /s.xml\rDisallow: /a # not here\nnonsense';
  expect(forbids(text, '/a')).toBe(3);
  expect(forbids('Disallow: /a', '/a')).toBeNull();
  expect(forbids(all('Disallow:'), '/a')).toBeNull();
  expect(robotsRules(all('Crawl-delay: soon'), AGENT).crawlDelay).toBeNull();
});

it('the rules of a robots.txt match as a regular expression would, for every pattern and path', () => {
  const letters = fc.constantFrom('a', 'b', '/', '*', '*a', 'ab');
  const pattern = fc.tuple(fc.array(letters, { maxLength: 8 }), fc.boolean());
  const path = fc.array(fc.constantFrom('a', 'b', '/'), { maxLength: 12 });
  fc.assert(
    fc.property(pattern, path, ([parts, anchored], pieces) => {
      const written = `/${parts.join('')}${anchored ? '$' : ''}`;
      const asked = `/x${pieces.join('')}`.replace('/x', '/');
      const source = written.replace(/\$$/, '').replace(/\*+/g, '.*');
      const wanted = new RegExp(`^${source}${anchored ? '$' : ''}`).test(
        new URL(`https://docs.example/${asked.slice(1)}`).pathname,
      );
      const { pathname } = new URL(`https://docs.example/${asked.slice(1)}`);
      const found = robotsRules(all(`Disallow: ${written}`), AGENT).forbids(
        new URL(`https://docs.example${pathname}`),
      );
      return (found !== null) === wanted;
    }),
  );
});

it('the rules of a robots.txt end for patterns that share out an address in more ways than can be tried', () => {
  const path = `/${'a'.repeat(4000)}b`;
  for (const pattern of ['*a'.repeat(2000), `${'*a'.repeat(1000)}$`, '*'.repeat(100_000)]) {
    const text = all(...Array.from({ length: 40 }, () => `Disallow: /${pattern}c`));
    expect(forbids(text, path)).toBeNull();
  }
  const many = all(...Array.from({ length: 30_000 }, (_, at) => `Disallow: /*x${at}*y`));
  expect(forbids(many, path)).toBeNull();
});

it('the rules of a robots.txt that nearly match by the thousand hold nothing up', async () => {
  const rule = `Disallow: /*${'a'.repeat(14)}b`;
  const rules = robotsRules(all(...Array.from({ length: 19_000 }, () => rule)), AGENT);
  const url = new URL(`https://docs.example/${'a'.repeat(4090)}`);
  const took = await processorTime(() => expect(rules.forbids(url)).toBeNull());
  expect(took).toBeLessThan(60);
});
