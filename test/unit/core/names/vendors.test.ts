import { expect, it } from 'vitest';
import { buildNames } from '../../../../src/core/names/names.ts';
import { catalog } from '../../../support/names.ts';

const AT = '2026-11-01T00:00:00.000Z';
const vendors = catalog.vendors.map((vendor) => ({ ...vendor, watched: true }));
const all = buildNames(catalog.subjects, { ...catalog, vendors });
const openai = buildNames(catalog.subjects, catalog);

const named = (text: string) => all.find(text, AT).map(({ subject }) => subject);

it.each([
  ['Claude Opus 4.9 replaces Claude 3.5 Haiku', ['claude-opus-4-9', 'claude-3-5-haiku']],
  ['Opus 4.9 and Sonnet 4.9', ['claude-opus-4-9', 'claude-sonnet-4-9']],
  ['an opus 4.9 by Beethoven', []],
  ['use claude-opus-4-9-20271101 now', ['claude-opus-4-9-20271101']],
  [
    'Gemini 3.9 Flash-Lite, and Gemini 4 Pro Preview',
    ['gemini-3.9-flash-lite', 'gemini-4-pro-preview'],
  ],
  ['Nano Banana Pro is out', ['gemini-3-pro-image']],
  ['gemini-2.9-flash-lite-preview-09-2027', ['gemini-2.9-flash-lite-preview-09-2027']],
  ['Mistral Small 5 as mistral-small-2703', ['mistral-small-5', 'mistral-small-2703']],
  // Words that make another model may stand before the version, as they may behind it.
  ['Magistral Medium 2 and Devstral Small 3', ['magistral-medium-2', 'devstral-small-3']],
  ['Magistral medium 2 and Magistral Prize 2', []],
  ['GPT-7 Pro and GPT Image 3 mini', ['gpt-7-pro', 'gpt-image-3-mini']],
])('the names of several vendors are read in "%s"', (text, ids) => {
  expect(named(text)).toEqual(ids);
});

it('the names of several vendors say whose an id is, and of what it is a dated copy', () => {
  expect(all.vendorOf('claude-opus-4-9')).toBe('anthropic');
  expect(all.vendorOf('gpt-7')).toBe('openai');
  expect(all.vendorOf('weasel-3')).toBe(null);
  expect(all.dated('claude-opus-4-9-20271101')).toEqual({
    base: 'claude-opus-4-9',
    day: '20271101',
  });
  expect(all.dated('gpt-7-2027-02-30')).toBe(null);
});

it('the names of several vendors are those of other makers while nobody watches their vendor', () => {
  expect(openai.find('Claude Opus 4.9 and gemini-3-pro-image', AT)).toEqual([]);
  expect(openai.find('Gemini Image 2.0', AT)).toEqual([]);
});

it.each(['gpt-7-internal-eval', 'gpt-7.1-dogfood', 'gpt-7.2-alpha', 'claude-opus-6-staging'])(
  'the names of several vendors leave out %s, which says that it is for tests',
  (id) => {
    expect(named(`the list shows ${id}`)).toEqual([]);
  },
);
