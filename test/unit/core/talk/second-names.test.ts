import { expect, it } from 'vitest';
import { blogPage, ruled } from '../../../support/reading.ts';

function modelsIn(title: string, text: string): readonly string[] {
  const said = ruled(blogPage(`# ${title}\n\n${text}`, title)).filter(({ span }) => span[0] > 2);
  return [...new Set(said.map(({ claim: { subject } }) => subject))];
}

it.each([
  ['How to get DALL-E 2', 'OpenAI released DALL-E to everyone on Monday.', ['dall-e-2']],
  ['How to get DALL-E 2', 'OpenAI retired the original DALL-E on Monday.', ['dall-e']],
  [
    'How to get DALL-E 2',
    'OpenAI released DALL-E to everyone on Monday. We used to compare it with DALL-E 3.',
    ['dall-e'],
  ],
  ['How to get pictures', 'OpenAI released DALL-E to everyone on Monday.', ['dall-e']],
  ['GPT-5.6 Sol at a glance', 'OpenAI released GPT-5.6 to everyone on Monday.', ['gpt-5.6']],
])(
  'the name of a family without a number means the only member its page is titled with: %s | %s',
  (title, text, models) => {
    expect(modelsIn(title, text)).toEqual(models);
  },
);
