import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Subject } from '../../../../src/domain/subject.ts';
import { addedBy, blogPage, facetsSaid, statementsOn } from '../../../support/blog-pages.ts';
import { catalog } from '../../../support/names.ts';

/** Models a person would write of by name, but for those whose name holds another word of the reader's. */
const models = catalog.subjects.filter(
  ({ kind, moving, id }) =>
    kind === 'model' && !moving && /^(gpt|sora|dall)/.test(id) && !/preview|codex/.test(id),
);
const model = fc.constantFrom(...models);
const filler = fc.constantFrom(
  'It rained all morning.',
  'The workshop had tea and two kinds of cake.',
  'Nobody minds a slow start to the week.',
  'We painted the shed in the afternoon.',
  'The print shop opens at nine.',
);
const fillers = fc.array(filler, { minLength: 1, maxLength: 4 });

/** Ways to say that something is so, and to deny the same. */
const SENTENCES: readonly (readonly [
  facet: string,
  plain: (name: string) => string,
  denied: (name: string) => string,
])[] = [
  ['released', (m) => `OpenAI has released ${m}.`, (m) => `OpenAI has not released ${m}.`],
  ['released', (m) => `${m} has been released.`, (m) => `${m} has not been released.`],
  ['released', (m) => `${m} was released in March.`, (m) => `${m} was never released.`],
  ['announced', (m) => `OpenAI announced ${m}.`, (m) => `OpenAI has not announced ${m}.`],
  ['announced', (m) => `OpenAI has announced ${m}.`, (m) => `OpenAI never announced ${m}.`],
  [
    'api_listed',
    (m) => `${m} is available in the API.`,
    (m) => `${m} is not available in the API.`,
  ],
  [
    'api_listed',
    (m) => `${m} is available via the API.`,
    (m) => `${m} isn't available via the API yet.`,
  ],
  [
    'product_available',
    (m) => `${m} is available in ChatGPT.`,
    (m) => `${m} is not available in ChatGPT.`,
  ],
  ['deprecated', (m) => `OpenAI has deprecated ${m}.`, (m) => `OpenAI has not deprecated ${m}.`],
  ['retired', (m) => `OpenAI has shut down ${m}.`, (m) => `OpenAI has not shut down ${m}.`],
];
const sentence = fc.constantFrom(...SENTENCES);

/** What takes a statement away: the same words as a condition, a question, an opinion. */
const FRAMES: readonly ((plain: string) => string)[] = [
  (plain) => `If ${plain.replace(/\.$/, '')}, we will try it.`,
  (plain) => `What if ${plain.replace(/\.$/, '')}?`,
  (plain) => `${plain.replace(/\.$/, '')}?`,
  (plain) => `My read: ${plain}`,
];

const nameOf = ({ name }: Subject) => name;
const said = (words: string, around: readonly string[]) =>
  statementsOn(blogPage([...around, words, ...around]));

describe('what a page says', () => {
  it('14: is turned round by a denial in its scope', () => {
    fc.assert(
      fc.property(model, sentence, fillers, (subject, [facet, plain, denied], around) => {
        const name = nameOf(subject);
        const yes = said(plain(name), around);
        expect(facetsSaid(yes, subject.id, 'support')).toContain(facet);
        expect(facetsSaid(yes, subject.id, 'deny')).toEqual([]);
        const no = said(denied(name), around);
        expect(facetsSaid(no, subject.id, 'deny')).toContain(facet);
        expect(facetsSaid(no, subject.id, 'support')).toEqual([]);
      }),
    );
  });

  it('14: is taken away by if, by a question mark and by my read', () => {
    const frame = fc.constantFrom(...FRAMES);
    fc.assert(
      fc.property(model, sentence, frame, fillers, (subject, [, plain], put, around) => {
        const read = said(put(plain(nameOf(subject))), around);
        const firm = addedBy(read).filter((words) => words.endsWith(':secondary'));
        expect(firm).toEqual([]);
      }),
    );
  });

  it('15: is the same with the words confirmed, official and primary about it', () => {
    const boast = fc.constantFrom(
      'This is confirmed.',
      'Officially confirmed by primary sources.',
      'All 12 URLs below are primary.',
      'Confirmed trending.',
      'We are the official and primary source.',
      'CONFIRMED: see below.',
    );
    const boasts = fc.array(boast, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(model, sentence, boasts, fillers, (subject, [, plain, denied], more, around) => {
        for (const words of [plain(nameOf(subject)), denied(nameOf(subject))]) {
          const modest = addedBy(statementsOn(blogPage([...around, words])));
          const boastful = addedBy(statementsOn(blogPage([...more, ...around, words, ...more])));
          expect(boastful).toEqual(modest);
          expect(boastful.join()).not.toContain('support:confirmed');
        }
      }),
    );
  });

  it('15: is the same when it is said officially', () => {
    const pair = fc.constantFrom<readonly [string, string]>(
      ['has released', 'has officially released'],
      ['announced', 'officially announced'],
      ['has deprecated', 'has officially deprecated'],
    );
    fc.assert(
      fc.property(model, pair, fillers, (subject, [plain, official], around) => {
        const [modest, boastful] = [plain, official].map((verb) =>
          addedBy(said(`OpenAI ${verb} ${nameOf(subject)}.`, around)),
        );
        expect(boastful).toEqual(modest);
        expect(modest).not.toEqual([]);
      }),
    );
  });

  it('22: is the same, quote for quote, when the page is only laid out anew', () => {
    const relaid = fc.array(fc.constantFrom(...LAYOUTS), { minLength: 1, maxLength: 5 });
    const paragraphs = fc.array(
      fc
        .tuple(model, sentence, fc.boolean())
        .map(([subject, [, plain, denied], isPlain]) =>
          isPlain ? plain(nameOf(subject)) : denied(nameOf(subject)),
        ),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(paragraphs, fillers, relaid, (lines, around, layouts) => {
        const page = blogPage([...around, ...lines]);
        const again = layouts.reduce((html, lay) => lay(html), page);
        expect(statementsOn(again)).toEqual(statementsOn(page));
      }),
    );
  });
});

/** Changes to a page's markup that change nothing of its text. */
const LAYOUTS: readonly ((html: string) => string)[] = [
  (html) => html.replaceAll('<p>', '<p class="x1a9" data-track="7">'),
  (html) => html.replaceAll('<p>', '\n\n\t<p>').replaceAll('</p>', '</p>\n'),
  (html) => html.replaceAll('<p>', '<p>\n    ').replaceAll('</p>', '\n  </p>'),
  (html) => html.replaceAll('<p', '<P').replaceAll('</p>', '</P>'),
  (html) => html.replaceAll('</p>', '<!-- 2026-10-01T09:00:00Z --></p>'),
  (html) => html.replaceAll(/<p([^>]*)>([^<]*)/g, '<p$1><span>$2</span>'),
  (html) =>
    html.replace('<head>', '<head><meta name="generator" content="x"><script>var t = 5;</script>'),
  (html) => html.replace('<main>', '<div class="wrap"><main>').replace('</main>', '</main></div>'),
  (html) => html.replaceAll('. ', '.\n'),
];
