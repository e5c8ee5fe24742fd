import { describe, expect, it } from 'vitest';
import { blogPage, ruled } from '../../../support/reading.ts';

const TITLE = 'GPT-5.5: what we know';
const RELEASE = /^(?:announced|released|api_listed|product_available)$/;

/** Signs with facets of what is said of the page's model, once each; what belongs to a release is "launch". */
function saidIn(text: string, title = TITLE): readonly string[] {
  const said = ruled(blogPage(`# ${title}\n\n${text}`, title)).filter(({ span }) => span[0] > 2);
  return [
    ...new Set(
      said.map(({ claim: { facet }, polarity }) => {
        const kind = RELEASE.test(facet) ? 'launch' : facet;
        return `${polarity === 'deny' ? '-' : '+'}${kind}`;
      }),
    ),
  ];
}

describe('words that say something of a model without a verb of it', () => {
  it.each([
    ['API access opened on Friday.', '+launch'],
    ['Our workspace now has it.', '+launch'],
    ['Access is limited to twenty vetted partners.', '+limited_test'],
    ['Everyone else waits.', '-launch'],
    ['Free users are left out.', '-launch'],
    ['A wider launch has not happened.', '-launch'],
    ['OpenAI has stayed silent.', '-launch'],
    ['OpenAI did not say when.', '-date'],
    ['The release date is unknown.', '-date'],
    ['Shutdown date: May 12, 2026', '+retired'],
  ])('words that say something of a model without a verb of it are read: %s', (text, sign) => {
    expect(saidIn(text)).toContain(sign);
  });

  it.each([
    'API access would open the field.',
    'If everyone else waits, prices stay up.',
    'A beta could be limited to a few companies.',
    'Everybody else is asleep.',
    'It is not clear how good it is.',
  ])(
    'words that say something of a model without a verb of it say nothing where they are supposed, or of something else: %s',
    (text) => {
      expect(saidIn(text)).toEqual([]);
    },
  );

  it('words that say something of a model without a verb of it are said of the model that was spoken of last only where a pronoun takes it up', () => {
    const text = 'GPT-5.4 was cheaper. API access opened on Friday.';
    const said = ruled(blogPage(`# ${TITLE}\n\n${text}`, TITLE));
    expect(
      said.filter(({ quote }) => quote.includes('access')).map(({ claim }) => claim.subject),
    ).not.toContain('gpt-5.4');
  });
});

describe('what could be had and cannot any more', () => {
  it.each([
    'GPT-5.5 can no longer be used.',
    'GPT-5.5 will no longer be available after May 12.',
    'You can no longer pick GPT-5.5.',
  ])('what could be had and cannot any more has ended: %s', (text) => {
    expect(saidIn(text)).toEqual(['+retired']);
  });
});

describe('the place of an entry', () => {
  it('the place of an entry makes a condition of what stands in a list below "when:"', () => {
    const items = '- GPT-5.5 is listed by the API\n- GPT-5.5 is available to everyone';
    expect(saidIn(`We call it released when:\n\n${items}`)).toEqual([]);
    expect(saidIn(`What happened:\n\n${items}`)).toContain('+launch');
  });

  it('the place of an entry makes an end of a bare name below a heading that says so', () => {
    expect(saidIn('## Models leaving ChatGPT that day\n\nGPT-4.1 mini', 'News')).toEqual([
      '+retired',
    ]);
    expect(saidIn('## Models we like\n\nGPT-4.1 mini', 'News')).toEqual([]);
  });

  it('the place of an entry gives a remark in a row to the model the row is of', () => {
    const table = '| Model | Remark |\n| --- | --- |\n| GPT-4.1 mini | goes offline on May 12 |';
    const [said] = ruled(blogPage(`# News\n\n${table}`, 'News'));
    expect(said?.claim).toMatchObject({ subject: 'gpt-4.1-mini', facet: 'retired' });
  });
});
