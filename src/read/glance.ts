import type { Evidence } from '../domain/evidence.ts';
import type { Facet } from '../domain/facet.ts';
import type { ConfirmationLevel, Verdict } from '../domain/verdict.ts';
import type { GlanceView } from './glance-view.ts';
import type { Answer } from './known.ts';
import type { SurfaceView } from './views.ts';

/** Facets with a line of their own whether anybody spoke of them or not. */
const ALWAYS: readonly { facet: Facet; surface: string; label: string }[] = [
  { facet: 'api_listed', surface: 'api', label: 'In the API' },
  { facet: 'announced', surface: 'announced', label: 'Announced' },
  { facet: 'documented', surface: 'documented', label: 'Documented' },
  { facet: 'priced', surface: 'priced', label: 'Price' },
  { facet: 'retired', surface: 'retired', label: 'Retires' },
];

const VERDICTS: Readonly<Record<ConfirmationLevel, { verdict: string; sentence: string }>> = {
  confirmed: { verdict: 'Confirmed', sentence: 'The vendor says so on its own pages.' },
  secondary: {
    verdict: 'Not confirmed',
    sentence: 'Independent voices say so; the vendor has not.',
  },
  rumor: { verdict: 'Not confirmed', sentence: 'Somebody says so; the vendor has not.' },
  unknown: { verdict: 'Unknown', sentence: 'Nobody says so, or it was only denied.' },
  withdrawn: {
    verdict: 'Withdrawn',
    sentence: 'The vendor said so once, and shows it no longer.',
  },
  contradicted: { verdict: 'Contradicted', sentence: 'The vendor says otherwise.' },
};

/** A model at a glance: the verdict in words, and where it can be had. */
export function glanceOf(answer: Answer): GlanceView {
  const released = answer.verdicts.find(({ claim }) => claim.facet === 'released');
  const [api, ...others] = ALWAYS.flatMap(({ facet, surface, label }) => {
    const verdict = answer.verdicts.find(({ claim }) => claim.facet === facet && isBare(claim));
    if (verdict === undefined) return [];
    const isDone = facet === 'retired' && verdict.level === 'confirmed' && isPast(verdict);
    return [surfaceOf({ surface, label: isDone ? 'Retired' : label }, verdict, answer)];
  });
  const surfaces = [...(api === undefined ? [] : [api]), ...productsOf(answer), ...others];
  return { ...VERDICTS[released?.level ?? 'unknown'], surfaces };
}

function isPast({ status }: Verdict): boolean {
  return status !== 'scheduled';
}

/** Each product that a claim of availability names. */
function productsOf(answer: Answer): readonly SurfaceView[] {
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
