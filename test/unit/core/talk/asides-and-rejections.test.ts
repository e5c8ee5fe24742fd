import { expect, it } from 'vitest';
import { blogPage, ruled } from '../../../support/reading.ts';

const TITLE = 'What we know this week';

/** Signs with models and facets of what is said below the title. */
function saidIn(text: string, title = TITLE): readonly string[] {
  const said = ruled(blogPage(`# ${title}\n\n${text}`, title)).filter(({ span }) => span[0] > 2);
  return said.map(
    ({ claim: { subject, facet }, polarity }) =>
      `${polarity === 'deny' ? '-' : '+'}${subject} ${facet}`,
  );
}

it.each([
  ['GPT-5.5, which OpenAI announced in May, is now out.', '+gpt-5.5 released'],
  ['GPT-5.5, which testers praised for weeks, went live on Monday.', '+gpt-5.5 released'],
  ['OpenAI, which had shown GPT-5.4 in May, has released GPT-5.5.', '+gpt-5.5 released'],
  ['GPT-5.5, whose price nobody knew, has not shipped.', '-gpt-5.5 released'],
])(
  'a verb behind an aside between commas goes on with what the aside describes: %s',
  (text, sign) => {
    expect(saidIn(text)).toContain(sign);
  },
);

it.each([
  'OpenAI denied that GPT-5.5 is out.',
  'A company spokesperson rejected the latest claims that GPT-5.5 has shipped.',
  'OpenAI denied releasing GPT-5.5.',
])('what its maker rejects is denied: %s', (text) => {
  expect(saidIn(text)).toEqual(['-gpt-5.5 released']);
});

it.each([
  'OpenAI has not denied that GPT-5.5 is out.',
  'A blogger disputes that GPT-5.5 is out.',
  'OpenAI denied that GPT-5.5 will ship this week.',
  'The company disputes that GPT-5.5 has been delayed.',
  'OpenAI says it is not true that GPT-5.5 is out.',
  'The timeline behaves as though GPT-5.5 went on sale a week ago.',
])('what somebody rejects, or only seems so, is neither said nor denied: %s', (text) => {
  expect(saidIn(text)).toEqual([]);
});

it.each([
  ['Older models such as GPT-4o vanish from the picker.', '+gpt-4o retired'],
  ['OpenAI retired older models such as GPT-4o in May.', '+gpt-4o retired'],
  [
    'OpenAI brought out a new model for pictures on April 21, 2026, GPT Image 2.',
    '+gpt-image-2 released',
  ],
])('a model is found behind "such as", "by" and the comma of a date: %s', (text, sign) => {
  expect(saidIn(text)).toContain(sign);
});

it.each([
  ['I have been using GPT-5.5 since Monday.', ['+gpt-5.5 product_available']],
  ['We have run GPT-5.5 for a week.', ['+gpt-5.5 product_available']],
  ['I use GPT-5.5 when I like.', []],
  ['I have been awaiting GPT-5.5 since Monday.', []],
  ['We should throw GPT-5.5 out tomorrow.', []],
  ['GPT-5.5 is absent from the model ids OpenAI exposes.', ['-gpt-5.5 api_listed']],
])('the use of a model shows that it can be had where it is told since when: %s', (text, signs) => {
  expect(saidIn(text)).toEqual(signs);
});
