import { givenDays } from '../core/verdict/values.ts';
import { isBare } from '../domain/claim.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Facet } from '../domain/facet.ts';
import type { EvidenceId } from '../domain/ids.ts';
import type { Policy } from '../domain/policy.ts';
import type { Day, Instant } from '../domain/time.ts';
import type { ChannelState, Verdict } from '../domain/verdict.ts';
import { bestAgainst, bestFor } from './best-sentence.ts';
import type { Answer, Known } from './known.ts';
import type { GlanceView, SurfaceView } from './surface-view.ts';
import { channelsRead } from './surface-words.ts';
import { STATED_FACETS, type VerdictSources, verdictWords } from './verdict-words.ts';

/** Facets with a line of their own whether anybody spoke of them or not. */
const ALWAYS: readonly { facet: Facet; surface: string; label: string }[] = [
  { facet: 'api_listed', surface: 'api', label: 'In the API' },
  { facet: 'announced', surface: 'announced', label: 'Announced' },
  { facet: 'documented', surface: 'documented', label: 'Documented' },
  { facet: 'priced', surface: 'priced', label: 'Price' },
  { facet: 'retired', surface: 'retired', label: 'Retires' },
];

/** Facets with a line only where somebody spoke of them. */
const WHEN_SAID: typeof ALWAYS = [{ facet: 'sdk_typed', surface: 'sdk', label: 'In the SDK' }];

/** What a surface is shown from. */
interface Shown {
  answer: Answer;
  evidence: ReadonlyMap<EvidenceId, Evidence>;
  nameOf: Known['publisherName'];
  listedAs: Day | null;
}

/** A model at a glance: the verdict in words, where it can be had, and the best sentence on each side. */
export function glanceOf(
  answer: Answer,
  known: Pick<Known, 'policy' | 'publisherName' | 'vendorName'>,
  listedAs: Day | null = null,
): GlanceView {
  const evidence = new Map(answer.record.evidence.map((piece) => [piece.id, piece]));
  const from: Shown = { answer, evidence, nameOf: known.publisherName, listedAs };
  const released = headline(answer);
  const [api, ...others] = ALWAYS.flatMap(({ facet, surface, label }) => {
    const verdict = bareVerdict(answer, facet);
    if (verdict === undefined) return [];
    const isDone = facet === 'retired' && verdict.level === 'confirmed' && isPast(verdict);
    return [surfaceOf({ surface, label: isDone ? 'Retired' : label }, verdict, from)];
  });
  const said = WHEN_SAID.flatMap(({ facet, ...name }) => {
    const verdict = bareVerdict(answer, facet);
    const isSaid = verdict !== undefined && verdict.level !== 'unknown';
    return isSaid ? [surfaceOf(name, verdict, from)] : [];
  });
  const vendor = known.vendorName(answer.subject.vendor);
  const sentences = { evidence, publisherName: known.publisherName };
  return {
    ...verdictWords(released, {
      ...{ vendor, evidence, moving: answer.subject.moving },
      shutdown: shutdownOf(answer),
      stated: STATED_FACETS.filter((facet) => bareVerdict(answer, facet)?.level === 'confirmed'),
    }),
    vendorName: vendor,
    ...readingOf(answer, known.policy),
    surfaces: [...(api === undefined ? [] : [api]), ...productsOf(from), ...said, ...others],
    for: bestFor(released, sentences),
    against: bestAgainst(released, sentences),
  };
}

/** What the vendor says of the end of a model. */
function shutdownOf(answer: Answer): VerdictSources['shutdown'] {
  const retired = bareVerdict(answer, 'retired');
  const day = retirementDay(answer);
  if (retired?.level === 'confirmed') return { day, status: retired.status };
  return day === null ? null : { day, status: 'scheduled' };
}

/** The derived claim that a subject's level is. */
export function headline({ verdicts }: Answer): Verdict {
  return verdicts.find(({ claim }) => claim.facet === 'released') as Verdict;
}

/** The verdict on a facet as such. */
export function bareVerdict({ verdicts }: Answer, facet: Facet): Verdict | undefined {
  return verdicts.find(({ claim }) => claim.facet === facet && isBare(claim));
}

/** Which of the vendor's channels for a model were read, and when. */
function readingOf(
  answer: Answer,
  policy: Policy,
): Pick<GlanceView, 'readAt' | 'isFresh' | 'unread'> {
  const channels = ALWAYS.flatMap(({ facet }) => {
    const verdict = bareVerdict(answer, facet);
    return verdict === undefined ? [] : channelsRead(answer, verdict, policy);
  });
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
function productsOf(from: Shown): readonly SurfaceView[] {
  const named = namedProducts(from);
  const bare = bareVerdict(from.answer, 'product_available');
  if (named.length > 0 || bare === undefined) return named;
  const isSaid = bare.level !== 'unknown';
  const name = isSaid
    ? { surface: 'product', label: 'In a product' }
    : { surface: 'product:chatgpt', label: 'In ChatGPT' };
  return [surfaceOf(name, bare, from)];
}

function namedProducts(from: Shown): readonly SurfaceView[] {
  return from.answer.verdicts.flatMap((verdict) => {
    const { facet, qualifiers } = verdict.claim;
    const { surface, ...narrower } = qualifiers;
    if (facet !== 'product_available' || surface === undefined) return [];
    if (Object.keys(narrower).length > 0) return [];
    const label = `In ${PRODUCTS[surface] ?? surface}`;
    return [surfaceOf({ surface: `product:${surface}`, label }, verdict, from)];
  });
}

const PRODUCTS: Readonly<Record<string, string>> = {
  chatgpt: 'ChatGPT',
  codex: 'Codex',
  sora: 'Sora',
  playground: 'the Playground',
};

function surfaceOf(
  name: { surface: string; label: string },
  verdict: Verdict,
  { answer, evidence, nameOf, listedAs }: Shown,
): SurfaceView {
  const { claim, level, status, since, primary, decisive } = verdict;
  const { state, checked, mandatory, at } = primary;
  const pieces = decisive.flatMap((id) => evidence.get(id) ?? []);
  const isFirstSight =
    level === 'confirmed' && pieces.length > 0 && pieces.every(({ baseline }) => baseline);
  const days = givenDays(claim.facet, answer.verdicts, evidence, nameOf);
  return {
    ...name,
    ...{ level, status, since, isFirstSight, value: shownValue(verdict, answer) },
    days: days.map((one) => ({ ...one, by: [...one.by] })),
    listedAs: claim.facet === 'api_listed' ? listedAs : null,
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
