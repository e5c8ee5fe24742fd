import { type Argument, argumentOf, coordinationFrom, merged } from './arguments.ts';
import type { Frame } from './frame.ts';
import { firstWord, isSign, type Phrases, skip } from './phrases.ts';

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
