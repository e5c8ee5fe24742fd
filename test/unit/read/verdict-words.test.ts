import { describe, expect, it } from 'vitest';
import { judgeSubject } from '../../../src/core/verdict/judge.ts';
import { DEFAULT_POLICY } from '../../../src/core/verdict/policy.ts';
import type { Claim } from '../../../src/domain/claim.ts';
import type { Evidence } from '../../../src/domain/evidence.ts';
import type {
  ClaimStatus,
  ConfirmationLevel,
  Verdict,
  Voice,
} from '../../../src/domain/verdict.ts';
import { bestAgainst, bestFor } from '../../../src/read/best-sentence.ts';
import { type VerdictSources, verdictWords } from '../../../src/read/verdict-words.ts';
import { claimOf, makeCase, makeChecks, makeEvidence, makePrimary } from '../../support/make.ts';

const AT = '2026-04-21T14:00:00.000Z';
const LISTED = claimOf('api_listed');

/** The claim as judged now from what was said and how the vendor's channels were read. */
function judged(
  evidence: readonly Evidence[],
  checkedAt: string | null = AT,
  claim: Claim = LISTED,
): Verdict {
  const kinds = DEFAULT_POLICY.mandatory[claim.facet] ?? [];
  const checks =
    checkedAt === null
      ? []
      : kinds.map((kind) => makeChecks(kind, { at: checkedAt, shows: ['gpt-image-1.5'] }));
  const verdicts = judgeSubject(makeCase([claim], evidence, { checks }), AT, DEFAULT_POLICY);
  return verdicts.find((one) => one.claim.key === claim.key) as Verdict;
}

function wordsOf(
  verdict: Verdict,
  evidence: readonly Evidence[],
  over: Partial<VerdictSources> = {},
): string {
  const pieces = new Map(evidence.map((piece) => [piece.id, piece]));
  const { verdict: word, sentence } = verdictWords(verdict, {
    ...{ vendor: 'OpenAI', shutdown: null, stated: [], moving: false },
    evidence: pieces,
    ...over,
  });
  return `${word}. ${sentence}`;
}

const said = (group: string, over: Partial<Evidence> = {}) =>
  makeEvidence(LISTED, {
    group,
    publisher: group,
    observedAt: '2026-04-21T10:00:00.000Z',
    ...over,
  });

it('a verdict in words says that the vendor has not said so only while its pages are read', () => {
  const reseller = [said('shop.example', { publisherClass: 'S4' })];
  expect(wordsOf(judged(reseller, null), reseller)).toBe(
    "Not confirmed. Nobody has looked at OpenAI's pages yet; one interested party says so.",
  );
  expect(wordsOf(judged(reseller, '2026-02-01T00:00:00.000Z'), reseller)).toBe(
    'Not confirmed. OpenAI had not said so when last read; one interested party says so.',
  );
});

it('a verdict in words counts the voices, and names their kind where they are of one', () => {
  const verdict = (
    level: ConfirmationLevel,
    heard: readonly Voice[],
    status: ClaimStatus = 'current',
  ) => ({
    ...judged([]),
    ...{ level, status, heard },
    primary: { ...judged([]).primary, state: 'silent' as const },
  });
  const [a, b] = [
    said('a.example', { publisherClass: 'S2' }),
    said('b.example', { publisherClass: 'S2' }),
  ];
  const c = said('c.example', { publisherClass: 'S1' });
  const voice = (piece: Evidence, stance: Voice['stance'] = 'support'): Voice => ({
    ...{ group: piece.group, stance, evidence: [piece.id], inInterval: true },
  });
  const all = [a, b, c];
  expect(wordsOf(verdict('secondary', [voice(a), voice(b)]), all)).toBe(
    'Not confirmed. OpenAI has not said so; 2 trackers say so.',
  );
  expect(
    wordsOf(
      verdict(
        'secondary',
        all.map((piece) => voice(piece)),
      ),
      all,
    ),
  ).toBe('Not confirmed. OpenAI has not said so; 3 other voices say so.');
  expect(wordsOf(verdict('rumor', [voice(c, 'hedged')]), all)).toBe(
    'Not confirmed. OpenAI has not said so; one press outlet expects it.',
  );
  expect(wordsOf(verdict('unknown', [voice(a, 'deny')], 'denied'), all)).toBe(
    'Not confirmed. OpenAI has not said so; one tracker denies it.',
  );
  expect(wordsOf(verdict('unknown', [], 'never_reported'), all)).toBe(
    'Unknown. OpenAI has not said so; nobody else says so.',
  );
});

it('a verdict in words names the day of the shutdown beside what is confirmed or withdrawn', () => {
  const listed = { ...judged([]), level: 'confirmed' as const };
  expect(wordsOf(listed, [])).toBe('Confirmed. OpenAI says so on its own pages.');
  const ahead = { shutdown: { day: '2027-01-20', status: 'scheduled' as const } };
  expect(wordsOf(listed, [], ahead)).toContain('has set its shutdown for 20 January 2027.');
  const gone = { ...listed, level: 'withdrawn' as const };
  expect(wordsOf(gone, [])).toBe('Withdrawn. OpenAI said so once, and its pages say so no longer.');
  expect(wordsOf(gone, [], { shutdown: { day: '2026-05-12', status: 'in_effect' } })).toBe(
    "Withdrawn. It is gone from OpenAI's pages, which set its shutdown for 12 May 2026.",
  );
});

describe('where the vendor says something, and not that it is out', () => {
  const open = { ...judged([]), primary: { ...judged([]).primary, state: 'present' as const } };

  it('a model that only the list shows is called listed', () => {
    const listed = { ...open, level: 'secondary' as const, flags: ['listed_only' as const] };
    expect(wordsOf(listed, [], { stated: ['api_listed'] })).toBe(
      "Listed, not announced. OpenAI's list of models shows it, and no other page of OpenAI names it yet; nobody else says so.",
    );
  });

  it('where the vendor says something, and not that it is out what the vendor does say is said', () => {
    expect(wordsOf(open, [], { stated: ['documented', 'announced'] })).toBe(
      'Not confirmed. OpenAI has announced it and documents it, and does not say that it is out; nobody else says so.',
    );
  });

  it('an alias that moves is called one', () => {
    expect(wordsOf(open, [], { stated: ['api_listed'], moving: true })).toContain(
      'A name that moves. OpenAI has it in its API; which model it stands for changes',
    );
  });
});

describe('the end of a model', () => {
  const listed = { ...judged([]), level: 'confirmed' as const };

  it('the end of a model is what is said first once it was seen', () => {
    const shutdown = { day: '2026-05-12', status: 'in_effect' as const };
    expect(wordsOf(listed, [], { shutdown })).toBe(
      'Shut down. It was released, and OpenAI shut it down on 12 May 2026.',
    );
  });

  it('the end of a model is not said to have come before a look past its day', () => {
    const shutdown = { day: '2026-07-23', status: 'due' as const };
    expect(wordsOf(listed, [], { shutdown })).toContain(
      'the day it set for the shutdown, 23 July 2026, is past, and that it is gone was not seen yet.',
    );
  });
});

describe('the best sentence', () => {
  const publisherName = (domain: string) => `The ${domain}`;
  const over = (pieces: readonly Evidence[]) => ({
    evidence: new Map(pieces.map((piece) => [piece.id, piece])),
    publisherName,
  });

  it('the best sentence for a confirmed claim is the vendor’s own, whatever others wrote', () => {
    const own = makePrimary(LISTED, {
      quote: 'It is in the API.',
      observedAt: '2026-04-20T10:00:00.000Z',
    });
    const other = said('press.example', {
      publisherClass: 'S1',
      quote: 'OpenAI put it into the API.',
    });
    const verdict = { ...judged([]), level: 'confirmed' as const, for: [other.id, own.id] };
    expect(bestFor(verdict, over([own, other]))).toMatchObject({
      quote: 'It is in the API.',
      evidence: own.id,
    });
    expect(bestFor({ ...verdict, for: [other.id] }, over([own, other]))).toBeNull();
  });

  it('the best sentence for a rumor is that of the weightiest voice, prose before a bare id', () => {
    const id = said('list.example', { publisherClass: 'S1', quote: 'gpt-image-2' });
    const blog = said('blog.example', { publisherClass: 'S3', quote: 'It is in the API.' });
    const press = said('press.example', { publisherClass: 'S1', quote: 'It reached the API.' });
    const verdict = { ...judged([]), level: 'rumor' as const, for: [id.id, blog.id, press.id] };
    expect(bestFor(verdict, over([id, blog, press]))).toMatchObject({
      publisher: 'The press.example',
    });
    expect(bestFor({ ...verdict, for: [id.id, blog.id] }, over([id, blog]))?.quote).toBe(
      'It is in the API.',
    );
  });

  it('the best sentence against it is no denial that speaks of an earlier time', () => {
    const old = said('blog.example', { polarity: 'deny', quote: 'It is not out.' });
    const voice = {
      group: 'blog.example',
      stance: 'deny' as const,
      evidence: [old.id],
      inInterval: false,
    };
    const verdict = { ...judged([]), level: 'rumor' as const, against: [old.id], heard: [voice] };
    expect(bestAgainst(verdict, over([old]))).toBeNull();
    const now = { ...verdict, heard: [{ ...voice, inInterval: true }] };
    expect(bestAgainst(now, over([old]))?.quote).toBe('It is not out.');
  });
});
