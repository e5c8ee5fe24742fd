import { expect, it } from 'vitest';
import type { Claim } from '../../../../src/domain/claim.ts';
import type { Evidence } from '../../../../src/domain/evidence.ts';
import { claimOf, makeEvidence, makePrimary, makeSubject } from '../../../support/make.ts';
import { storyBook } from '../../../support/story-book.ts';
import { AT, subjectUpdate } from '../../../support/subject-updates.ts';

const IN_CHATGPT = claimOf('product_available', { qualifiers: { surface: 'chatgpt' } });

function said(claim: Claim, publisher: string, over: Partial<Evidence> = {}): Evidence {
  return makeEvidence(claim, { publisher, quote: `${publisher} says ${claim.facet}`, ...over });
}

function told(claims: readonly Claim[], evidence: readonly Evidence[]) {
  const [message] = storyBook().check(AT, [subjectUpdate(claims, evidence)]);
  return message;
}

function quotesOf(message: ReturnType<typeof told>) {
  return message?.story?.facts.map(({ surface, proof }) => [surface, proof?.quote]);
}

it('talk is proven by what is said of the claim in its title, and by nothing said of others', () => {
  const exists = claimOf('exists');
  const message = told(
    [IN_CHATGPT, exists],
    [
      said(IN_CHATGPT, 'weekly.example'),
      said(IN_CHATGPT, 'ledger.example'),
      said(exists, 'guess.example', { publisherClass: 'S1' }),
      said(exists, 'weekly.example', { publisherClass: 'S1' }),
    ],
  );
  expect(message?.title).toBe('GPT Image 2 is said to be in ChatGPT (secondary)');
  expect(quotesOf(message)).toEqual([
    ['weekly.example', 'weekly.example says product_available'],
    ['ledger.example', 'ledger.example says product_available'],
  ]);
  expect(message?.proofs.map(({ quote }) => quote)).toEqual(
    quotesOf(message)?.map(([, quote]) => quote),
  );
});

it('talk quotes each independent voice once, and nothing that does not count for the level', () => {
  const claim = claimOf('announced');
  const message = told(
    [claim],
    [
      said(claim, 'weekly.example', { group: 'one-owner' }),
      said(claim, 'sister.example', { group: 'one-owner' }),
      said(claim, 'ledger.example'),
      said(claim, 'maybe.example', { force: 'hedge' }),
    ],
  );
  expect(quotesOf(message)?.map(([who]) => who)).toEqual(['weekly.example', 'ledger.example']);
});

it('talk names who is quoted where a page only passes it on', () => {
  const claim = claimOf('announced');
  const message = told([claim], [said(claim, 'radar.example', { relays: 'ledger.example' })]);
  expect(quotesOf(message)?.map(([who]) => who)).toEqual([
    'ledger.example, relayed via radar.example',
  ]);
});

it('talk names no model in its title of which only something else is said', () => {
  const of = (id: string, facet: Claim['facet']) => {
    const claim = claimOf(facet, { subject: id });
    const subject = makeSubject({ id, name: id.toUpperCase() });
    return subjectUpdate([claim], [said(claim, 'weekly.example')], { subject });
  };
  const [message] = storyBook().check(AT, [of('gpt-6', 'api_listed'), of('gpt-6-pro', 'exists')]);
  expect(message?.title).toBe('GPT-6 is said to be in the API (rumor)');
  expect(quotesOf(message)).toEqual([['weekly.example', 'weekly.example says api_listed']]);
});

it('talk says in one line what speaks against its title, with the best denial', () => {
  const claim = claimOf('announced');
  const denials = ['faq.example', 'weekly.example'].map((publisher) =>
    said(claim, publisher, { polarity: 'deny', observedAt: '2026-04-18T09:00:00.000Z' }),
  );
  const press = said(claim, 'press.example', {
    ...{ polarity: 'deny', publisherClass: 'S1', observedAt: '2026-04-18T08:00:00.000Z' },
    quote: 'It has not been announced.',
  });
  const message = told([claim], [said(claim, 'blog.example'), ...denials, press]);
  expect(message?.story?.also).toEqual([
    'Against: 3 pages deny it; press.example on 18 April 2026: “It has not been announced.”',
  ]);
});

it('talk of a place is denied by whoever denies the release', () => {
  const released = claimOf('released');
  const denial = said(released, 'faq.example', {
    ...{ polarity: 'deny', observedAt: '2026-04-18T09:00:00.000Z' },
  });
  const message = told(
    [IN_CHATGPT, released],
    [said(IN_CHATGPT, 'blog.example'), said(released, 'blog.example'), denial],
  );
  expect(message?.story?.also).toEqual([
    'Against: 1 page denies it; faq.example on 18 April 2026: “faq.example says released”',
  ]);
});

it('talk is not denied by what was said before it, and nothing is held against what is confirmed', () => {
  const claim = claimOf('announced');
  const early = said(claim, 'faq.example', {
    ...{ polarity: 'deny', observedAt: '2026-04-07T09:00:00.000Z' },
  });
  expect(told([claim], [said(claim, 'blog.example'), early])?.story?.also).toEqual([]);
  const late = said(claim, 'faq.example', {
    ...{ polarity: 'deny', observedAt: '2026-04-18T09:00:00.000Z' },
  });
  const confirmed = told([claim], [makePrimary(claim), late]);
  expect(confirmed?.title).toContain('(confirmed)');
  expect(confirmed?.story?.also).toEqual([]);
});

it('talk of a vendor on a page that settles nothing is not put down to others', () => {
  const listed = claimOf('api_listed');
  const post = makePrimary(listed, { sourceKind: 'newsroom', artefact: null });
  const message = told([listed], [post]);
  expect(message?.story?.lead).toBe('OpenAI says so on a page that does not settle it alone.');
});
