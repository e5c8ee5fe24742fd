import { expect, it } from 'vitest';
import {
  type Carrier,
  firstCarried,
  NAME_ALONE,
} from '../../../../src/core/claims/first-carried.ts';
import type { Day } from '../../../../src/domain/time.ts';

function entry(
  key: string,
  day: Day | null,
  mentions: readonly string[] = ['gpt-9'],
  text = 'A title',
): Carrier {
  return {
    item: {
      key,
      text,
      url: `https://news.example/${key}`,
      published: day === null ? null : { from: day, to: null, precision: 'day' },
    },
    mentions,
    firstSeenAt: '2026-06-01T00:00:00.000Z',
  };
}

function saying(rule: string, subject = 'gpt-9') {
  const claim = { subject, facet: 'announced' as const, qualifiers: {}, value: null };
  return { claim, rule };
}

const TITLED = saying(NAME_ALONE);

it('a title that is a name alone announces a model that the newsroom never named before', () => {
  const history = [entry('other', '2026-05-01', ['gpt-8'])];
  expect(firstCarried([TITLED], entry('launch', '2026-05-20'), history)).toEqual([TITLED]);
  expect(firstCarried([TITLED], entry('launch', '2026-05-20'), [])).toEqual([TITLED]);
});

it.each([
  ['a launch', '2026-03-01'],
  ['a mention the day before', '2026-05-19'],
])('a title that is a name alone announces nothing behind %s', (_what, day) => {
  const history = [entry('before', day as Day)];
  expect(firstCarried([TITLED], entry('story', '2026-05-20'), history)).toEqual([]);
});

it('a title that is a name alone announces beside other posts of its own day, and whatever is said later', () => {
  const history = [entry('card', '2026-05-20'), entry('story', '2026-07-01')];
  expect(firstCarried([TITLED], entry('launch', '2026-05-20'), history)).toEqual([TITLED]);
});

it('a title that is a name alone announces nothing where a text carried the name without being about it', () => {
  const marks = [{ part: 'model' as const, span: [0, 11] as const }];
  const said = [{ ...saying(NAME_ALONE, 'gpt-9-astra'), marks }];
  const story = entry('story', '2026-05-20', ['gpt-9'], 'GPT-9 Astra');
  const told = (text: string) => [entry('before', '2026-05-01', ['gpt-9'], text)];
  expect(firstCarried(said, story, told('We will tell you about GPT‑9 Astra.'))).toEqual([]);
  expect(firstCarried(said, story, told('We will tell you about GPT-9.'))).toEqual(said);
  expect(firstCarried(said, story, told('GPT-9 Astral maps'))).toEqual(said);
});

it('a title that is a name alone is not silenced by an earlier form of its own entry', () => {
  const entries = [entry('launch', '2026-05-18')];
  expect(firstCarried([TITLED], entry('launch', '2026-05-20'), entries)).toEqual([TITLED]);
});

it('a title that is a name alone is dated by when it was seen where it gives no day', () => {
  const history = [entry('before', '2026-05-31')];
  expect(firstCarried([TITLED], entry('launch', null), history)).toEqual([]);
  expect(firstCarried([TITLED], entry('launch', null), [entry('x', null)])).toEqual([TITLED]);
});

it('a title that is a name alone leaves what a verb says, and what is said of other models, as it is', () => {
  const said = [saying('release.transitive'), saying(NAME_ALONE, 'gpt-10')];
  const history = [entry('before', '2026-03-01')];
  expect(firstCarried([...said, TITLED], entry('story', '2026-05-20'), history)).toEqual(said);
});
