import { beforeAll, expect, it } from 'vitest';
import { headlineStance, type Stance } from '../../../../src/core/stance/headline-stance.ts';
import { compileLexicon, type Lexicon } from '../../../../src/core/talk/cues/lexicon.ts';
import { catalogOf } from '../../../../src/reader/subject-index.ts';
import { processorTime } from '../../../support/processor-time.ts';

let lexicon: Lexicon;
beforeAll(async () => {
  const catalog = await catalogOf();
  lexicon = compileLexicon(catalog.lexicon, catalog.vendors);
});

const HEADLINES: readonly (readonly [Stance, string])[] = [
  ['for', 'OpenAI ships GPT Image 2 to everyone'],
  ['for', 'GPT Image 2 is here, and it writes whole menus'],
  ['for', 'How would you draw a menu? GPT Image 2 shows you'],
  ['for', 'Want to try GPT Image 2? All you need is a key'],
  ['for', 'OpenAI slows the queue so that servers do not melt after the launch'],
  ['against', 'No, GPT-6 is not out'],
  ['against', 'GPT-6 has not been released'],
  ['against', "OpenAI hasn't shipped GPT-6"],
  ['against', 'Altman denies that GPT-6 launches in May'],
  ['against', 'That GPT-6 screenshot is a hoax'],
  ['against', 'GPT-6 out already? Viral post fools half the internet'],
  ['against', 'Talk of a May launch is greatly exaggerated'],
  ['observing', 'GPT-6 reportedly ready for May'],
  ['observing', 'OpenAI may launch GPT-6 in May'],
  ['observing', 'Is GPT-6 out?'],
  ['observing', 'GPT-6 is real: or is it a hoax?'],
  ['observing', 'GPT-6 finished, sources say'],
  ['observing', 'Congressman: GPT-6 already runs at three agencies'],
  ['observing', 'No evidence yet that GPT-6 exists'],
  ['observing', 'Rumor: GPT-6 to draw, speak and sing'],
];

it.each(HEADLINES)('a headline is read as %s: %s', (stance, headline) => {
  expect(headlineStance(headline, lexicon)).toBe(stance);
});

it('a headline is read the same however it is quoted and cased', () => {
  for (const [stance, headline] of HEADLINES) {
    const typeset = headline.replaceAll("'", '\u2019');
    expect(headlineStance(typeset, lexicon), typeset).toBe(stance);
    expect(headlineStance(headline.toUpperCase(), lexicon), headline).toBe(stance);
  }
});

it('a headline is read in time, however long somebody makes it', async () => {
  const parts = ['not ', 'so ', ', ', 'source: ', '? ', 'a. '];
  const took = await processorTime(() =>
    parts.map((part) => headlineStance(part.repeat(5_000), lexicon)),
  );
  expect(took).toBeLessThan(2_000);
});
