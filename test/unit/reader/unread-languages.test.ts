import { expect, test } from 'vitest';
import type { Item } from '../../../src/domain/item.ts';
import type { Watcher } from '../../../src/domain/watcher.ts';
import { ruleReader } from '../../../src/reader/rule-reader.ts';
import changelog from '../../../watchers/openai-changelog.ts';
import { catalog, names } from '../../support/names.ts';

const watcher: Watcher = { ...changelog, id: 'openai-changelog' };
const OPENAI = {
  domain: 'openai.com',
  name: 'OpenAI',
  class: 'P1',
  group: 'openai.com',
  vendor: 'openai',
} as const;

async function readingOf(text: string) {
  const item: Item = {
    ...{ key: 'k', kind: 'entry', title: 'Entry', text, url: 'https://openai.com/x', fields: {} },
    published: { from: '2026-04-21', to: null, precision: 'day' },
  };
  const entry = { item, publisher: OPENAI, at: '2026-04-22T00:00:00.000Z' };
  const [reading] = await ruleReader(catalog, () => names).read(watcher, [entry]);
  return reading;
}

test('a vendor’s text in another language states nothing but in plain forms, and says which language it is in', async () => {
  const german = await readingOf(
    'Seit heute gibt es GPT-5.5. Das Modell ist für alle Entwickler in der API verfügbar, und es ist nicht mehr in der Vorschau.',
  );
  expect(german?.mentions).toEqual(['gpt-5.5']);
  expect(german?.statements).toEqual([]);
  expect(german?.unsaid).toContain('written in German');
  const chinese = await readingOf(
    'GPT-5.5 现在可供所有开发者使用：这是我们最新模型的稳定版，可用于生产用途。',
  );
  expect(chinese?.statements).toEqual([]);
  expect(chinese?.unsaid).toContain('written in Chinese');
});

test('a vendor’s text in English is no unread one, whether it states something or not', async () => {
  const released = await readingOf(
    'We have released GPT-5.5 in the API for all of our developers.',
  );
  expect(released?.statements.length).toBeGreaterThan(0);
  expect(released?.unsaid).toBeUndefined();
  const quiet = await readingOf('We have mended a few things in the guide to GPT-5.5 for you.');
  expect(quiet?.unsaid).toBeUndefined();
});
