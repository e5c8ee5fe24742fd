import type { Config } from '../config/config.ts';
import { oneOf } from '../config/faults.ts';
import { isNeverLoud } from '../core/alerts/calendar.ts';
import { canMove, fits } from '../core/alerts/route.ts';
import type { Names } from '../core/names/names.ts';
import type { Catalog } from '../domain/catalog.ts';
import { ConfigError, type Fault } from '../domain/errors.ts';
import { FACETS } from '../domain/facet.ts';
import { type Route, routeSchema } from '../domain/route.ts';
import { refuse } from './config-faults.ts';

export interface Matchable {
  catalog: Pick<Catalog, 'subjects' | 'vendors'>;
  names: Pick<Names, 'resolve' | 'near'>;
  followed: readonly string[];
  /** What alerts on the health of sources are about. */
  watchers: readonly string[];
}

/** Throws `ConfigError` with every route that no alert will ever take, among those that are sound. */
export function refuseIdleRoutes(config: Config, matchable: Matchable): void {
  const routes = config.namesIn(['routes']).flatMap((name) => soundRoute(config, Number(name)));
  refuse(
    routes.flatMap((route, nth) => [
      ...nameFaults(config, route, matchable),
      ...reachFaults(config, route, routes.slice(0, nth)),
    ]),
  );
}

interface Placed {
  index: number;
  route: Route;
}

/** A route with its place; none where it has faults of its own. */
function soundRoute(config: Config, index: number): readonly Placed[] {
  try {
    return [{ index, route: config.part(['routes', index], routeSchema) }];
  } catch (thrown) {
    if (thrown instanceof ConfigError) return [];
    throw thrown;
  }
}

function nameFaults(
  config: Config,
  { index, route: { match, to } }: Placed,
  { catalog, names, followed, watchers }: Matchable,
): readonly Fault[] {
  const channels = config.namesIn(['channels']);
  const vendors = new Set([
    ...catalog.vendors.map(({ vendor }) => vendor),
    ...catalog.subjects.map(({ vendor }) => vendor),
  ]);
  const among = (known: Iterable<string>, what: string) => (pattern: string) => {
    const all = [...known];
    const bare = pattern.replace(/[:@].*$/s, '');
    if (all.some((one) => fits(one, pattern) || fits(one, bare))) return null;
    return { message: `"${pattern}" is no ${what}`, suggestion: oneOf(pattern, all) };
  };
  const subject = (pattern: string) => {
    const id = names.resolve(pattern);
    const isKnown = followed.includes(pattern) || watchers.includes(pattern) || id === pattern;
    if (isKnown || /\*|^chore:/.test(pattern)) return null;
    if (id !== null) {
      return { message: `"${pattern}" is a name of ${id}`, suggestion: `write ${id}` };
    }
    const near = names.near(pattern).slice(0, 3).join(', ');
    const suggestion = near === '' ? 'follow it, or use * in a pattern' : `perhaps ${near}`;
    return { message: `"${pattern}" is nothing that is known or followed`, suggestion };
  };
  const channel = (name: string) => {
    if (channels.includes(name)) return null;
    const suggestion = oneOf(name, channels) ?? 'there are no channels yet';
    return { message: `there is no channel ${name}`, suggestion };
  };
  const asked = [
    { path: ['match', 'vendor'], written: match.vendor, faultWith: among(vendors, 'vendor') },
    { path: ['match', 'facet'], written: match.facet, faultWith: among(FACETS, 'facet') },
    { path: ['match', 'subject'], written: match.subject, faultWith: subject },
    { path: ['to'], written: to, faultWith: channel },
  ];
  return asked.flatMap(({ path, written, faultWith }) =>
    listOf(written).flatMap(({ text, at }) => {
      const fault = faultWith(text);
      if (fault === null) return [];
      const place = ['routes', index, ...path, ...at];
      return [config.faultAt(place, fault.message, fault.suggestion)];
    }),
  );
}

function listOf(
  written: string | readonly string[] | undefined,
): readonly { text: string; at: readonly number[] }[] {
  if (written === undefined) return [];
  if (typeof written === 'string') return [{ text: written, at: [] }];
  return written.map((text, index) => ({ text, at: [index] }));
}

/** Kinds of alerts in which no level of a model moves. */
const UNMOVED: ReadonlySet<string> = new Set(['health', 'heartbeat', 'digest', 'test']);

function reachFaults(
  config: Config,
  { index, route }: Placed,
  above: readonly Placed[],
): readonly Fault[] {
  const { match } = route;
  const kinds = listOf(match.kind);
  const asksForMove = [match.facet, match.level, match.direction].some((one) => one !== undefined);
  if (asksForMove && kinds.length > 0 && kinds.every(({ text }) => UNMOVED.has(text))) {
    const message = `asks for the move of a level, and in ${kinds.map(({ text }) => text).join(' and ')} none moves`;
    const suggestion = 'leave out facet, level and direction, or the kind';
    return [config.faultAt(['routes', index, 'match'], message, suggestion)];
  }
  if (!canMove(route)) {
    const message = 'asks for a move that there is not: level, direction and minLevel never meet';
    const suggestion = 'leave one of them out';
    return [config.faultAt(['routes', index, 'match'], message, suggestion)];
  }
  if (isNeverLoud(route.quiet, route.zone)) {
    const message = 'is quiet for ever: these windows leave no time to tell anything';
    return [config.faultAt(['routes', index, 'quiet'], message, 'shorten one, or leave them out')];
  }
  const end = above.find((one) => one.route.last && covers(one.route, route));
  if (end === undefined) return [];
  const message = `is never asked: "${end.route.name}" above matches all of it and is the last`;
  return [config.faultAt(['routes', index], message, 'put it above that route')];
}

/** Whether every alert that fits one route fits another, as far as that is plain to see. */
function covers(one: Route, other: Route): boolean {
  const isLoose = one.minLevel === undefined || one.minLevel === other.minLevel;
  return (
    isLoose &&
    Object.entries(one.match).every(([key, wanted]) => {
      const asked = other.match[key as keyof Route['match']];
      return JSON.stringify(asked) === JSON.stringify(wanted);
    })
  );
}
