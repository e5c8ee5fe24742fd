import fc from 'fast-check';
import { expect, it } from 'vitest';
import { modelIdsIn } from '../../../src/lint/model-ids.ts';

const MODELS = new Set(['gpt-4o', 'gpt-4o-mini', 'o3', 'dall-e-2', 'gpt-5.5', 'whisper-1']);
const isModel = (id: string) => MODELS.has(id);
const idsIn = (text: string) => modelIdsIn(text, isModel).map(({ id }) => id);

it.each([
  ['const model = "gpt-4o";', ['gpt-4o']],
  ["model: 'gpt-5.5' # the usual", ['gpt-5.5']],
  ['MODEL=dall-e-2', ['dall-e-2']],
  ['{"a":"gpt-4o","b":"gpt-4o-mini"}', ['gpt-4o', 'gpt-4o-mini']],
  ['litellm("openai/gpt-4o")', ['gpt-4o']],
  ['"ft:gpt-4o-mini:acme::abc123"', ['gpt-4o-mini']],
  ['curl .../v1/models/whisper-1', ['whisper-1']],
])('the model ids of a text are found in %s', (text, ids) => {
  expect(idsIn(text)).toEqual(ids);
});

it.each([
  'gpt-4o-minimal',
  'my-gpt-4o-wrapper',
  'const o3 = 1;',
  'an o3 atmosphere',
  'GPT-4O',
  'model = "gpt-4o" // firsthand-ignore: the test needs it',
])('the model ids of a text are not found in %s', (text) => {
  expect(idsIn(text)).toEqual([]);
});

it('the model ids of a text take a short id for a model only where it is a string of its own', () => {
  expect(idsIn('model = "o3"')).toEqual(['o3']);
  expect(idsIn('model = "o3 is here"')).toEqual([]);
});

it('the model ids of a text stand at the line and column where the id begins', () => {
  const [found] = modelIdsIn('first\n  x = "openai/gpt-4o"', isModel);
  expect(found).toEqual({ id: 'gpt-4o', line: 2, column: 15 });
});

it('the model ids of a text are what the text holds at their place, whatever the text', () => {
  const word = fc.constantFrom('gpt-4o', '"o3"', 'openai/', ' ', '\n', '"', ':', 'x', 'dall-e-2');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const text = words.join('');
      const lines = text.split('\n');
      for (const { id, line, column } of modelIdsIn(text, isModel)) {
        expect(lines[line - 1]?.slice(column - 1, column - 1 + id.length)).toBe(id);
      }
    }),
  );
});
