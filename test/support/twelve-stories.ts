import { composeHealth } from '../../src/core/alerts/system-messages.ts';
import type { SubjectUpdate } from '../../src/core/stories/family.ts';
import { withTurn } from '../../src/core/stories/source-story.ts';
import type { Message } from '../../src/domain/alert.ts';
import type { Claim } from '../../src/domain/claim.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import { targetId } from '../../src/domain/ids.ts';
import { DAY, HOUR, type Instant, MINUTE, plus } from '../../src/domain/time.ts';
import { claimOf, makeEvidence, makePrimary, makeSubject } from './make.ts';
import { type StoryBook, storyBook } from './story-book.ts';
import { itemChange, moving, subjectUpdate } from './subject-updates.ts';

const NEWS = 'https://openai.com/index/introducing-gpt-5-5';
const DOCS = 'https://developers.openai.com/api/docs';
const AT: Instant = '2026-04-23T17:04:00.000Z';
const API: Instant = '2026-04-24T18:25:00.000Z';
const NAMES: Readonly<Record<string, string>> = {
  'gpt-5.5': 'GPT-5.5',
  'gpt-5.5-pro': 'GPT-5.5 Pro',
  'dall-e-2': 'DALL-E 2',
  'dall-e-3': 'DALL-E 3',
  'gpt-5.4': 'GPT-5.4',
};

type Said = Omit<Partial<Evidence>, 'claim'> & { claim: Claim };

/** What one check finds on a model: what is said, each with its words. */
function found(id: string, at: Instant, said: readonly Said[], over: Partial<SubjectUpdate> = {}) {
  const subject = makeSubject({ id, name: NAMES[id] ?? id });
  const claims = said.map(({ claim }) => claim);
  const pieces = said.map(({ claim, ...rest }) =>
    rest.publisher === undefined
      ? makePrimary(claim, { observedAt: at, knownAt: at, ...rest })
      : makeEvidence(claim, { observedAt: at, knownAt: at, ...rest }),
  );
  return subjectUpdate(claims, pieces, { at, subject, ...over });
}

const of = (subject: string, facet: Claim['facet'], over: Partial<Claim> = {}): Claim =>
  claimOf(facet, { subject, ...over });

/** Only what a check adds to what was known before it. */
function since(before: SubjectUpdate, after: SubjectUpdate): SubjectUpdate {
  const known = new Set(before.transitions.map(({ claim }) => claim));
  const verdicts = after.verdicts.map((verdict) => {
    const earlier = before.verdicts.find(({ claim }) => claim.key === verdict.claim.key);
    return { ...verdict, since: earlier?.since ?? verdict.since };
  });
  const transitions = after.transitions.filter(({ claim }) => !known.has(claim));
  return { ...after, verdicts, transitions };
}

const rumored: Said = {
  claim: of('gpt-5.5', 'announced', { value: '2026-04-16' }),
  publisher: 'rumors.example.net',
  quote: 'GPT-5.5 was announced on 16 April.',
  observedAt: '2026-04-17T09:20:00.000Z',
  knownAt: '2026-04-17T09:20:00.000Z',
};

const announced = (id: string, at: Instant): readonly Said[] => [
  {
    claim: of(id, 'announced'),
    sourceKind: 'newsroom',
    url: NEWS,
    quote: 'Introducing GPT-5.5',
    observedAt: at,
  },
  {
    claim: of(id, 'announced', { value: '2026-04-23' }),
    ...{ sourceKind: 'newsroom', url: NEWS, quote: 'Introducing GPT-5.5', observedAt: at },
  },
  {
    claim: of(id, 'product_available', { qualifiers: { surface: 'chatgpt' } }),
    ...{ sourceKind: 'newsroom', url: NEWS, observedAt: at },
    quote: `${NAMES[id]} is rolling out today in ChatGPT for Plus, Pro and Business users`,
  },
];

const inTheApi = (id: string, price: string): readonly Said[] => [
  {
    claim: of(id, 'api_listed'),
    url: `${DOCS}/changelog`,
    quote: 'Released GPT-5.5 and GPT-5.5 pro to the Chat Completions and Responses API',
  },
  {
    claim: of(id, 'documented'),
    sourceKind: 'model-page',
    url: `${DOCS}/models/${id}`,
    quote: `Model ID: ${id}`,
  },
  {
    claim: of(id, 'priced', { value: price }),
    ...{
      sourceKind: 'model-page',
      url: `${DOCS}/models/${id}`,
      quote: 'Input | $5.00 | 1M tokens',
    },
  },
];

const PRICE = 'input per 1m tokens 5.00, output per 1m tokens 30.00';
const PRICE_OF_PRO = 'input per 1m tokens 30.00, output per 1m tokens 180.00';

/** GPT-5.5 as it came out: announced with what was found wrong, in the API a day later, and the rest the next morning. */
function launch(): readonly [opening: Message, wider: Message, followUp: Message] {
  const book = storyBook();
  const said = [...announced('gpt-5.5', AT), rumored];
  const first = found('gpt-5.5', AT, said);
  const [opening] = book.check(AT, [first]);
  const more = since(first, found('gpt-5.5', API, [...said, ...inTheApi('gpt-5.5', PRICE)]));
  const pro = found('gpt-5.5-pro', API, inTheApi('gpt-5.5-pro', PRICE_OF_PRO));
  const twin = found('gpt-5.5-2026-04-23', API, [
    { claim: of('gpt-5.5-2026-04-23', 'documented'), quote: 'gpt-5.5-2026-04-23' },
  ]);
  book.check(API, [more, pro, twin]);
  const [wider] = book.pass(plus(API, HOUR));
  const later = plus(API, 3 * HOUR);
  const typed = found('gpt-5.5', later, [
    ...said,
    ...inTheApi('gpt-5.5', PRICE).map((one) => ({ ...one, observedAt: API })),
    {
      claim: of('gpt-5.5', 'sdk_typed'),
      ...{ sourceKind: 'package', quote: 'gpt-5.5 Typed in: ChatModel' },
      url: 'https://github.com/openai/openai-python/releases/tag/v2.32.0',
    },
  ]);
  book.check(later, [since(more, typed)]);
  return [told(opening), told(wider), told(book.pass('2026-04-25T08:00:00.000Z')[0])];
}

function told(message: Message | undefined): Message {
  if (message === undefined) throw new Error('Nothing is told.');
  return message;
}

function ends(id: string, day: string): readonly Said[] {
  const validTime = { from: day, to: null, precision: 'day' as const };
  return [
    {
      claim: of(id, 'retired'),
      ...{ sourceKind: 'deprecations', url: `${DOCS}/deprecations`, validTime },
      quote: `${day} | ${id} | gpt-image-1.5`,
    },
  ];
}

function retirements(): readonly [scheduled: Message, over: Message] {
  const book = storyBook();
  const at = '2026-02-10T11:00:00.000Z';
  const models = ['dall-e-2', 'dall-e-3'].map((id) => found(id, at, ends(id, '2026-05-12')));
  const [scheduled] = book.check(at, models);
  const after = '2026-05-12T09:00:00.000Z';
  const gone = models.map((one) => ({
    ...one,
    at: after,
    transitions: one.transitions.map((transition) => ({
      ...transition,
      from: transition.to,
      to: { ...transition.to, status: 'in_effect' as const },
    })),
    verdicts: one.verdicts.map((verdict) => ({ ...verdict, status: 'in_effect' as const })),
  }));
  const [over] = [...book.check(after, gone), ...book.pass(plus(after, DAY))];
  return [told(scheduled), told(over)];
}

function price(): Message {
  const at = '2026-06-02T10:00:00.000Z';
  const target = targetId('openai-model-pages', `${DOCS}/models/gpt-5.4`);
  const page: Omit<Partial<Evidence>, 'claim'> = {
    sourceKind: 'model-page',
    url: `${DOCS}/models/gpt-5.4`,
    target,
  };
  const before = of('gpt-5.4', 'priced', {
    value: 'input per 1m tokens 2.50, output per 1m tokens 15.00',
  });
  const now = of('gpt-5.4', 'priced', {
    value: 'input per 1m tokens 2.00, output per 1m tokens 8.00',
  });
  const seen = found('gpt-5.4', at, [
    {
      claim: before,
      ...page,
      observedAt: plus(at, -90 * DAY),
      supersededAt: at,
      quote: 'Input | $2.50',
    },
    { claim: now, ...page, quote: 'Input | $2.00 | 1M tokens Output | $8.00 | 1M tokens' },
  ]);
  const moved = seen.transitions.filter(({ claim }) => claim === now.key);
  return told(storyBook().check(at, [{ ...seen, transitions: moved }])[0]);
}

function documentation(): Message {
  const book = storyBook();
  const at = '2026-03-08T20:20:00.000Z';
  const url = `${DOCS}/models/gpt-5.4`;
  const known = found('gpt-5.4', at, [], { transitions: [] });
  const change = itemChange(
    'revised',
    {
      before: 'Rate limits: tier 1 has 500,000 tokens a minute.',
      after: 'Rate limits: tier 1 has 1,000,000 tokens a minute.',
    },
    { title: 'GPT-5.4', url, at },
  );
  const target = {
    watcher: 'openai-model-pages',
    url,
    kind: 'model-page' as const,
    subject: 'gpt-5.4',
  };
  const versions = [change.before, change.after].map(
    (one) => one && { ...one, mentions: ['gpt-5.4'] },
  );
  const [before = null, after = null] = versions;
  book.check(at, [known], [{ ...change, before, after, target }]);
  return told(book.pass('2026-03-09T08:00:00.000Z')[0]);
}

function talk(publishers: readonly string[]): Message {
  const at = '2026-04-17T09:20:00.000Z';
  const said = publishers.map(
    (publisher, n): Said => ({
      claim: of('gpt-5.5', 'announced'),
      ...{ publisher, group: publisher, url: `https://${publisher}/gpt-5-5` },
      quote: `OpenAI has announced GPT-5.5, its next model${'!'.repeat(n)}`,
    }),
  );
  const book: StoryBook = storyBook();
  return told(
    book.check(at, [
      found(
        'gpt-5.5',
        at,
        said.map((one) => ({ ...one })),
      ),
    ])[0],
  );
}

function withdrawn(): Message {
  const book = storyBook();
  const claim = of('gpt-5.5', 'api_listed');
  const base = found('gpt-5.5', API, inTheApi('gpt-5.5', PRICE));
  book.check(API, [base]);
  const later = plus(API, 2 * DAY);
  return told(fall(book, base, claim, 'confirmed', 'withdrawn', later));
}

/** What was told as said by others, and is denied by the vendor. */
function contradicted(): Message {
  const book = storyBook();
  const claim = of('gpt-5.5', 'api_listed');
  const heard = ['rumors.example.net', 'weekly.example.org'].map((publisher) => ({
    ...{ claim, publisher, group: publisher, url: `https://${publisher}/gpt-5-5` },
    quote: 'GPT-5.5 is live in the API',
  }));
  book.check(AT, [found('gpt-5.5', AT, heard)]);
  const denial: Said = {
    ...{ claim, polarity: 'deny', sourceKind: 'changelog', url: `${DOCS}/changelog` },
    quote: 'GPT-5.5 is not available in the API yet',
  };
  const later = plus(AT, 2 * HOUR);
  const base = found('gpt-5.5', later, [
    ...heard.map((one) => ({ ...one, observedAt: AT })),
    denial,
  ]);
  return told(fall(book, base, claim, 'secondary', 'contradicted', later));
}

function fall(
  book: StoryBook,
  base: SubjectUpdate,
  claim: Claim,
  from: 'confirmed' | 'secondary',
  to: 'withdrawn' | 'contradicted',
  at: Instant,
): Message | undefined {
  const verdicts = base.verdicts.map((one) =>
    one.claim.key === claim.key ? { ...one, level: to, since: at } : one,
  );
  book.check(at, [{ ...moving(base, claim, from, to, at), verdicts }]);
  return book.pass(plus(at, HOUR + MINUTE))[0];
}

/** A channel behind a wall, told of when it fails for the third time. */
function trouble(): Message {
  const url = 'https://help.openai.com/en/articles/11128753';
  const at = '2026-04-21T19:10:42.000Z';
  const target = {
    ...{ id: targetId('openai-help', url), watcher: 'openai-help', url, failures: 2 },
    ...{ createdAt: '2026-04-01T00:00:00.000Z', lastGoodAt: '2026-04-21T13:00:00.000Z' },
  };
  const reason = 'help.openai.com answered 403 with a check for robots.';
  const health = { state: 'blocked' as const, since: at, reason };
  const message = composeHealth(target, { failures: 3, health }, 'openai', at) ?? undefined;
  const turn = { message: told(message), url, reason, isRecovery: false };
  return told(withTurn(null, turn).message ?? undefined);
}

const [opening, wider, followUp] = launch();
const [scheduled, over] = retirements();

/** A message of each kind of story, as the line composes it. */
export const TWELVE_STORIES: Readonly<Record<string, Message>> = {
  launch: opening,
  'wider-availability': wider,
  'retirement-scheduled': scheduled,
  'retirement-in-effect': over,
  'price-change': price(),
  documentation: documentation(),
  rumor: talk(['rumors.example.net']),
  secondary: talk(['rumors.example.net', 'weekly.example.org', 'ledger.example.com']),
  withdrawal: withdrawn(),
  contradiction: contradicted(),
  'source-trouble': trouble(),
  'follow-up': followUp,
};
