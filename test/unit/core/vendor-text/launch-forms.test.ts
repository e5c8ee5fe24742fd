import { describe, expect, it, test } from 'vitest';
import { blocksOfMarkdown } from '../../../../src/core/document/markdown.ts';
import { itemText, lineBlock } from '../../../../src/core/document/text.ts';
import { primaryStatements } from '../../../../src/core/vendor-text/vendor-statements.ts';
import { facetLabel } from '../../../../src/domain/claim.ts';
import type { Publisher } from '../../../../src/domain/publisher.ts';
import { language, names } from '../../../support/names.ts';

const DAY = { from: '2026-04-21', to: null, precision: 'day' } as const;
const OPENAI: Publisher = {
  ...{ domain: 'openai.com', name: 'OpenAI', class: 'P1', group: 'openai.com', vendor: 'openai' },
};

function context(kind: 'changelog' | 'newsroom') {
  return {
    ...{ names, publisher: OPENAI, at: '2026-04-22T00:00:00.000Z' },
    ...{ watcher: { kind, vendor: 'openai', coverage: 'rolling' } as const },
    ...language('openai'),
  };
}

function labels(said: ReturnType<typeof primaryStatements>): readonly string[] {
  const all = said.map(
    ({ claim, polarity }) =>
      `${polarity === 'deny' ? 'not ' : ''}${claim.subject} ${facetLabel({ ...claim, value: null })}`,
  );
  return [...new Set(all)].sort();
}

function entry(markdown: string): readonly string[] {
  const item = {
    ...({ key: 'k', kind: 'entry', title: 'April 21', url: 'https://openai.com/x' } as const),
    ...itemText(blocksOfMarkdown(markdown)),
    ...{ published: DAY, fields: {} },
  };
  return labels(primaryStatements(item, context('changelog')));
}

test('what a model is available for says nothing of where it is, also where the use has a hyphen', () => {
  expect(entry('`gpt-5.4` is now available for fine-tuning.')).toEqual([]);
  expect(entry('`gpt-5.4` is now available.')).toContain('gpt-5.4 announced');
});

describe('plans', () => {
  it('stand for the product that is sold in them where no product is named', () => {
    expect(entry('GPT-5.3-Codex is now available to Plus, Pro and Team users.')).toContain(
      'gpt-5.3-codex product_available:chatgpt.pro',
    );
    expect(entry('GPT-5.3-Codex is available in Codex for all paid plans.')).not.toContain(
      'gpt-5.3-codex product_available:chatgpt',
    );
  });
});

function post(title: string, body: string): readonly string[] {
  const item = {
    ...({ key: 'k', kind: 'post', title, url: 'https://openai.com/x' } as const),
    ...itemText([lineBlock(title, 'heading'), ...blocksOfMarkdown(body)]),
    ...{ published: DAY, fields: {} },
  };
  return labels(primaryStatements(item, context('newsroom')));
}

describe('what comes beside a launch, for a few', () => {
  it('what comes beside a launch, for a few, is tested by them, and the launch is for everybody', () => {
    expect(
      entry('We launched `gpt-9` in the API, alongside `gpt-9-pro` for Daybreak participants.'),
    ).toEqual([
      'gpt-9 announced',
      'gpt-9 api_listed',
      'gpt-9-pro announced',
      'gpt-9-pro limited_test',
      'gpt-9-pro product_available:trusted_access',
    ]);
  });

  it('what comes beside a launch, for a few, is launched with the rest where it is for nobody in particular', () => {
    expect(entry('We launched `gpt-9` in the API, alongside `gpt-9-pro`.')).toContain(
      'gpt-9-pro api_listed',
    );
  });
});

describe('what stands between a name and its verb', () => {
  test.each([
    'GPT-9, launching today in ChatGPT and the API, draws in layers.',
    'GPT-9, now available in ChatGPT and the API, is twice as fast.',
  ])('what stands between a name and its verb says where it is: %s', (body) => {
    expect(post('Pictures in layers', body)).toEqual(
      expect.arrayContaining(['gpt-9 api_listed', 'gpt-9 product_available:chatgpt']),
    );
  });

  test.each([
    'GPT-9, launching next year in the API, will draw in layers.',
    'GPT-9, available in the API since May, now draws in layers.',
    'GPT-9, not available in the API today, draws in layers.',
    'Tools for GPT-9, now available in the API, draw in layers.',
  ])(
    'what stands between a name and its verb announces nothing by what is old, to come, or of something else: %s',
    (body) => {
      expect(post('Pictures in layers', body)).not.toContain('gpt-9 announced');
      expect(entry(body).filter((line) => !line.startsWith('not '))).toEqual([]);
    },
  );
});

describe('what is left out where the title says it', () => {
  it('what is left out where the title says it is the model of the title', () => {
    expect(
      post('GPT-9', 'A model for long work. Available today for Plus users and in the API.'),
    ).toEqual(expect.arrayContaining(['gpt-9 api_listed', 'gpt-9 product_available:chatgpt.plus']));
  });

  test.each([
    'A model for long work. Available soon in the API.',
    'It beats GPT-5.5. Available today in the API.',
    'A model for long work. Available models: see below.',
  ])(
    'what is left out where the title says it is nothing where it is to come, or something else was named: %s',
    (body) => {
      expect(post('GPT-9', body)).not.toContain('gpt-9 api_listed');
    },
  );

  it('what is left out where the title says it is used by all whom a title calls on to', () => {
    expect(post('Start building with GPT-9', 'Five recipes.')).toEqual(['gpt-9 product_available']);
    expect(post('Should you start building with GPT-9?', 'Five recipes.')).toEqual([]);
    expect(post('Before you start building with GPT-9', 'Five recipes.')).toEqual([]);
  });

  it('what is left out where the title says it is named by the first line where the title names nothing', () => {
    expect(post('Speaking of speech', 'GPT-9: a speech model that whispers.')).toEqual([
      'gpt-9 announced',
    ]);
    expect(post('Speaking of speech', 'GPT-9: a year of lessons.')).toEqual([]);
  });
});

describe('the id of what an entry releases', () => {
  it('the id of what an entry releases is in the API', () => {
    expect(entry('GPT-9 is here. `gpt-9-preview` reads 2M tokens.')).toContain(
      'gpt-9-preview api_listed',
    );
  });

  test.each([
    'GPT-9 is here. `gpt-9-preview` will follow.',
    'GPT-9 is here. `gpt-9-preview` is not available in the API.',
    'GPT-9 is here. `gpt-9-preview` has been shut down.',
    'Released GPT-9 Pro. If you use `gpt-9-preview`, nothing changes.',
  ])('the id of what an entry releases is not what is to come, denied or gone: %s', (markdown) => {
    expect(entry(markdown)).not.toContain('gpt-9-preview api_listed');
  });
});

describe('the API of a model', () => {
  it('the API of a model holds the model, and announces none', () => {
    expect(entry('The GPT-9 API is open to every developer.')).toEqual(['gpt-9 api_listed']);
    expect(entry('The GPT-9 API is not available yet.')).not.toContain('gpt-9 api_listed');
    expect(entry('The GPT-9 API client is available.')).toEqual([]);
  });
});

describe('what is out of a phase', () => {
  it('what is out of a phase is for everybody', () => {
    expect(entry('Released `gpt-9`, out of alpha.')).toContain('gpt-9 api_listed');
    expect(entry('Released `gpt-9` in alpha.')).not.toContain('gpt-9 api_listed');
  });
});

describe('weights', () => {
  it('weights are put out by a verb with a hyphen', () => {
    expect(post('Hear it all', "We're open-sourcing GPT-9 today.")).toContain('gpt-9 announced');
    expect(post('Hear it all', 'We may be open-sourcing GPT-9 one day.')).toEqual([]);
  });
});

describe('a verb left out before the second model', () => {
  it('a verb left out before the second model gives each model the place beside it', () => {
    const said = entry('Released GPT-5.4 in ChatGPT, and GPT-5.4 pro in the Responses API.');
    expect(said).toContain('gpt-5.4 product_available:chatgpt');
    expect(said).toContain('gpt-5.4-pro api_listed');
    expect(said).not.toContain('gpt-5.4 api_listed');
    expect(said).not.toContain('gpt-5.4-pro product_available:chatgpt');
  });

  it('a verb left out before the second model is no verb that stands there', () => {
    expect(
      entry('Released GPT-5.4 to the Responses API, and GPT-5.4 pro in ChatGPT gets faster.'),
    ).not.toContain('gpt-5.4-pro announced');
  });
});

describe('an official version', () => {
  it('an official version is the model, out for good', () => {
    expect(entry('The official version of GPT-5.4 has been released.')).toContain(
      'gpt-5.4 announced',
    );
  });

  it.each([
    'A new version of GPT-5.4 has been released.',
    'The official guide to GPT-5.4 has been released.',
    'The official version of GPT-5.4 will follow soon.',
  ])(
    'an official version is none that is merely new, something else or still to come: %s',
    (text) => {
      expect(entry(text)).toEqual([]);
    },
  );
});

test('a model upgraded to another one, as a title says it, is the launch of that one alone', () => {
  expect(entry('`gpt-5.3` model upgraded to GPT-5.4:')).toEqual([
    'gpt-5.4 announced',
    'gpt-5.4 api_listed',
  ]);
  expect(entry('Developers upgraded to GPT-5.4 last week.')).toEqual([]);
});

test('the first model of a series is named behind the comma', () => {
  expect(entry('Launched the first audio series model, `gpt-audio-9`, in the API.')).toContain(
    'gpt-audio-9 api_listed',
  );
});
