import { expect, it } from 'vitest';
import { halfOf } from '../../../bench/accuracy/labelled-pages.mjs';
import { figuresOf, overlap, scoreReading } from '../../../bench/accuracy/reading-score.mjs';
import { macroF1 } from '../../../bench/accuracy/stance-score.mjs';

const QUOTE = 'gpt-image-2 is out for every ChatGPT plan';

function labelOf(over: Partial<Label> = {}): Label {
  return {
    subject: 'gpt-image-2',
    facet: 'released',
    expected: 'support:secondary',
    quote: QUOTE,
    ...over,
  };
}

interface Label {
  subject: string;
  facet: string;
  expected: string;
  quote: string;
}

interface Said {
  subject: string;
  facet: string;
  polarity: string;
  quote: string;
  contribution: string;
}

function saidOf(over: Partial<Said> = {}): Said {
  const said = { subject: 'gpt-image-2', facet: 'released', polarity: 'support', quote: QUOTE };
  return { ...said, contribution: 'support:secondary', ...over };
}

async function figures(labels: readonly Label[], said: readonly Said[], publisherClass = 'S3') {
  const page = {
    ...{ name: '001', file: '001-page.html', path: '', url: '', at: '', subject: 'gpt-image-2' },
    ...{ publisherClass, claims: labels },
  };
  return figuresOf(await scoreReading([page], async () => said));
}

it('the measure of the reader finds a label by subject, facet, polarity and place, and asks apart how firmly it is said', async () => {
  expect(await figures([labelOf()], [saidOf()])).toMatchObject({
    ...{ claims: 1, recall: 1, precision: 1, contribution_accuracy: 1, page_accuracy: 1 },
  });
  const hedged = await figures([labelOf()], [saidOf({ contribution: 'support:rumor' })]);
  expect(hedged).toMatchObject({ recall: 1, contribution_accuracy: 0, page_accuracy: 0 });
  for (const other of [{ subject: 'gpt-5.5' }, { facet: 'priced' }, { polarity: 'deny' }]) {
    expect(await figures([labelOf()], [saidOf(other)])).toMatchObject({
      ...{ recall: 0, precision: 0 },
    });
  }
});

it('the measure of the reader takes the facets of a launch for one another, and no others', async () => {
  const launch = ['announced', 'released', 'api_listed', 'product_available:chatgpt'];
  for (const facet of launch) {
    expect((await figures([labelOf({ facet })], [saidOf()])).recall).toBe(1);
  }
  expect((await figures([labelOf({ facet: 'documented' })], [saidOf()])).recall).toBe(0);
});

it('the measure of the reader counts only what says something of an OpenAI model and of release', async () => {
  const asides = [
    labelOf({ expected: 'none' }),
    labelOf({ expected: 'primary_silence_relay' }),
    labelOf({ facet: 'capability' }),
    ...['lmarena-tape-models', 'gpt-image-2-all', 'nano-banana-2'].map((subject) =>
      labelOf({ subject }),
    ),
  ];
  expect((await figures(asides, [])).claims).toBe(0);
  const models = ['gpt-5.5', 'o3-pro', 'sora-2', 'dall-e-3', 'gpt-oss-20b', 'chatgpt-images-2.0'];
  const counted = models.map((subject) => labelOf({ subject }));
  expect((await figures(counted, [])).claims).toBe(models.length);
});

it('the measure of the reader asks of precision only what stands where a label stands', async () => {
  const elsewhere = saidOf({ quote: 'the old one was retired in May of last year' });
  expect((await figures([labelOf()], [saidOf(), elsewhere])).precision).toBe(1);
  const wrong = saidOf({ facet: 'priced', polarity: 'support' });
  expect((await figures([labelOf()], [saidOf(), wrong])).precision).toBe(0.5);
});

it('the measure of the reader counts a confirmation by an outsider, and none by the vendor', async () => {
  const confirmed = [saidOf({ contribution: 'support:confirmed' })];
  expect((await figures([labelOf()], confirmed, 'S1')).false_confirmations).toBe(1);
  expect((await figures([labelOf()], confirmed, 'X')).false_confirmations).toBe(1);
  expect((await figures([labelOf()], confirmed, 'P1')).false_confirmations).toBe(0);
});

it('the measure of the reader takes a page that cannot be read for one that says nothing', async () => {
  const page = {
    ...{ name: '001', file: '001-page.html', path: '', url: '', at: '', subject: 'gpt-image-2' },
    ...{ publisherClass: 'S3', claims: [labelOf()] },
  };
  const tally = await scoreReading([page], () => Promise.reject(new Error('a wall')));
  expect(figuresOf(tally)).toMatchObject({ recall: 0, precision: null, page_accuracy: 0 });
  expect(tally.notes.join()).toContain('a wall');
});

it.each([
  ['one holds the other', QUOTE, 'is out', true],
  ['they share four words in a row', QUOTE, 'it is out for every user', true],
  ['they share three', QUOTE, 'now out for every one', false],
  ['signs and cases differ', QUOTE, 'GPT-Image-2 is out,', true],
  ['one has no words', QUOTE, '…', false],
  ['one is too long to be a quote', QUOTE, `${QUOTE} ${'and so on '.repeat(50)}`, false],
])('two quotes are of one place or not when %s', (_case, a, b, expected) => {
  expect(overlap(a, b)).toBe(expected);
  expect(overlap(b, a)).toBe(expected);
});

it('the mean F1 weighs every stance the same', () => {
  const right = (['for', 'against', 'observing'] as const).map((one) => ({
    ...{ said: one, labelled: one },
  }));
  expect(macroF1(right)).toBe(1);
  const wrong = Array.from({ length: 8 }, () => ({
    ...{ said: 'for' as const, labelled: 'observing' as const },
  }));
  // F1 of 0.2 for `for`, of 1 for `against`, of 0.2 for `observing`.
  expect(macroF1([...right, ...wrong])).toBeCloseTo((0.2 + 1 + 0.2) / 3, 10);
});

it('the halves of a corpus are cut by a hash of the name, about even', () => {
  expect(halfOf('001-gi2-techbullion.html')).toBe(halfOf('001-gi2-techbullion.html'));
  const names = Array.from({ length: 400 }, (_, at) => `page-${at}.html`);
  const tuned = names.filter((name) => halfOf(name) === 'tuned').length;
  expect(tuned).toBeGreaterThan(150);
  expect(tuned).toBeLessThan(250);
});
