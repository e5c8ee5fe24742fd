import type { Move } from '../../domain/alert.ts';
import { bareFacet } from '../../domain/claim.ts';
import type { SourceKind } from '../../domain/source-kind.ts';
import type { Day, Instant } from '../../domain/time.ts';
import type { ChannelState, Verdict } from '../../domain/verdict.ts';
import { plain } from '../render/plain.ts';

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** `21 April 2026`. */
export function dayWords(day: Day | Instant): string {
  const [year = '', month = '1', date = ''] = day.slice(0, 10).split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** `21 April 2026, 18:25 UTC`. */
export function momentWords(at: Instant): string {
  return `${dayWords(at)}, ${at.slice(11, 16)} UTC`;
}

/** `a, b and c`; of more than `most` names the rest is counted. */
export function listWords(names: readonly string[], most = 3): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

export function isOrAre(names: readonly string[]): 'is' | 'are' {
  return names.length > 1 ? 'are' : 'is';
}

/** `input per 1m tokens 5.00, output per 1m tokens 30.00` as people say it, what is paid first before what is saved. */
export function priceWords(value: string): string {
  const unit = / per 1m tokens /i;
  const parts = value.split(/, (?=\D)| \| /).map((part) => part.replace(unit, ' ').trim());
  const said = parts.map((part) => part.replace(/(^| )\$?(\d[\d.,]*)$/, '$1$$$2'));
  const rank = (part: string) => (/\bcached\b/i.test(part) ? 2 : Number(/\boutput\b/i.test(part)));
  const sorted = said.sort((a, b) => rank(a) - rank(b));
  return `${sorted.join(', ')}${unit.test(value) ? ' per million tokens' : ''}`;
}

const PLACES: Readonly<Record<string, string>> = {
  chatgpt: 'ChatGPT',
  codex: 'Codex',
  copilot: 'Copilot',
  cursor: 'Cursor',
  azure: 'Azure',
  bedrock: 'Amazon Bedrock',
  sora: 'the Sora app',
};

/** The name of a place as people write it, and of the plan that has it there: `ChatGPT Plus`. */
export function placeWords(place: string): string {
  const [surface = '', plan] = place.split(/\.(?=[a-z]+$)/);
  const name = PLACES[surface];
  if (name === undefined) return place.replaceAll(/[._-]+/g, ' ');
  return plan === undefined ? name : `${name} ${plan.charAt(0).toUpperCase()}${plan.slice(1)}`;
}

interface Predicate {
  one: string;
  many: string;
}

const PREDICATES: Readonly<Record<string, Predicate>> = {
  released: { one: 'is out', many: 'are out' },
  announced: { one: 'is announced', many: 'are announced' },
  api_listed: { one: 'is in the API', many: 'are in the API' },
  product_available: { one: 'is available in a product', many: 'are available in a product' },
  limited_test: { one: 'is in a limited test', many: 'are in a limited test' },
  documented: { one: 'is documented', many: 'are documented' },
  sdk_typed: { one: 'is in the SDK', many: 'are in the SDK' },
  priced: { one: 'has a price', many: 'have prices' },
  exists: { one: 'exists', many: 'exist' },
  deprecated: { one: 'is deprecated', many: 'are deprecated' },
  retired: { one: 'has an end', many: 'have an end' },
  date: { one: 'has a date', many: 'have dates' },
};

/** What a facet says of one subject or of several: `is in the API`, `are available in ChatGPT`. */
export function predicateOf(label: string, isMany: boolean): string {
  const bare = bareFacet(label);
  const place = /:(.+)$/.exec(label)?.[1];
  if (bare === 'product_available' && place !== undefined) {
    return `${isMany ? 'are' : 'is'} in ${placeWords(place)}`;
  }
  const predicate = PREDICATES[bare];
  if (predicate === undefined)
    return `${isMany ? 'have' : 'has'} news on ${bare.replaceAll('_', ' ')}`;
  return isMany ? predicate.many : predicate.one;
}

/** What is said of one by others: `to be in the API`. */
export function saidToBe(label: string): string {
  return predicateOf(label, true)
    .replace(/^are /, 'to be ')
    .replace(/^have /, 'to have ')
    .replace(/^exist$/, 'to exist');
}

/** The facets people want to hear of first. */
const TITLE_ORDER = [
  'api_listed',
  'product_available',
  'released',
  'announced',
  'documented',
  'priced',
  'limited_test',
  'sdk_typed',
  'exists',
  'date',
];

/** Moves by how much they say, the most first; a place before no place. */
export function byWeight(moves: readonly Move[]): readonly Move[] {
  const rank = ({ facet }: Move) => {
    const place = TITLE_ORDER.indexOf(bareFacet(facet));
    return (place === -1 ? TITLE_ORDER.length : place) * 2 + (facet.includes(':') ? 0 : 1);
  };
  return [...moves].sort((a, b) => rank(a) - rank(b));
}

const CHANNELS: Readonly<Partial<Record<SourceKind, string>>> = {
  newsroom: 'The newsroom',
  changelog: 'The changelog of the API',
  'model-page': 'The page of the model',
  'model-list': 'The model list of the API',
  'model-index': 'The index of models',
  help: 'The help centre',
  pricing: 'The pricing page',
  deprecations: 'The deprecations page',
  package: 'The SDK',
};

/** What could not be read of the channels that could tell, a sentence each, and that it is tried again. */
export function uncheckedSentences(verdicts: readonly Verdict[]): readonly string[] {
  const states = verdicts.flatMap(({ primary }) => primary.channels);
  return [...new Set(states.flatMap((state) => uncheckedSentence(state) ?? []))];
}

function uncheckedSentence({ kind, state, at, reason }: ChannelState): string | null {
  const name = CHANNELS[kind] ?? `The channel ${kind}`;
  const when = at === null ? '' : ` since ${momentWords(at)}`;
  const why = reason === null ? '' : ` (${plain(reason).replace(/\.$/, '')})`;
  switch (state) {
    case 'unreachable':
      return `${name} could not be read${why}; it is tried again.`;
    case 'control_failed':
      return `${name} did not show what it always shows${why}; it is read again.`;
    case 'stale':
      return `${name} has not been read${when}; it is tried again.`;
    case 'never':
      return `${name} has not been read yet; it is tried again.`;
    case 'names_it':
      return `${name} names it and says nothing we can read.`;
    case 'present':
    case 'silent':
      return null;
  }
}
