import { describe, expect, test } from 'vitest';
import { CHANNELS, type Channel, MODEL, statedOn } from '../../../support/vendor-channels.ts';

const SAID = `${MODEL} is now available in the API.`;

async function isStated(channel: Channel, paragraph: string): Promise<boolean> {
  const said = await statedOn(channel, paragraph);
  return said.some(({ claim, polarity }) => claim.subject === MODEL && polarity === 'support');
}

const pages = Object.entries(CHANNELS).filter(([, { markup }]) => markup === 'html');

describe.each(pages.filter(([name]) => name !== 'release notes'))('on the %s', (_name, channel) => {
  test.each([
    ['what is to come', `<h2>Coming soon</h2><p>${SAID}</p>`],
    ['a roadmap', `<h2>Our roadmap</h2><ul><li>${SAID}</li></ul>`],
    ['a time to come', `<h2>Q1 2027</h2><p>${SAID}</p>`],
    ['a myth', `<h2>Myth</h2><p>${SAID}</p><h2>Fact</h2><p>It is not.</p>`],
    ['an example', `<h3>Examples</h3><p>${SAID}</p>`],
  ])('what stands under a heading for %s is not stated', async (_what, paragraph) => {
    expect(await isStated(channel, paragraph)).toBe(false);
  });

  test('what stands in a block of quotation is not stated', async () => {
    expect(await isStated(channel, `<blockquote>${SAID}</blockquote><p>wrote a fan.</p>`)).toBe(
      false,
    );
  });

  test.each([
    ['that tells what is new', `<h2>What is new</h2><p>${SAID}</p>`],
    [
      'behind one for what is to come',
      `<h2>Coming soon</h2><p>More.</p><h2>Now</h2><p>${SAID}</p>`,
    ],
    ['that names a day that is past', `<h2>March 1, 2026</h2><p>${SAID}</p>`],
    ['of a longer kind', `<h2>What the future of our models will look like</h2><p>${SAID}</p>`],
  ])('what stands under a heading %s is stated', async (_what, paragraph) => {
    expect(await isStated(channel, paragraph)).toBe(true);
  });
});
