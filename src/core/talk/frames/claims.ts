import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Range } from '../../text/characters.ts';
import type { Clause } from '../document/clause.ts';
import type { TextAnalysis } from '../document/document.ts';
import type { Frame } from './frame.ts';

export type Claimed = Pick<Statement['claim'], 'facet' | 'qualifiers'>;

/** A clause with the words of the predicate that is read in it. */
export interface PredicateClause extends Clause {
  predicate: Range;
}

const VENUES = ['lmarena', 'designarena', 'analysis'] as const;
const API = /(?<![\w-])(?:apis?|endpoints?|\/v1\/models|model ids?|sdk)\b/;
const LIST = /\/v1\/models|\bmodel list\b|\bmodels endpoint\b/;

function claimed(facet: Claimed['facet']): Claimed {
  return { facet, qualifiers: {} };
}

/** The claims a frame comes to, by what kind of thing it says and where. */
export function claimsOf(
  analysis: TextAnalysis,
  frame: Frame,
  clause: PredicateClause,
  polarity: Polarity,
): readonly Claimed[] {
  if (!hasWhatItNeeds(analysis, frame, clause)) return [];
  switch (frame.entry.says) {
    case 'release':
      return released(analysis, frame, clause, polarity);
    case 'access':
      return accessible(analysis, frame, clause, polarity);
    case 'announce':
      return isOwnWord(frame, polarity) ? [claimed('announced')] : [];
    case 'document':
      return documented(analysis, frame, clause);
    case 'test':
      return tested(analysis, clause, polarity);
    case 'retire':
      return [claimed('retired')];
    case 'deprecate':
      return [claimed('deprecated')];
    case 'absence':
      return polarity === 'deny' ? [] : placesIn(analysis, clause, 'released');
    default:
      return [claimed('released')];
  }
}

function textOf(analysis: TextAnalysis, { start, end }: Range): string {
  return analysis.folded.slice(start, end);
}

/** That something is confirmed is the vendor's word only where the vendor says it. */
function isOwnWord({ entry, use, agent }: Frame, polarity: Polarity): boolean {
  if (entry.only !== 'by-itself' || polarity === 'deny') return true;
  return use === 'active' && agent === 'maker';
}

function released(
  analysis: TextAnalysis,
  frame: Frame,
  clause: PredicateClause,
  polarity: Polarity,
): readonly Claimed[] {
  if (isOver(analysis, frame, clause)) return [claimed('retired')];
  if (frame.entry.only === 'denied') return polarity === 'deny' ? [claimed('released')] : [];
  if (polarity === 'support' && isToFew(analysis, frame, clause))
    return [limitedTest(analysis, clause)];
  const places = placesIn(analysis, clause, 'released');
  const isAnnounced = frame.use === 'active' && frame.agent === 'maker' && polarity === 'support';
  return isAnnounced ? [...places, claimed('announced')] : places;
}

/** "was available until February" */
function isOver(analysis: TextAnalysis, { use, group }: Frame, clause: PredicateClause): boolean {
  const isPast = use === 'state' && group.isPast && !group.hasHave && !group.isNegated;
  return isPast && /^ ?(?:\S+ ){0,6}?(?:until|till)\b/.test(behind(analysis, clause, 60));
}

function accessible(
  analysis: TextAnalysis,
  frame: Frame,
  clause: PredicateClause,
  polarity: Polarity,
): readonly Claimed[] {
  const { entry, use, group } = frame;
  if (
    entry.id === 'presence.in-place' &&
    analysis.lists['claims.channel'].test(behind(analysis, clause, 40))
  ) {
    return [claimed(LIST.test(textOf(analysis, clause)) ? 'api_listed' : 'documented')];
  }
  // "Some call it Q*": a name is given, and nothing is used.
  const isNaming = /^call/.test(textOf(analysis, clause.predicate)) && group.modal === null;
  // "Some tried it": who tried what is told, and not where or since when it can be had.
  const isTried =
    /^(?:tr|used|ran|run)/.test(textOf(analysis, clause.predicate)) &&
    isBare(frame) &&
    !analysis.lists['active-frames.dated'].test(textOf(analysis, clause));
  if ((isNaming || isTried) && !namesPlace(analysis, clause)) return [];
  const isHad = group.modal === 'can' || analysis.cues.has(clause, 'surface', 'place', 'api');
  if (use === 'passive' && !isHad) return [];
  if (polarity === 'support' && isToFew(analysis, frame, clause))
    return [limitedTest(analysis, clause)];
  return placesIn(analysis, clause, 'product_available');
}

function isBare({ entry, use, group }: Frame): boolean {
  return entry.id === 'access.by-people' && use === 'active' && group.modal === null;
}

function documented(
  analysis: TextAnalysis,
  frame: Frame,
  clause: PredicateClause,
): readonly Claimed[] {
  const isListing = frame.agent === 'maker' && /^list/.test(textOf(analysis, clause.predicate));
  if (isListing) return [claimed('api_listed'), claimed('documented')];
  return [claimed(LIST.test(textOf(analysis, clause)) ? 'api_listed' : 'documented')];
}

/** A test; what is limited to those who pay is a product. */
function tested(
  analysis: TextAnalysis,
  clause: PredicateClause,
  polarity: Polarity,
): readonly Claimed[] {
  const isLimited = /^(?:limited|confined|restricted) to/.test(textOf(analysis, clause.predicate));
  if (isLimited && analysis.lists['claims.plan'].test(behind(analysis, clause, 50))) {
    return placesIn(analysis, clause, 'product_available');
  }
  return polarity === 'deny' ? [] : [limitedTest(analysis, clause)];
}

function behind(
  analysis: TextAnalysis,
  { predicate, end }: PredicateClause,
  reach: number,
): string {
  return analysis.folded.slice(predicate.end, Math.min(end, predicate.end + reach));
}

/** Where a model is said to be: in products, in the API, or anywhere. */
export function placesIn(
  analysis: TextAnalysis,
  where: Range,
  otherwise: 'released' | 'product_available',
): readonly Claimed[] {
  const { surfaces } = analysis.context.lexicon;
  const named = surfaces.filter((surface) => analysis.cues.has(where, `surface.${surface}`));
  const found: Claimed[] = named.map((surface) => ({
    facet: 'product_available',
    qualifiers: { surface },
  }));
  if (analysis.cues.has(where, 'api') || API.test(textOf(analysis, where))) {
    found.push(claimed('api_listed'));
  }
  return found.length > 0 ? found : [claimed(otherwise)];
}

/** A test, where it is held: at a venue the clause or its sentence names, or in a product. */
export function limitedTest(analysis: TextAnalysis, clause: Clause): Claimed {
  for (const range of [clause, clause.sentence]) {
    const venue = VENUES.find((one) => analysis.cues.has(range, `venue.${one}`));
    if (venue !== undefined) return { facet: 'limited_test', qualifiers: { venue } };
  }
  const surface = analysis.context.lexicon.surfaces.find((one) =>
    analysis.cues.has(clause, `surface.${one}`),
  );
  return { facet: 'limited_test', qualifiers: surface === undefined ? {} : { surface } };
}

export function namesPlace(analysis: TextAnalysis, where: Range): boolean {
  return (
    analysis.cues.has(where, 'surface', 'place', 'api', 'recipient') ||
    API.test(textOf(analysis, where))
  );
}

/** How far behind a verb the place it leads to may begin, in characters. */
const CLOSE = 70;
const RIGHT_BEHIND = 40;

function hasWhatItNeeds(
  analysis: TextAnalysis,
  { entry, use, form, group }: Frame,
  clause: PredicateClause,
): boolean {
  // "ChatGPT was released", "ChatGPT is powered by": in the passive the place stands in front as well.
  const isPassive = use === 'passive' || (form === 'participle' && group.hasBe);
  switch (entry.needs) {
    case 'venue':
      return analysis.cues.has(clause, 'venue');
    case 'channel':
      return analysis.lists['claims.channel'].test(textOf(analysis, clause));
    case 'place':
      if (entry.id === 'presence.in-place') return isIn(analysis, clause);
      return namesPlace(analysis, isPassive ? clause : reachOf(entry, clause));
    default:
      return true;
  }
}

function reachOf(entry: Frame['entry'], { predicate, end }: PredicateClause): Range {
  const isMotion = entry.subject === 'model' && entry.says === 'release';
  return { start: predicate.end, end: isMotion ? Math.min(end, predicate.end + CLOSE) : end };
}

/** "is in ChatGPT", "is on the model page": the place stands right behind the preposition. */
function isIn(analysis: TextAnalysis, { predicate, end }: PredicateClause): boolean {
  const near = { start: predicate.end, end: Math.min(end, predicate.end + RIGHT_BEHIND) };
  const text = textOf(analysis, near);
  return (
    analysis.cues.has(near, 'surface', 'place', 'api') ||
    API.test(text) ||
    analysis.lists['claims.channel'].test(text)
  );
}

/** A launch of a preview for a few is a test, and never a release. */
function isToFew(analysis: TextAnalysis, { clause: { kind } }: Frame, clause: Clause): boolean {
  return analysis.lists['claims.few'].test(
    textOf(analysis, kind === 'relative' ? clause.sentence : clause),
  );
}
