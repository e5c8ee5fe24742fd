import type { Message, Move, Plan, RouteDecision, Routing, Silence } from '../../domain/alert.ts';
import { bareFacet } from '../../domain/claim.ts';
import type { Route } from '../../domain/route.ts';
import { type Instant, timeWords } from '../../domain/time.ts';
import { CONFIRMATION_LEVELS, type ConfirmationLevel } from '../../domain/verdict.ts';
import { facetWords } from '../render/words.ts';
import { nextSlot, quietUntil } from './calendar.ts';

/**
 * What every route makes of an alert, in their order: the first that matches and names a channel decides when that
 * channel gets it; a matching route marked `last` ends the search.
 */
export function explainRoutes(
  message: Message,
  routes: readonly Route[],
  silences: readonly Silence[],
  at: Instant,
): Routing {
  const silence = silences.find((candidate) => mutes(candidate, message, at)) ?? null;
  const taken = new Set<string>();
  const decisions: RouteDecision[] = [];
  let closedBy: string | null = null;
  for (const route of routes) {
    const decision = decide(message, route, { silence, closedBy, taken }, at);
    decisions.push(decision);
    for (const { channel } of decision.plans) taken.add(channel);
    if (decision.matched && route.last) closedBy ??= route.name;
  }
  return { silence, decisions };
}

interface SoFar {
  silence: Silence | null;
  closedBy: string | null;
  taken: ReadonlySet<string>;
}

function decide(
  message: Message,
  route: Route,
  { silence, closedBy, taken }: SoFar,
  at: Instant,
): RouteDecision {
  const decided = (matched: boolean, because: string, plans: readonly Plan[] = []) => ({
    ...{ route: route.name, matched, because, plans },
  });
  if (closedBy !== null) {
    return decided(false, `not asked: ${closedBy} is the last route for this alert`);
  }
  const fault = mismatch(message, route);
  if (fault !== null) return decided(false, fault);
  if (silence !== null) {
    const until = timeWords(silence.until);
    const why = `${silence.subject} is silenced until ${until}: ${silence.because}`;
    return decided(true, `matches, but ${why}`);
  }
  const free = route.to.filter((channel) => !taken.has(channel));
  const plans = [...new Set(free)].map((channel) => planOf(channel, route, at));
  const had = plans.length === 0 ? '; its channels have it by an earlier route' : '';
  return decided(true, `matches${had}`, plans);
}

function mutes({ subject, from, until }: Silence, message: Message, at: Instant): boolean {
  return from <= at && at < until && fits(message.subject, subject);
}

function planOf(channel: string, route: Route, at: Instant): Plan {
  if (route.when === 'at once') {
    const dueAt = quietUntil(at, route.quiet, route.zone);
    const because = dueAt === at ? 'at once' : `quiet hours end at ${timeWords(dueAt)}`;
    return { channel, dueAt, digest: null, because };
  }
  const dueAt = quietUntil(nextSlot(at, route.when, route.zone), route.quiet, route.zone);
  const because = `in the digest of ${timeWords(dueAt)} (${route.when}, ${route.zone})`;
  return { channel, dueAt, digest: `${route.name} ${dueAt}`, because };
}

/** Why a route does not match, or null when it does. */
function mismatch(message: Message, route: Route): string | null {
  const { match } = route;
  const kinds = kindsOf(message);
  if (!meets(match.kind, (kind) => kinds.includes(kind))) {
    return `asks for kind ${orList(match.kind)}; this is ${kinds.join(' and ')}`;
  }
  if (!meets(match.vendor, (wanted) => fits(message.vendor, wanted))) {
    return `asks for vendor ${orList(match.vendor)}; this is ${message.vendor || 'of no vendor'}`;
  }
  if (!meets(match.subject, (wanted) => fits(message.subject, wanted))) {
    return `asks for subject ${orList(match.subject)}; this is ${message.subject || 'about none'}`;
  }
  const classes = message.proofs.map(({ publisherClass }) => publisherClass);
  if (!meets(match.sourceClass, (wanted) => classes.includes(wanted))) {
    return `asks for a source of class ${orList(match.sourceClass)}; this rests on ${orList(classes)}`;
  }
  return moveMismatch(message, route);
}

/** Facet, level, direction and minimum level must hold for one and the same move. */
function moveMismatch(message: Message, route: Route): string | null {
  const { facet, level, direction } = route.match;
  const asksForMove = facet !== undefined || level !== undefined || direction !== undefined;
  if (message.moves.length === 0)
    return asksForMove ? 'asks for a move of a level; none moved' : null;
  if (message.moves.some((move) => fitsMove(move, route))) return null;
  const asked = [
    facet === undefined ? '' : `facet ${orList(facet)}`,
    level === undefined ? '' : `level ${orList(level)}`,
    direction === undefined ? '' : `direction ${direction}`,
    route.minLevel === undefined ? '' : `at least ${route.minLevel}`,
  ];
  const moves = message.moves.map(
    ({ facet: label, from, to }) => `${facetWords(label)} ${from} to ${to}`,
  );
  return `asks for ${asked.filter(Boolean).join(', ')}; this moves ${moves.join(', ')}`;
}

/** Whether there is any move of a level that a route asks for, whatever it is about. */
export function canMove({ match: { facet: _, ...match }, minLevel }: Route): boolean {
  const asked = { match, ...(minLevel !== undefined && { minLevel }) };
  return CONFIRMATION_LEVELS.some((from) =>
    CONFIRMATION_LEVELS.some((to) => fitsMove({ from, to, facet: '' }, asked)),
  );
}

function fitsMove(
  move: Pick<Move, 'from' | 'to' | 'facet'>,
  { match, minLevel }: Pick<Route, 'match' | 'minLevel'>,
): boolean {
  const bare = bareFacet(move.facet);
  return (
    meets(match.facet, (wanted) => fits(move.facet, wanted) || fits(bare, wanted)) &&
    meets(match.level, (wanted) => move.to === wanted) &&
    (match.direction === undefined || directionOf(move) === match.direction) &&
    (minLevel === undefined || weightOf(move) >= rankOf(minLevel))
  );
}

/** A discovery may move levels and may come with a change of a page: it is all of these. */
function kindsOf(message: Message): readonly Message['kind'][] {
  const kinds: Message['kind'][] = [message.kind];
  if (message.moves.length > 0) kinds.push('level');
  if (message.changes.length > 0) kinds.push('source');
  return [...new Set(kinds)];
}

function meets<T>(asked: T | readonly T[] | undefined, test: (wanted: T) => boolean): boolean {
  return asked === undefined || listOf(asked).some((wanted) => test(wanted));
}

function orList(values: string | readonly string[] | undefined): string {
  return values === undefined || values.length === 0 ? 'none' : listOf(values).join(' or ');
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

/**
 * Whether a text fits a pattern in which `*` stands for any run of characters, case aside. Goes back to the last star
 * only, so its cost is bounded by the product of the lengths whatever the pattern.
 */
export function fits(text: string, pattern: string): boolean {
  const given = text.toLowerCase();
  const wanted = pattern.toLowerCase();
  let read = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (read < given.length) {
    if (wanted[at] === '*') {
      star = at;
      resume = read;
      at += 1;
    } else if (at < wanted.length && wanted[at] === given[read]) {
      at += 1;
      read += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      read = resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(at));
}

const RANKS: Readonly<Record<ConfirmationLevel, number>> = {
  unknown: 0,
  withdrawn: 0,
  contradicted: 0,
  rumor: 1,
  secondary: 2,
  confirmed: 3,
};

export function rankOf(level: ConfirmationLevel): number {
  return RANKS[level];
}

function hasFallen(level: ConfirmationLevel): boolean {
  return level === 'withdrawn' || level === 'contradicted';
}

/** Which way a move goes; null when only the status moved. */
function directionOf({ from, to }: Pick<Move, 'from' | 'to'>): 'up' | 'down' | null {
  if (from === to) return null;
  if (hasFallen(to)) return 'down';
  return rankOf(to) > rankOf(from) ? 'up' : 'down';
}

/**
 * What a minimum level is held against: the higher end of a move, so that the loss of a level weighs what the level
 * did. A claim is withdrawn or contradicted by primary sources alone, so these weigh as much as a confirmation.
 */
function weightOf({ from, to }: Pick<Move, 'from' | 'to'>): number {
  return hasFallen(to) ? RANKS.confirmed : Math.max(rankOf(from), rankOf(to));
}
