import { expect, it } from 'vitest';
import { bySentence } from '../../../../src/core/render/story-outline.ts';
import type { StoryFact } from '../../../../src/domain/alert.ts';
import { idOf } from '../../../../src/domain/ids.ts';

const POST = 'https://openai.com/index/introducing-gpt-5-5';
const SENTENCE = 'GPT-5.5 is available today in ChatGPT and Codex';

function fact(surface: string, quote: string, over: Partial<StoryFact> = {}): StoryFact {
  const proof = {
    ...{ quote, url: POST, publisher: 'OpenAI', publisherClass: 'P1' },
    ...{ observedAt: '2026-04-23T17:04:00.000Z', snapshot: idOf('sn', quote) },
  };
  return { surface, words: 'since 23 April 2026, 17:04 UTC', proof, isNew: true, ...over };
}

it('quotes a sentence once for all the places it proves, without the title before it', () => {
  const facts = [
    fact('Announced', `Introducing GPT-5.5 ${SENTENCE}`),
    fact('In Codex', SENTENCE),
    fact('In ChatGPT', SENTENCE),
  ];
  expect(bySentence(facts)).toEqual([fact('Announced, in Codex and in ChatGPT', SENTENCE)]);
});

it('keeps apart what other sentences prove, and what holds since another time', () => {
  const facts = [
    fact('Announced', 'Introducing GPT-5.5'),
    fact('In ChatGPT', SENTENCE),
    fact('In Codex', SENTENCE, { words: 'since 24 April 2026, 17:04 UTC' }),
    fact('In the API', SENTENCE, { isNew: false }),
    fact('Price', '', { proof: null }),
  ];
  expect(bySentence(facts)).toEqual(facts);
});
