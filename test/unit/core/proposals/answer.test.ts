import fc from 'fast-check';
import { zodResponseFormat } from 'openai/helpers/zod';
import { describe, expect, it } from 'vitest';
import {
  answerIn,
  answerShape,
  checksIn,
  checksShape,
} from '../../../../src/core/proposals/answer.ts';
import { numberedAnswer, numberedChecks } from '../../../../src/core/proposals/proposed.ts';

function answer(content: unknown, over: object = {}, finish = 'stop'): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const message = { role: 'assistant', content: text, refusal: null, ...over };
  return JSON.stringify({
    choices: [{ index: 0, finish_reason: finish, message }],
    usage: { prompt_tokens: 700, completion_tokens: 200, total_tokens: 900 },
  });
}

describe('the shape of an answer', () => {
  it('the shape of an answer is the one that the client of the API makes of the same schema', () => {
    const { schema } = zodResponseFormat(numberedAnswer, 'statements').json_schema;
    expect(answerShape().schema).toEqual(schema);
    const checks = zodResponseFormat(numberedChecks, 'checks').json_schema;
    expect(checksShape()).toEqual({ name: 'checks', schema: checks.schema });
  });
});

describe('an answer of a model', () => {
  it('an answer of a model holds two lists, and what it cost', () => {
    const content = { rules: [{ number: 1 }], statements: [{ quote: 'a' }, 'b'] };
    expect(answerIn(answer(content))).toEqual({ outcome: 'answered', content, tokens: 900 });
  });

  it('an answer of a model holds one list when it was asked back', () => {
    const checks = [{ number: 1, says: 'that it is out', holds: 'yes' }, 'more'];
    const answered = { outcome: 'answered', content: checks, tokens: 900 };
    expect(checksIn(answer({ checks }))).toEqual(answered);
    expect(checksIn(answer({ rules: [], statements: [] }))).toMatchObject({ outcome: 'unusable' });
  });

  it.each([
    ['refused', answer(null, { content: null, refusal: 'I cannot help with that.' })],
    ['refused', answer({ rules: [], statements: [{ quote: 'a' }] }, {}, 'content_filter')],
    ['cut-off', answer('{"statements":[{"quote":"a', {}, 'length')],
    ['unusable', answer('Sure! Here are the statements: none.')],
    ['unusable', answer({ rules: [], statements: 'gpt-image-2 is confirmed' })],
    ['unusable', answer({ statements: [] })],
    ['unusable', answer(null, { content: null })],
    ['unusable', answer([])],
    ['unusable', answer({ rules: [], statements: [{ quote: 'x'.repeat(500_000) }] })],
  ])('an answer of a model is %s, and costs what it costs', (outcome, text) => {
    expect(answerIn(text)).toEqual({ outcome, content: null, tokens: 900 });
  });

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '{"choices":[]}',
    '<html>502</html>',
    '{"choices":[{"message":1}]}',
  ])('an answer of a model is none at all when it reads %j', (text) =>
    expect(answerIn(text)).toBeNull(),
  );

  it('an answer of a model is cut when it is giant, and no cost is believed that cannot be', () => {
    const statements = Array.from({ length: 9_000 }, () => ({ quote: 'a' }));
    expect(answerIn(answer({ rules: [], statements }))?.content?.statements).toHaveLength(200);
    for (const tokens of [-5, 1.5, 1e12, 'many', null]) {
      const odd = JSON.stringify({
        ...JSON.parse(answer({ rules: [], statements: [] })),
        usage: { total_tokens: tokens },
      });
      const content = { rules: [], statements: [] };
      expect(answerIn(odd)).toEqual({ outcome: 'answered', content, tokens: null });
    }
  });

  it('an answer of a model never breaks, whatever was sent', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => answer(json)),
        ),
        (text) => {
          const found = answerIn(text);
          const lists = found?.content ?? { statements: [] };
          expect(Array.isArray(lists.statements)).toBe(true);
        },
      ),
    );
  });
});
