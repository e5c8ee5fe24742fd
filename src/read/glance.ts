import type { Evidence } from '../domain/evidence.ts';
import type { Facet } from '../domain/facet.ts';
import type { Instant } from '../domain/time.ts';
import type { ChannelState, Verdict } from '../domain/verdict.ts';
import { bestAgainst, bestFor } from './best-sentence.ts';
import type { GlanceView } from './glance-view.ts';
import type { Answer, Known } from './known.ts';
import type { SurfaceView } from './surface-view.ts';
import { verdictWords } from './verdict-words.ts';

/** Facets with a line of their own whether anybody spoke of them or not. */
const ALWAYS: readonly { facet: Facet; surface: string; label: string }[] = [
  { facet: 'api_listed', surface: 'api', label: 'In the API' },
  { facet: 'announced', surface: 'announced', label: 'Announced' },
  { facet: 'documented', surface: 'documented', label: 'Documented' },
  { facet: 'priced', surface: 'priced', label: 'Price' },
  { facet: 'retired', surface: 'retired', label: 'Retires' },
];

/** A model at a glance: the verdict in words, where it can be had, and the best sentence on each side. */
export function glanceOf(
  answer: Answer,
  known: Pick<Known, 'publisherName' | 'vendorName'>,
): GlanceView {
  const released = headline(answer);
  const [api, ...others] = ALWAYS.flatMap(({ facet, surface, label }) => {
    const verdict = bareVerdict(answer, facet);
    if (verdict === undefined) return [];
    const isDone = facet === 'retired' && verdict.level === 'confirmed' && isPast(verdict);
    return [surfaceOf({ surface, label: isDone ? 'Retired' : label }, verdict, answer)];
  });
  const vendor = known.vendorName(answer.subject.vendor);
  const evidence = new Map(answer.record.evidence.map((piece) => [piece.id, piece]));
  const shutdown = retirementDay(answer);
  const sentences = { evidence, publisherName: known.publisherName };
  return {
    ...verdictWords(released, { vendor, shutdown, evidence }),
    vendorName: vendor,
    ...readingOf(answer),
    surfaces: [...(api === undefined ? [] : [api]), ...productsOf(answer), ...others],
    for: bestFor(released, sentences),
    against: bestAgainst(released, sentences),
  };
}

/** The derived claim that a subject's level is. */
export function headline({ verdicts }: Answer): Verdict {
  return verdicts.find(({ claim }) => claim.facet === 'released') as Verdict;
}

function bareVerdict({ verdicts }: Answer, facet: Facet): Verdict | undefined {
  return verdicts.find(({ claim }) => claim.facet === facet && isBare(claim));
}

/** Which of the vendor's channels for a model were read, and when. */
function readingOf(answer: Answer): Pick<GlanceView, 'readAt' | 'isFresh' | 'unread'> {
  const channels = ALWAYS.flatMap(
    ({ facet }) => bareVerdict(answer, facet)?.primary.channels ?? [],
  );
  const kinds = [...new Map(channels.map((channel) => [channel.kind, channel])).values()];
  return {
    readAt: lastRead(answer, kinds),
    isFresh: kinds.some(({ state }) => isAnswer(state)),
    unread: kinds.flatMap(({ kind, state, at, reason }) =>
      isAnswer(state) ? [] : [{ kind, state, at, reason }],
    ),
  };
}

function isAnswer(state: ChannelState['state']): state is 'present' | 'names_it' | 'silent' {
  return state === 'present' || state === 'names_it' || state === 'silent';
}

/** When any channel of these kinds was last read well, however long ago. */
function lastRead(
  { checks, subject }: Answer,
  channels: readonly Pick<ChannelState, 'kind'>[],
): Instant | null {
  const kinds = new Set(channels.map(({ kind }) => kind));
  const moments = checks
    .filter((one) => kinds.has(one.kind) && (one.subject === null || one.subject === subject.id))
    .flatMap(({ lastGood }) => lastGood?.at ?? []);
  return moments.sort().at(-1) ?? null;
}

function isPast({ status }: Verdict): boolean {
  return status !== 'scheduled' && status !== 'due';
}

/** Each product that a claim of availability names; where none does, the one people ask about. */
function productsOf(answer: Answer): readonly SurfaceView[] {
  const named = namedProducts(answer);
  const bare = bareVerdict(answer, 'product_available');
  if (named.length > 0 || bare === undefined) return named;
  const isSaid = bare.level !== 'unknown';
  const name = isSaid
    ? { surface: 'product', label: 'In a product' }
    : { surface: 'product:chatgpt', label: 'In ChatGPT' };
  return [surfaceOf(name, bare, answer)];
}

function namedProducts(answer: Answer): readonly SurfaceView[] {
  return answer.verdicts.flatMap((verdict) => {
    const { facet, qualifiers } = verdict.claim;
    const { surface, ...narrower } = qualifiers;
    if (facet !== 'product_available' || surface === undefined) return [];
    if (Object.keys(narrower).length > 0) return [];
    const label = `In ${PRODUCTS[surface] ?? surface}`;
    return [surfaceOf({ surface: `product:${surface}`, label }, verdict, answer)];
  });
}

const PRODUCTS: Readonly<Record<string, string>> = {
  chatgpt: 'ChatGPT',
  codex: 'Codex',
  sora: 'Sora',
  playground: 'the Playground',
};

function isBare({ value, qualifiers }: Verdict['claim']): boolean {
  return value === null && Object.keys(qualifiers).length === 0;
}

function surfaceOf(
  name: { surface: string; label: string },
  verdict: Verdict,
  answer: Answer,
): SurfaceView {
  const { level, status, since, primary } = verdict;
  const { state, checked, mandatory, at } = primary;
  return {
    ...name,
    ...{ level, status, since, value: shownValue(verdict, answer) },
    checked: { state, checked, mandatory, at },
    readAt: lastRead(answer, primary.channels),
  };
}

function shownValue({ claim }: Verdict, answer: Answer): string | null {
  if (claim.facet === 'retired') return retirementDay(answer);
  if (claim.facet !== 'priced') return null;
  const prices = answer.verdicts.filter(
    (one) => one.claim.facet === 'priced' && one.claim.value !== null && one.level === 'confirmed',
  );
  return prices.map((one) => one.claim.value).join('; ') || null;
}

/** The pieces by which the vendor itself retires a model, the latest last. */
export function retirementEvidence({ record, verdicts }: Answer): readonly Evidence[] {
  const retired = verdicts.find(({ claim }) => claim.facet === 'retired' && isBare(claim));
  if (retired === undefined) return [];
  return record.evidence
    .filter(({ id, publisherClass }) => retired.for.includes(id) && publisherClass.startsWith('P'))
    .sort((a, b) => (a.observedAt < b.observedAt ? -1 : 1));
}

/** The day on which the vendor says a model is shut down; null where it names none. */
export function retirementDay(answer: Answer): string | null {
  const dated = retirementEvidence(answer).filter(({ validTime }) => validTime !== null);
  return dated.at(-1)?.validTime?.from.slice(0, 10) ?? null;
}
