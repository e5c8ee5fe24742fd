import type { Polarity } from '../../../domain/evidence.ts';
import type { Range } from '../../text/characters.ts';
import type { Claimed, Clause } from '../document/clause.ts';
import { shows, type TextAnalysis, textOf } from '../document/document.ts';
import type { Frame } from './frame.ts';

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

/** A frame in its place, said or denied. */
interface FrameInPlace {
  analysis: TextAnalysis;
  frame: Frame;
  clause: PredicateClause;
  polarity: Polarity;
}

/** The claims a frame comes to, by what kind of thing it says and where. */
export function claimsOf(place: FrameInPlace): readonly Claimed[] {
  const { analysis, frame, clause, polarity } = place;
  if (!hasWhatItNeeds(place)) return [];
  switch (frame.entry.says) {
    case 'release':
      return released(place);
    case 'access':
      return accessible(place);
    case 'announce':
      return isOwnWord(frame, polarity) ? [claimed('announced')] : [];
    case 'document':
      return documented(place);
    case 'test':
      return tested(place);
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

/** That something is confirmed is the vendor's word only where the vendor says it. */
function isOwnWord({ entry, use, agent }: Frame, polarity: Polarity): boolean {
  if (entry.only !== 'by-itself' || polarity === 'deny') return true;
  return use === 'active' && agent === 'maker';
}

function released(place: FrameInPlace): readonly Claimed[] {
  const { analysis, frame, clause, polarity } = place;
  if (isOver(place)) return [claimed('retired')];
  if (frame.entry.only === 'denied') return polarity === 'deny' ? [claimed('released')] : [];
  if (isToFew(place)) return [limitedTest(analysis, clause)];
  const places = placesIn(analysis, clause, 'released');
  const isAnnounced = frame.use === 'active' && frame.agent === 'maker' && polarity === 'support';
  return isAnnounced ? [...places, claimed('announced')] : places;
}

/** "was available until February" */
function isOver({ analysis, frame: { use, group }, clause }: FrameInPlace): boolean {
  const isPast = use === 'state' && group.isPast && !group.hasHave && !group.isNegated;
  return isPast && /^ ?(?:\S+ ){0,6}?(?:until|till)\b/.test(textOf(analysis, behind(clause, 60)));
}

function accessible(place: FrameInPlace): readonly Claimed[] {
  const { analysis, frame, clause } = place;
  const { entry, use, group } = frame;
  if (entry.id === 'presence.in-place' && shows(analysis, 'claims.channel', behind(clause, 40))) {
    return [claimed(LIST.test(textOf(analysis, clause)) ? 'api_listed' : 'documented')];
  }
  const verb = textOf(analysis, clause.predicate);
  // "Some call it Q*": a name is given, and nothing is used.
  const isNaming = verb.startsWith('call') && group.modal === null;
  // "Some tried it": who tried what is told, and not where or since when it can be had.
  const isTried =
    /^(?:tr|used|ran|run)/.test(verb) && !shows(analysis, 'active-frames.dated', clause);
  if ((isNaming || isTried) && !namesPlace(analysis, clause)) return [];
  const isHad = group.modal === 'can' || analysis.cues.has(clause, 'surface', 'place', 'api');
  if (use === 'passive' && !isHad) return [];
  if (isToFew(place)) return [limitedTest(analysis, clause)];
  return placesIn(analysis, clause, 'product_available');
}

function documented({ analysis, frame, clause }: FrameInPlace): readonly Claimed[] {
  const isListing = frame.agent === 'maker' && /^list/.test(textOf(analysis, clause.predicate));
  if (isListing) return [claimed('api_listed'), claimed('documented')];
  return [claimed(LIST.test(textOf(analysis, clause)) ? 'api_listed' : 'documented')];
}

/** A test; what is limited to those who pay is a product. */
function tested({ analysis, clause, polarity }: FrameInPlace): readonly Claimed[] {
  const isLimited = /^(?:limited|confined|restricted) to/.test(textOf(analysis, clause.predicate));
  if (isLimited && shows(analysis, 'claims.plan', behind(clause, 50))) {
    return placesIn(analysis, clause, 'product_available');
  }
  return polarity === 'deny' ? [] : [limitedTest(analysis, clause)];
}

/** What stands behind a predicate in its clause, so far at the most. */
function behind({ predicate, end }: PredicateClause, reach: number): Range {
  return { start: predicate.end, end: Math.min(end, predicate.end + reach) };
}

/** Where a model is said to be: in products, in the API, or anywhere. */
export function placesIn(
  analysis: TextAnalysis,
  where: Range,
  otherwise: 'released' | 'product_available',
): readonly Claimed[] {
  const { surfaces } = analysis.context.lexicon;
  const named = surfaces.filter((surface) => analysis.cues.has(where, `surface.${surface}`));
  const found = named.map((surface): Claimed => {
    return { facet: 'product_available', qualifiers: { surface } };
  });
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

function hasWhatItNeeds({ analysis, frame, clause }: FrameInPlace): boolean {
  const { entry, use, form, group } = frame;
  // "ChatGPT was released", "ChatGPT is powered by": in the passive the place stands in front as well.
  const isPassive = use === 'passive' || (form === 'participle' && group.hasBe);
  const isMotion = entry.subject === 'model' && entry.says === 'release';
  switch (entry.needs) {
    case 'venue':
      return analysis.cues.has(clause, 'venue');
    case 'channel':
      return shows(analysis, 'claims.channel', clause);
    case 'place':
      if (entry.id === 'presence.in-place') return isIn(analysis, clause);
      return namesPlace(
        analysis,
        isPassive ? clause : behind(clause, isMotion ? CLOSE : clause.end),
      );
    default:
      return true;
  }
}

/** "is in ChatGPT", "is on the model page": the place stands right behind the preposition. */
function isIn(analysis: TextAnalysis, clause: PredicateClause): boolean {
  const near = behind(clause, RIGHT_BEHIND);
  return (
    analysis.cues.has(near, 'surface', 'place', 'api') ||
    API.test(textOf(analysis, near)) ||
    shows(analysis, 'claims.channel', near)
  );
}

/** A launch of a preview for a few is a test, and never a release. */
function isToFew({ analysis, frame, clause, polarity }: FrameInPlace): boolean {
  const where = frame.clause.kind === 'relative' ? clause.sentence : clause;
  return polarity === 'support' && shows(analysis, 'claims.few', where);
}
