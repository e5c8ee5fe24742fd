import { expect, it } from 'vitest';
import { lackIn } from '../../../src/app/lacking.ts';

type Given = Parameters<typeof lackIn>;

const POSTS = 'https://api.x.com/2/tweets/search/recent';
const LIST = 'https://api.openai.com/v1/models';

function lack(config: object, watcher: Partial<Given[1]>, url: string): string | null {
  const whole = { fetch: { headers: {} }, openai: {}, ...config };
  return lackIn(whole as Given[0], { via: 'http', ...watcher } as Given[1], url);
}

it('A channel whose header is not set says so, and so does a list of models without a key', () => {
  const needs = { needs: 'authorization' };
  expect(lack({}, needs, POSTS)).toContain('api.x.com answers only those who send authorization');
  const unset = { fetch: { headers: { 'api.x.com': { authorization: undefined } } } };
  expect(lack(unset, needs, POSTS)).not.toBeNull();
  const set = { fetch: { headers: { 'API.x.com': { Authorization: 'Bearer abc' } } } };
  expect(lack(set, needs, POSTS)).toBeNull();
  expect(lack({}, { via: 'model-list' }, LIST)).toContain('No API key is set for api.openai.com');
  expect(lack({ openai: { apiKey: 'key' } }, { via: 'model-list' }, LIST)).toBeNull();
  expect(lack({}, {}, POSTS)).toBeNull();
});
