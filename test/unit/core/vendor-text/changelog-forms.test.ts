import { describe, expect, it, test } from 'vitest';
import { blocksOfMarkdown } from '../../../../src/core/document/markdown.ts';
import { itemText } from '../../../../src/core/document/text.ts';
import { buildNames } from '../../../../src/core/names/names.ts';
import { primaryStatements } from '../../../../src/core/vendor-text/vendor-statements.ts';
import { facetLabel } from '../../../../src/domain/claim.ts';
import type { Publisher } from '../../../../src/domain/publisher.ts';
import { catalog, language, names } from '../../../support/names.ts';

const DAY = { from: '2026-04-21', to: null, precision: 'day' } as const;
const OPENAI: Publisher = {
  ...{ domain: 'openai.com', name: 'OpenAI', class: 'P1', group: 'openai.com', vendor: 'openai' },
};

/** What an entry of a changelog, as a vendor writes it in Markdown, is taken to state. */
function stated(markdown: string, known = names) {
  const item = {
    ...({ key: 'k', kind: 'entry', title: 'April 21', url: 'https://openai.com/x' } as const),
    ...itemText(blocksOfMarkdown(markdown)),
    ...{ published: DAY, fields: {} },
  };
  return primaryStatements(item, {
    ...{ names: known, publisher: OPENAI, at: '2026-04-22T00:00:00.000Z' },
    ...{ watcher: { kind: 'changelog', vendor: 'openai', coverage: 'rolling' } as const },
    ...language('openai'),
  });
}

function lines(markdown: string): readonly string[] {
  const said = stated(markdown).map(
    ({ claim, polarity }) =>
      `${polarity === 'deny' ? 'not ' : ''}${claim.subject} ${facetLabel({ ...claim, value: null })}`,
  );
  return [...new Set(said)].sort();
}

describe('what ends for some, or in some way', () => {
  test.each([
    'Free tier access to `gpt-5.5` has been removed.',
    'Access to GPT-5.5 on the free tier has ended.',
    'Batch access to `gpt-5.5` has been removed.',
    "We've removed `gpt-5.5` from the free tier.",
    'Removed `gpt-5.5` from the list of default models.',
  ])('what ends for some, or in some way, retires nothing: %s', (text) => {
    expect(lines(text)).toEqual([]);
  });

  it('what ends for some, or in some way, is told apart from what ends for all', () => {
    expect(lines("We've removed `gpt-5.5` from the API.")).toEqual(['gpt-5.5 retired']);
    expect(lines('Access to GPT-5.5 has ended.')).toEqual(['gpt-5.5 retired']);
  });
});

describe('what is to be had somewhere else, or by more', () => {
  test.each([
    'GPT-5.5 is now available in more regions.',
    'GPT-5.5 is now available in Acme Slides.',
    'Introducing GPT-5.5 in Acme Studio',
  ])('what is to be had somewhere else, or by more, comes out by nothing: %s', (text) => {
    expect(lines(text)).toEqual([]);
  });

  test.each(['Released `gpt-5.5` in GA.', 'Released `gpt-5.5` in April.', 'Released GPT-5.5.'])(
    'what is to be had somewhere else, or by more, is told apart from what comes out: %s',
    (text) => {
      expect(lines(text)).toEqual(['gpt-5.5 announced', 'gpt-5.5 api_listed']);
    },
  );
});

describe('what is told of a model that came out before', () => {
  test.each([
    'GPT-5.5 is still available in the API.',
    'We still offer GPT-5.5 in the API.',
    'GPT-5.5 remains available in the API.',
    'GPT-5.5 continues to be served through the API.',
  ])(
    'what is told of a model that came out before says that it can be had, and announces nothing: %s',
    (text) => {
      expect(lines(text)).toEqual(['gpt-5.5 api_listed']);
    },
  );

  it('what is told of a model that came out before is announced where it is new', () => {
    expect(lines('GPT-5.5 is now available in the API.')).toContain('gpt-5.5 announced');
  });
});

describe('a list of names without "and"', () => {
  it('a list of names without "and" is one subject of a verb in the plural', () => {
    const three = ['gpt-5.4 deprecated', 'gpt-5.4-mini deprecated', 'gpt-5.5 deprecated'];
    const two = three.slice(0, 2);
    expect(lines('The models `gpt-5.4`, `gpt-5.4-mini` are deprecated.')).toEqual(two);
    expect(lines('`gpt-5.4`, `gpt-5.4-mini`, `gpt-5.5` are deprecated.')).toEqual(three);
  });

  it('a list of names without "and" is none before a verb in the singular, or behind a preposition', () => {
    expect(lines('Unlike `gpt-5.4`, `gpt-5.5` is deprecated.')).toEqual(['gpt-5.5 deprecated']);
    expect(lines('Unlike `gpt-5.4`, `gpt-5.5`, `gpt-5.4-mini` are deprecated.')).not.toContain(
      'gpt-5.4 deprecated',
    );
  });
});

describe('what only those who take part can have', () => {
  it('what only those who take part can have is a limited test', () => {
    expect(
      lines('GPT-5.5 is available alongside GPT-5.4 in the API for participants of the trial.'),
    ).toEqual(['gpt-5.5 limited_test', expect.stringMatching(/^gpt-5\.5 /)]);
  });
});

describe('names of one model and its kin', () => {
  it('names of one model and its kin are told by the later one where the earlier becomes it', () => {
    expect(lines('The preview `gpt-5.4` is generally available as `gpt-5.5`.')).toEqual([
      'gpt-5.5 announced',
      'gpt-5.5 api_listed',
    ]);
  });

  it('names of one model and its kin are those that are listed, and not what their ids begin with', () => {
    expect(lines('Launched Sora 9: `sora-9-clip` for clips and `sora-9-pro` for films.')).toEqual([
      ...['sora-9-clip announced', 'sora-9-clip api_listed'],
      ...['sora-9-pro announced', 'sora-9-pro api_listed'],
    ]);
  });

  it('names of one model and its kin are of what others were upgraded to', () => {
    expect(lines('Both chat models have been upgraded to GPT-5.5.')).toEqual([
      'gpt-5.5 announced',
      'gpt-5.5 api_listed',
    ]);
    expect(lines('Both chat models will be upgraded to GPT-5.5.')).toEqual([]);
  });

  it('names of one model and its kin are of what the API as a whole now supports', () => {
    expect(lines('The OpenAI API now supports GPT-5.5.')).toContain('gpt-5.5 api_listed');
    expect(lines('The Batch API now supports GPT-5.5.')).toEqual([]);
    expect(lines('The Acme API now supports GPT-5.5.')).toEqual([]);
  });

  it('names of one model and its kin may be ids without a digit where the vendor’s file gives them', () => {
    const vendors = catalog.vendors.map((one) =>
      one.vendor === 'openai' ? { ...one, ids: { ...one.ids, plain: ['gpt-embed'] } } : one,
    );
    const known = buildNames(catalog.subjects, { ...catalog, vendors });
    const subjects = (names?: typeof known) =>
      stated('Released `gpt-embed`.', names).map(({ claim }) => claim.subject);
    expect(subjects(known)).toContain('gpt-embed');
    expect(subjects()).toEqual([]);
  });
});

describe('a quote from a list', () => {
  const list = (count: number) =>
    `The following models have been shut down:\n\n${Array.from({ length: count }, (_, at) => `- \`gpt-5-2026-01-${10 + at}\` (one of many snapshots of one model)`).join('\n')}`;

  it('a quote from a list goes on from the head of the list to the item that names the model', () => {
    const [first, second] = stated(list(3));
    expect(first?.quote).toMatch(
      /^The following models have been shut down:\s+gpt-5-2026-01-10 \(one/,
    );
    expect(second?.quote).toMatch(/^The following models .*gpt-5-2026-01-11 \(one/s);
    expect(second?.quote).not.toContain('gpt-5-2026-01-12');
  });

  it('a quote from a list is the item alone where the list is long', () => {
    const last = stated(list(20)).at(-1);
    expect(last?.quote).toBe('gpt-5-2026-01-29 (one of many snapshots of one model)');
  });
});
