import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Clause } from '../document/clause.ts';
import type { Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';
import type { Frame } from './frame.ts';

export type Claimed = Pick<Statement['claim'], 'facet' | 'qualifiers'>;

/** A clause with the words of the predicate that is read in it. */
export interface PredicateClause extends Clause {
  predicate: Range;
}

const VENUES = ['lmarena', 'designarena', 'analysis'] as const;
const SURFACES = ['chatgpt', 'codex', 'playground', 'azure', 'copilot'] as const;
const API = /(?<![\w-])(?:apis?|endpoints?|\/v1\/models|model ids?|sdk)\b/;
const LIST = /\/v1\/models|\bmodel list\b|\bmodels endpoint\b/;
const CHANNEL =
  /\/v1\/models|\b(?:docs?|documentation|model pages?|pricing pages?|changelog|help cent(?:er|re)|reference|guide|release notes|model list|pages?|list|catalog(?:ue)?|papers)\b/;
const PLAN =
  /\b(?:plus|pro|paid|paying|subscribers?|enterprise|business|team|free|premium|plans?|tiers?)\b/;
const FEW =
  /\b(?:limited (?:preview|beta|test|group|number|release)|(?:private|closed|research|early|trusted) (?:preview|beta|alpha|testing|access)|(?:selected|select|chosen|a few|some|a handful of|trusted|early|a small (?:group|number) of|around \d+) (?:partners?|testers?|companies|organi[sz]ations?|customers|researchers|partner)|red[- ]team\w*|internally|waitlist|invited?|partner organi[sz]ations?)\b/;

function claimed(facet: Claimed['facet']): Claimed {
  return { facet, qualifiers: {} };
}

/** The claims a frame comes to, by what kind of thing it says and where. */
export function claimsOf(
  scene: Scene,
  frame: Frame,
  clause: PredicateClause,
  polarity: Polarity,
): readonly Claimed[] {
  if (!hasWhatItNeeds(scene, frame, clause)) return [];
  switch (frame.entry.says) {
    case 'release':
      return released(scene, frame, clause, polarity);
    case 'access':
      return accessible(scene, frame, clause, polarity);
    case 'announce':
      return isOwnWord(frame, polarity) ? [claimed('announced')] : [];
    case 'document':
      return documented(scene, frame, clause);
    case 'test':
      return tested(scene, clause, polarity);
    case 'retire':
      return [claimed('retired')];
    case 'deprecate':
      return [claimed('deprecated')];
    case 'absence':
      return polarity === 'deny' ? [] : placesIn(scene, clause, 'released');
    default:
      return [claimed('released')];
  }
}

function textOf(scene: Scene, { start, end }: Range): string {
  return scene.folded.slice(start, end);
}

/** That something is confirmed is the vendor's word only where the vendor says it. */
function isOwnWord({ entry, use, agent }: Frame, polarity: Polarity): boolean {
  if (entry.id !== 'announce.confirmed' || polarity === 'deny') return true;
  return use === 'active' && agent === 'maker';
}

function released(
  scene: Scene,
  frame: Frame,
  clause: PredicateClause,
  polarity: Polarity,
): readonly Claimed[] {
  if (isOver(scene, frame, clause)) return [claimed('retired')];
  if (frame.entry.id === 'release.awaited') return polarity === 'deny' ? [claimed('released')] : [];
  if (polarity === 'support' && isToFew(scene, frame, clause)) return [limitedTest(scene, clause)];
  const places = placesIn(scene, clause, 'released');
  const isAnnounced = frame.use === 'active' && frame.agent === 'maker' && polarity === 'support';
  return isAnnounced ? [...places, claimed('announced')] : places;
}

/** "was available until February" */
function isOver(scene: Scene, { use, group }: Frame, clause: PredicateClause): boolean {
  const isPast = use === 'state' && group.isPast && !group.hasHave && !group.isNegated;
  return isPast && /^ ?(?:\S+ ){0,6}?(?:until|till)\b/.test(behind(scene, clause, 60));
}

function accessible(
  scene: Scene,
  frame: Frame,
  clause: PredicateClause,
  polarity: Polarity,
): readonly Claimed[] {
  const { entry, use, group } = frame;
  if (entry.id === 'presence.in-place' && CHANNEL.test(behind(scene, clause, 40))) {
    return [claimed(LIST.test(textOf(scene, clause)) ? 'api_listed' : 'documented')];
  }
  // "Some call it Q*": a name is given, and nothing is used.
  const isNaming = /^call/.test(textOf(scene, clause.predicate)) && group.modal === null;
  if (isNaming && !namesPlace(scene, clause)) return [];
  const isHad = group.modal === 'can' || scene.hits.has(clause, 'surface', 'place', 'api');
  if (use === 'passive' && !isHad) return [];
  if (polarity === 'support' && isToFew(scene, frame, clause)) return [limitedTest(scene, clause)];
  return placesIn(scene, clause, 'product_available');
}

function documented(scene: Scene, frame: Frame, clause: PredicateClause): readonly Claimed[] {
  const isListing = frame.agent === 'maker' && /^list/.test(textOf(scene, clause.predicate));
  if (isListing) return [claimed('api_listed'), claimed('documented')];
  return [claimed(LIST.test(textOf(scene, clause)) ? 'api_listed' : 'documented')];
}

/** A test; what is limited to those who pay is a product. */
function tested(scene: Scene, clause: PredicateClause, polarity: Polarity): readonly Claimed[] {
  const isLimited = /^(?:limited|confined|restricted) to/.test(textOf(scene, clause.predicate));
  if (isLimited && PLAN.test(behind(scene, clause, 50))) {
    return placesIn(scene, clause, 'product_available');
  }
  return polarity === 'deny' ? [] : [limitedTest(scene, clause)];
}

function behind(scene: Scene, { predicate, end }: PredicateClause, reach: number): string {
  return scene.folded.slice(predicate.end, Math.min(end, predicate.end + reach));
}

/** Where a model is said to be: in products, in the API, or anywhere. */
export function placesIn(
  scene: Scene,
  where: Range,
  otherwise: 'released' | 'product_available',
): readonly Claimed[] {
  const found: Claimed[] = SURFACES.filter((surface) =>
    scene.hits.has(where, `surface.${surface}`),
  ).map((surface) => ({ facet: 'product_available', qualifiers: { surface } }));
  if (scene.hits.has(where, 'api') || API.test(textOf(scene, where))) {
    found.push(claimed('api_listed'));
  }
  return found.length > 0 ? found : [claimed(otherwise)];
}

/** A test, where it is held: at a venue the clause or its sentence names, or in a product. */
export function limitedTest(scene: Scene, clause: Clause): Claimed {
  for (const range of [clause, clause.sentence]) {
    const venue = VENUES.find((one) => scene.hits.has(range, `venue.${one}`));
    if (venue !== undefined) return { facet: 'limited_test', qualifiers: { venue } };
  }
  const surface = SURFACES.find((one) => scene.hits.has(clause, `surface.${one}`));
  return { facet: 'limited_test', qualifiers: surface === undefined ? {} : { surface } };
}

export function namesPlace(scene: Scene, where: Range): boolean {
  return (
    scene.hits.has(where, 'surface', 'place', 'api', 'recipient') || API.test(textOf(scene, where))
  );
}

/** How far behind a verb the place it leads to may begin, in signs. */
const CLOSE = 70;
const RIGHT_BEHIND = 40;

function hasWhatItNeeds(scene: Scene, { entry, use }: Frame, clause: PredicateClause): boolean {
  switch (entry.needs) {
    case 'venue':
      return scene.hits.has(clause, 'venue');
    case 'channel':
      return CHANNEL.test(textOf(scene, clause));
    case 'place':
      if (entry.id === 'presence.in-place') return isIn(scene, clause);
      return namesPlace(scene, use === 'passive' ? clause : reachOf(entry, clause));
    default:
      return true;
  }
}

function reachOf(entry: Frame['entry'], { predicate, end }: PredicateClause): Range {
  const isMotion = entry.subject === 'model' && entry.says === 'release';
  return { start: predicate.end, end: isMotion ? Math.min(end, predicate.end + CLOSE) : end };
}

/** "is in ChatGPT", "is on the model page": the place stands right behind the preposition. */
function isIn(scene: Scene, { predicate, end }: PredicateClause): boolean {
  const near = { start: predicate.end, end: Math.min(end, predicate.end + RIGHT_BEHIND) };
  const text = textOf(scene, near);
  return scene.hits.has(near, 'surface', 'place', 'api') || API.test(text) || CHANNEL.test(text);
}

/** A launch of a preview for a few is a test, and never a release. */
function isToFew(scene: Scene, { clause: { kind } }: Frame, clause: Clause): boolean {
  return FEW.test(textOf(scene, kind === 'relative' ? clause.sentence : clause));
}
