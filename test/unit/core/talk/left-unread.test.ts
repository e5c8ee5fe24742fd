import { describe, expect, it } from 'vitest';
import { blogPage, ruled } from '../../../support/reading.ts';

/** What a page about GPT Image 2 says of a model, as subject, sign and facet. */
function saidOf(text: string, title = 'Notes on GPT Image 2'): readonly string[] {
  return ruled(blogPage(text, title)).map(
    ({ claim: { subject, facet }, polarity }) =>
      `${subject} ${polarity === 'deny' ? '-' : '+'}${facet}`,
  );
}

describe('what is left unread', () => {
  it('what is left unread is what a machine answers, which may mean the account or the name', () => {
    const answer = 'I get “The model gpt-image-2 does not exist or you do not have access to it”.';
    expect(saidOf(answer)).toEqual([]);
    expect(saidOf('GPT Image 2 does not exist.')).toContain('gpt-image-2 -released');
  });

  it('what is left unread is what the writer takes or paid, where no model is named beside it', () => {
    expect(saidOf('Pay only $0.021 per picture through our gateway.')).toEqual([]);
    expect(saidOf('It costs $0.021 per picture.')).toEqual(['gpt-image-2 +priced']);
  });

  it('what is left unread is another version of a model that is named to say which', () => {
    expect(saidOf('OpenAI has announced the next version of DALL-E 3.', 'News')).toEqual([]);
    expect(saidOf('OpenAI has announced a version of DALL-E 3.', 'News')).toContain(
      'dall-e-3 +announced',
    );
  });

  it('what is left unread is what is said of a family, on a page about one model', () => {
    expect(saidOf('The family has no launch date.')).toEqual([]);
    expect(saidOf('There is no launch date.')).toEqual(['gpt-image-2 -date']);
  });
});
