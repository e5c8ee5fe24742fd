import { type Argument, argumentOf, coordinationFrom, merged } from './arguments.ts';
import { type Frame, frameOf } from './frame.ts';
import { predicateAt } from './headlines.ts';
import { firstWord, hasPhrase, isSign, type Phrases, skip } from './phrases.ts';
import { companyBehind } from './scope.ts';

const CATEGORIES: ReadonlySet<Frame['category']> = new Set([
  ...(['release', 'announce', 'list', 'available', 'access'] as const),
]);

/**
 * "Released X to one API, and Y to another": the verb is left out before the second model, and each has the place beside it.
 * The frame itself where nothing is left out.
 */
export function withEllipsis(phrases: Phrases, frame: Frame): readonly Frame[] {
  const parts = CATEGORIES.has(frame.category) ? partsBehind(phrases, frame) : [];
  const [first] = parts;
  if (first === undefined) return [frame];
  const ends = [...parts.slice(1).map(({ joint }) => joint), frame.scope.end];
  return [
    { ...frame, apart: true, scope: { ...frame.scope, end: first.joint } },
    ...parts.map(({ theme }, index) => {
      const scope = { start: theme.start, end: ends[index] ?? frame.scope.end };
      return { ...frame, apart: true, theme, scope };
    }),
  ];
}

interface Part {
  theme: Argument;
  /** Where the comma or "and" before it stands. */
  joint: number;
}

function partsBehind(phrases: Phrases, { theme, predicate }: Frame): readonly Part[] {
  const { chunks, tokens } = phrases;
  if (theme.kind !== 'names' || theme.start < predicate.end) return [];
  const parts: Part[] = [];
  let place = chunks.findIndex(({ from }) => (tokens[from]?.start ?? 0) >= theme.end);
  while (isPlaceAt(phrases, place)) {
    const joint = jointBehind(phrases, place + 2);
    if (joint === null) break;
    const { items, last } = coordinationFrom(phrases, joint.next);
    const named = merged(items);
    if (named?.kind !== 'names' || !isPlaceAt(phrases, last + 1)) break;
    if (hasVerbBehind(phrases, last + 1)) break;
    parts.push({ theme: named, joint: tokens[chunks[joint.at]?.from ?? 0]?.start ?? named.start });
    place = last + 1;
  }
  return parts;
}

/** "to the API": a preposition of places with its noun. */
function isPlaceAt(phrases: Phrases, at: number): boolean {
  const [lead, noun] = phrases.chunks.slice(at, at + 2);
  if (at < 0 || lead?.kind !== 'preposition' || noun?.kind !== 'noun') return false;
  return phrases.words.is(firstWord(phrases, lead), 'place-prepositions');
}

/** The joint behind a place ("the Chat Completions and Responses API, and"), where a model follows it. */
function jointBehind(phrases: Phrases, from: number): { at: number; next: number } | null {
  const { chunks, words } = phrases;
  for (let at = from; at < chunks.length; at++) {
    const chunk = chunks[at];
    const isJoint =
      isSign(phrases, chunk, ',') ||
      (chunk?.kind === 'conjunction' && words.is(firstWord(phrases, chunk), 'joints'));
    const next = skip(phrases, at + 1, 1, 'conjunction', 'adverb');
    const item = chunks[next];
    if (isJoint && item?.kind === 'noun' && argumentOf(phrases, item).kind === 'names')
      return { at, next };
    if (!isJoint && !['noun', 'adverb', 'time'].includes(chunk?.kind ?? '')) return null;
  }
  return null;
}

/** "…, and Y in the app gets faster": a clause of its own. */
function hasVerbBehind({ chunks }: Phrases, from: number): boolean {
  const end = chunks.findIndex(
    ({ kind }, at) => at >= from && (kind === 'sign' || kind === 'conjunction'),
  );
  return chunks.slice(from, end < 0 ? undefined : end).some(({ verb }) => verb?.form === 'finite');
}

/**
 * "X, launching today in ChatGPT, draws in layers", "X, now available in the API, is …": what stands between the name that
 * opens a sentence and its verb. Only what is said to be new says anything: "X, out since May, now …" tells of something else.
 */
export function asideFrames(phrases: Phrases): readonly Frame[] {
  const { chunks, tokens } = phrases;
  const opening = skip(phrases, 0, 1, 'sign', 'adverb', 'time');
  if (chunks[opening]?.kind !== 'noun') return [];
  const { items, last } = coordinationFrom(phrases, opening);
  const theme = merged(items);
  if (theme?.kind !== 'names' || !isSign(phrases, chunks[last + 1], ',', '—')) return [];
  const at = skip(phrases, last + 2, 1, 'adverb', 'time');
  const verb = chunks.findIndex((chunk, index) => index > at && chunk.verb?.form === 'finite');
  const closing = skip(phrases, verb - 1, -1, 'adverb', 'time');
  if (verb < 0 || closing <= at || !isSign(phrases, chunks[closing], ',', '—')) return [];
  const scope = { from: chunks[last + 2]?.from ?? 0, to: (chunks[closing]?.from ?? 1) - 1 };
  if (!hasPhrase(phrases, scope.from, scope.to, 'now-times') && !isNew(phrases, scope.from))
    return [];
  const predicate = predicateAt(phrases, at, closing);
  if (predicate === null || tokens[scope.to] === undefined) return [];
  const { rule, clause } = predicate;
  const main = chunks[at]?.verb?.main ?? clause.verb.main;
  const own = { ...clause, verb: { ...clause.verb, main } };
  return [frameOf(phrases, at, rule, own, theme, null, scope)];
}

function isNew({ words, list }: Phrases, at: number): boolean {
  return words.is(list[at] ?? '', 'newly');
}

/** "launched a, alongside b for participants": b came out with it, and for them alone. */
export function reservedCompany(phrases: Phrases, frame: Frame): readonly Frame[] {
  if (frame.theme.kind !== 'names' || !TAKEN_BY.includes(frame.category)) return [];
  const { chunks, tokens, sentence } = phrases;
  const from = chunks.findIndex(({ to }) => (tokens[to]?.end ?? 0) > frame.theme.start);
  const company = from < 0 ? null : companyBehind(phrases, from);
  const [first] = company?.names ?? [];
  if (company === null || !company.isForFew || first === undefined) return [];
  const { names } = company;
  const end = names.at(-1)?.end ?? first.end;
  const theme = { ...frame.theme, start: first.start, end, names };
  const start = tokens[chunks[company.lead]?.from ?? 0]?.start ?? first.start;
  const context = { ...frame.context, extent: 'limited' as const };
  return [{ ...frame, theme, context, scope: { start, end: sentence.end } }];
}

const TAKEN_BY: readonly Frame['category'][] = ['release', 'announce', 'list', 'available'];
