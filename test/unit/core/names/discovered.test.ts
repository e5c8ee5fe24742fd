import { expect, it } from 'vitest';
import { discoveredSubject } from '../../../../src/core/names/discovered.ts';
import { LATER, names } from '../../../support/names.ts';

const discovery = { at: LATER, target: 'openai-models:x', snapshot: 'sn_1', firstHand: true };
const coin = (id: string) => discoveredSubject(id, 'openai', names, discovery);

it('a name nobody catalogued becomes a claimed subject that says from where it is known', () => {
  expect(coin('gpt-7-astra')).toMatchObject({
    ...{ id: 'gpt-7-astra', name: 'GPT-7 Astra', kind: 'model', vendor: 'openai' },
    ...{ status: 'claimed', moving: false, discovered: discovery },
  });
});

it('a name nobody catalogued takes the newest models of its root as its controls', () => {
  expect(coin('gpt-image-3').controls).toEqual(['gpt-image-2.6-flare', 'gpt-image-2.6-sunburst']);
});

it('a name nobody catalogued is a snapshot of its model when it ends in a day, with the controls of the model', () => {
  expect(coin('gpt-image-2-2026-09-01')).toMatchObject({
    kind: 'snapshot',
    controls: names.subject('gpt-image-2')?.controls,
  });
});

it('a name nobody catalogued is a moving alias, and so never released, when it ends in latest and has no version', () => {
  expect(coin('chatgpt-voice-latest').moving).toBe(true);
  expect(coin('gpt-7-chat-latest').moving).toBe(false);
});

it.each([
  ['gpt-realtime-2.1-mini', 'GPT Realtime 2.1 mini'],
  ['gpt-5.6-sol-2026-07-07', 'GPT-5.6 Sol (2026-07-07)'],
  ['gpt-live', 'GPT Live'],
  ['gpt-transcribe', 'GPT Transcribe'],
  ['gpt-image-3', 'GPT Image 3'],
  ['o9-mini', 'o9-mini'],
])('a name nobody catalogued is called as the vendor would write it: %s is %s', (id, name) => {
  expect(coin(id).name).toBe(name);
});

it.each([
  ['gpt-7-astra', ['GPT-7 Astra Model | OpenAI API'], 'GPT-7 Astra'],
  ['gpt-live-2', ['Moved GPT\u2011Live\u00a02 to general availability.'], 'GPT-Live 2'],
  [
    'gpt-realtime-3-mini',
    ['Released gpt-realtime-3-mini.', 'It is GPT-realtime-3-mini.'],
    'GPT-realtime-3-mini',
  ],
  ['gpt-7-astra-2027-01-02', ['GPT-7 Astra is here'], 'GPT-7 Astra (2027-01-02)'],
])('a name nobody catalogued is called as its vendor writes it: %s', (id, texts, name) => {
  expect(discoveredSubject(id, 'openai', names, discovery, texts).name).toBe(name);
});

it.each([
  ['an id', 'Released gpt-7-astra.'],
  ['another name', 'GPT-7 Astra-mini and GPT-7.5 Astra'],
  ['a shouted line', 'GPT-7 ASTRA IS HERE'],
])('a name nobody catalogued takes no name from %s', (_what, text) => {
  expect(discoveredSubject('gpt-7-astra', 'openai', names, discovery, [text]).name).toBe(
    'GPT-7 Astra',
  );
  expect(discoveredSubject('o9-mini', 'openai', names, discovery, [text]).name).toBe('o9-mini');
});

it('a name nobody catalogued takes siblings of its own age as its controls, not the newest', () => {
  const age = (id: string) => Number(/\d+(\.\d+)?/.exec(id)?.[0]);
  for (const control of coin('gpt-5.1-nova').controls) {
    expect(Math.abs(age(control) - 5.1)).toBeLessThan(0.2);
  }
});

it('a name nobody catalogued is found in a text and marked as discovered', () => {
  expect(names.find('We tried gpt-7-astra.', LATER)).toMatchObject([
    { subject: 'gpt-7-astra', discovered: true, claimed: false },
  ]);
  expect(names.find('We tried gpt-5.5.', LATER)).toMatchObject([{ discovered: false }]);
});

it.each([
  ['gpt-image-2', 'gpt-image-2'],
  ['GPT Image 2', 'gpt-image-2'],
  [' gpt‑image‑2 ', 'gpt-image-2'],
  ['chatgpt images 2.0', 'gpt-image-2'],
  ['spud', 'spud'],
  ['sora', 'sora'],
  ['lmarena-tape-models', 'lmarena-tape-models'],
  ['gpt-image-2-2026-04-21', 'gpt-image-2-2026-04-21'],
  ['gpt-9-nova', 'gpt-9-nova'],
])('what a person types as %j means %s', (typed, id) => {
  expect(names.resolve(typed)).toBe(id);
});

it.each(['', 'gpt-image-2-all', 'openai/gpt-5.4-image-2', 'nonsense', 'gpt', 'two gpt-5'])(
  'what a person types as %j means nobody',
  (typed) => {
    expect(names.resolve(typed)).toBeNull();
  },
);

it.each([
  ['gpt-imag-2', 'gpt-image-2'],
  ['gpt-image2', 'gpt-image-2'],
  ['dalle3', 'dall-e-3'],
  ['gpt 5.5 prp', 'gpt-5.5-pro'],
])('what a person types as %j is near to %s', (typed, id) => {
  expect(names.near(typed)).toContain(id);
});

it('what a person types is near to nobody when it is far from everybody', () => {
  expect(names.near('a completely different thing')).toEqual([]);
  expect(names.near('')).toEqual([]);
});
