import { expect, it } from 'vitest';
import { compilePublishers } from '../../../../src/core/provenance/publishers.ts';
import { catalog } from '../../../support/names.ts';

const publishers = compilePublishers(catalog);
const classOf = (url: string) => publishers.of(url).class;

it.each([
  'https://chatgpt.com/share/abc',
  'https://chatgpt.com/g/g-abc-my-gpt',
  'https://platform.openai.com/playground/p/abc',
  'https://community.openai.com/t/gpt-9/1',
  'https://github.com/openai/evals/issues/1',
  'https://github.com/openai/openai-python/pull/9',
  'https://github.com/openai/openai-python/discussions/3',
  'https://github.com/openai/openai-python/commit/0123abc',
  'https://github.com/openai/openai-python/blob/0123abc/src/openai/types/shared/chat_model.py',
  'https://raw.githubusercontent.com/openai/openai-openapi/refs/pull/9/head/openapi.yaml',
  'https://huggingface.co/anyuser/some-repo',
  'https://huggingface.co/openai/gpt-oss-20b/discussions/1',
  'https://huggingface.co/blog/anyuser/a-post',
  'https://openrouter.ai/anyuser',
  'https://www.forbes.com/sites/anycontributor/2026/09/28/a-post/',
  'https://www.forbes.com/%73ites/anycontributor/2026/09/28/a-post/',
  'https://learn.microsoft.com/en-us/answers/questions/1',
  'https://techcommunity.microsoft.com/discussions/1',
])('a place where users write weighs as one: %s', (url) => {
  expect(classOf(url)).toBe('S3');
});

it.each([
  ['https://chatgpt.com/pricing', 'P1'],
  ['https://github.com/openai/openai-python/releases.atom', 'P0'],
  ['https://github.com/openai/openai-openapi/commits/main.atom', 'P0'],
  ['https://raw.githubusercontent.com/openai/openai-openapi/main/openapi.yaml', 'P0'],
  ['https://openrouter.ai/api/v1/models', 'Q'],
  ['https://huggingface.co/blog/openai-gpt-oss', 'Q'],
  ['https://www.forbes.com/newsletters/a/', 'S1'],
  ['https://learn.microsoft.com/en-us/azure/ai-foundry/whats-new', 'Q'],
  ['https://techcommunity.microsoft.com/blog/azure-ai/a-post', 'Q'],
])('a place where users write leaves %s the %s it is', (url, expected) => {
  expect(classOf(url)).toBe(expected);
});
