import { describe, expect, it } from 'vitest';
import type { Statement } from '../../../../src/domain/evidence.ts';
import { blogPage, ruled } from '../../../support/reading.ts';

const TITLE = 'GPT-5.5: what we know';
const RELEASE = /^(?:announced|released|api_listed|product_available)$/;

function said(text: string, title = TITLE): readonly Statement[] {
  return ruled(blogPage(`# ${title}\n\n${text}`, title)).filter(({ span }) => span[0] > 2);
}

/** Subject, sign and facet, once each; what belongs to a release is "launch". */
function signs(text: string, title = TITLE): readonly string[] {
  return [
    ...new Set(
      said(text, title).map(({ claim: { subject, facet }, polarity }) => {
        const kind = RELEASE.test(facet) ? 'launch' : facet;
        return `${subject} ${polarity === 'deny' ? '-' : '+'}${kind}`;
      }),
    ),
  ];
}

describe('a release that is to come', () => {
  it.each([
    ['OpenAI plans to release GPT-6 on May 9, according to Reuters.', 'relay'],
    ['Sources say that GPT-6 will launch on May 9.', 'report'],
    ['OpenAI says that GPT-6 is set to arrive on May 9.', 'attributed'],
    ['GPT-6 will ship on May 9.', 'forecast'],
  ])(
    'a release that is to come is a claim of its day, as firm as who tells it: %s',
    (text, how) => {
      const dates = said(text).filter(({ claim }) => claim.facet === 'date');
      expect(dates).toHaveLength(1);
      expect(dates[0]?.claim).toMatchObject({ subject: 'gpt-6', value: '2026-05-09' });
      expect(dates[0]?.relays === null ? dates[0]?.force : 'relay').toBe(how);
    },
  );

  it.each([
    'If OpenAI plans to release GPT-6 on May 9, nobody told me.',
    'GPT-6 could launch on May 9.',
    'OpenAI has no plans to release GPT-6 on May 9.',
    'OpenAI wants to release GPT-6.',
    'Will GPT-6 launch on May 9?',
  ])(
    'a release that is to come is none where it is supposed, denied, asked, or has no day: %s',
    (text) => {
      expect(signs(text)).not.toContain('gpt-6 +date');
    },
  );
});

describe('what is asked by a name or a place alone', () => {
  it.each([
    ['GPT-5.5 is out. And the API? Not yet.', 'gpt-5.5 -launch'],
    ['GPT-5.5 Pro? Not so far.', 'gpt-5.5-pro -launch'],
    ['Has GPT-5.5 shipped? It has.', 'gpt-5.5 +launch'],
  ])('what is asked by a name or a place alone is answered by a word: %s', (text, sign) => {
    expect(signs(text, 'Notes')).toContain(sign);
  });

  it.each(['And the price? No.', 'GPT-5.5 or something else? No.'])(
    'what is asked by a name or a place alone says nothing of a release where something else is asked: %s',
    (text) => {
      expect(signs(text, 'Notes')).toEqual([]);
    },
  );
});

describe('a version by its number alone', () => {
  it.each([
    ['GPT-5.5 costs more. The new 5.5 is out.', 'gpt-5.5 +launch'],
    ['GPT-5.5 is loved. 5.5 pro is out.', 'gpt-5.5-pro +launch'],
  ])('a version by its number alone is the one that was named in full: %s', (text, sign) => {
    expect(signs(text, 'Notes')).toContain(sign);
  });

  it.each([
    'GPT-5.5 is loved. Gemini 5.5 is out.',
    'GPT-5.5 is loved. Version 5.5 of the plugin is out.',
    'GPT-5.5 is loved. The 5.4 is out.',
    'GPT-5.5 is loved. It is 5.5 times as fast.',
  ])(
    'a version by its number alone is no model where it counts something or another name has it: %s',
    (text) => {
      expect(signs(text, 'Notes')).toEqual([]);
    },
  );
});
