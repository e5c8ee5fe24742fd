import type { Statement } from '../../../domain/evidence.ts';
import { isSpokenOf } from '../arguments/arguments.ts';
import { areHelpers } from '../context/closed-class-words.ts';
import { formOf } from '../context/verb-form.ts';
import { PLACES } from '../cues/cue-families.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Clause } from '../document/clause.ts';
import { mentionsWithin, type Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';
import { inUse, meetingIn, requestIn } from './first-person-use.ts';

/** How far behind a verb the model it takes may begin, in characters. */
const CLOSE = 48;

/**
 * Plain verbs say that a model is there when they stand between it and where it is, or those who have it: "GPT-5.5
 * answers in ChatGPT", "every user gets GPT-5", "requests run on GPT Image 2", "the API followed a day later".
 */
export function contactsIn(scene: Scene, clause: Clause): readonly Hit[] {
  const names = namesIn(scene, clause);
  const places = scene.hits.within(clause, ...PLACES);
  const verb = scene.hits
    .within(clause, 'contact')
    .find(
      (hit) =>
        isHeld(scene, hit, clause, names) ||
        isPlaced(scene, hit, clause, names, places) ||
        follows(scene, hit, clause, places),
    );
  if (verb !== undefined) return [{ ...verb, family: `access.${finiteForm(scene, verb, clause)}` }];
  const had = meetingIn(scene, clause, names) ?? requestIn(scene, clause, names);
  if (had !== null) return [had];
  if (scene.hits.has(clause, 'identity.link')) return [];
  const standing = stands(scene, clause, names, places);
  return standing.length > 0 ? standing : inUse(scene, clause, names);
}

/** The model and a place a preposition leads to, with any verb between them. */
function stands(
  scene: Scene,
  clause: Clause,
  names: readonly Range[],
  places: readonly Hit[],
): readonly Hit[] {
  const name = names[0];
  if (name === undefined || !(scene.hits.has(clause, 'be') || isShown(scene, clause))) return [];
  const place = places.find(({ start }) => start >= name.end && isLedTo(scene, name.end, start));
  return place === undefined
    ? []
    : [{ family: 'access.now', start: place.start, end: place.start }];
}

/** "Screenshots show GPT-6 in the menu" */
function isShown(scene: Scene, { start, end }: Range): boolean {
  return /\b(?:show(?:s|ed|ing)?|reveal(?:s|ed)?) /.test(scene.folded.slice(start, end));
}

/** Words that lead to a place from what stands there. */
const LEADS =
  /(?:^|\s)(?:in|on|to|for|inside|within|via|through|across|over|by|at|into|onto|under|among|of|part of|behind)(?:\s(?:the|its|their|our|all|some|most|every|both|a few|openai's|your|my))*(?:\s\S+){0,3}$/;

function isLedTo(scene: Scene, from: number, to: number): boolean {
  const between = scene.folded.slice(from, to).trim();
  if (between === '' || areHelpers(between)) return true;
  if (between.length > 90) return false;
  return (
    LEADS.test(between) ||
    /^(?:in|on|via|through|to|for|inside|over|by|across|at)\b/.test(scene.folded.slice(to, to + 12))
  );
}

/** The model as subject, helpers, the verb, and behind it a place or its people. */
function isPlaced(
  scene: Scene,
  hit: Hit,
  clause: Clause,
  names: readonly Range[],
  places: readonly Range[],
): boolean {
  const subject = names.findLast(
    ({ end }) =>
      end <= hit.start && areHelpers(withoutApposition(scene.folded.slice(end, hit.start))),
  );
  if (subject === undefined || isWithinPhrase(scene, clause, subject)) return false;
  if (GIVES.test(scene.folded.slice(hit.start, hit.end))) return false;
  const people = scene.hits.within({ start: hit.end, end: hit.end + 90 }, 'recipient');
  return [...places, ...people].some(
    ({ start }) => start >= hit.end && isLedTo(scene, hit.end, start),
  );
}

/** A name behind these is part of another phrase: "discussions around GPT Image 2 have". */
const WITHIN_PHRASE =
  /\b(?:around|about|of|on|for|like|with|to|in|from|by|over|than|between|against)\s+(?:the |a )?["'(]?$/;

function isWithinPhrase(scene: Scene, clause: Range, subject: Range): boolean {
  return WITHIN_PHRASE.test(scene.folded.slice(clause.start, subject.start));
}

/** "GPT-5.5, nicknamed Spud, reached": what is put in between commas behind a name. */
function withoutApposition(text: string): string {
  return text.replace(/^,\s[^,]{1,60},["']?(?=\s)/, '');
}

/** Verbs by which a model gives its users something else. */
const GIVES =
  /^(?:gives?|gave|given|offers?|brings?|brought|adds?|added|handles|has|had|have|gets?|got|uses?|used|using|calls?|called|made|enables?|enabled|unlocks?|unlocked|supports?|includes?|shows?|opens?|opened|lists?|carries|saw|seen|found|knows?|accepts?|recogni[sz]es?)$/;

/** People, a place or the vendor as subject, helpers, the verb, and close behind it the model. */
function isHeld(scene: Scene, hit: Hit, clause: Clause, names: readonly Range[]): boolean {
  const object = names.find(({ start }) => start >= hit.end);
  if (object === undefined || object.start - hit.end > CLOSE) return false;
  if (/\bwhat (?:\w+ ){0,3}$/.test(scene.folded.slice(clause.start, hit.start))) return false;
  const between = withoutPlaces(scene, { start: hit.end, end: object.start });
  if (!areHelpers(between.replaceAll(TAKES, ' ').replace(SORT, ' '))) return false;
  const before = { start: clause.start, end: hit.start };
  if (isOwnDoing(scene, hit, clause)) return true;
  const owners = scene.hits.within(before, 'recipient', ...PLACES);
  if (owners.some(({ end }) => areHelpers(afterPhrase(scene, end, hit.start)))) return true;
  const vendor = scene.hits.within(before, 'vendor').at(-1);
  if (vendor === undefined || !areHelpers(scene.folded.slice(vendor.end, hit.start))) return false;
  return scene.hits.has({ start: hit.end, end: clause.end }, 'recipient', ...PLACES);
}

/** "Just got it", "Been using it": who writes leaves himself out. */
function isOwnDoing(scene: Scene, hit: Hit, clause: Clause): boolean {
  const verb = scene.folded.slice(hit.start, hit.end);
  if (
    clause.start !== clause.sentence.start ||
    !/^(?:got|received|tried|used|using|running|seeing|getting)$/.test(verb)
  )
    return false;
  const before = scene.folded.slice(clause.start, hit.start);
  return /^(?:(?:just|finally|now|already|still|been|have been|also|not|never|only|yes|ok)[ ,]+)*$/.test(
    before,
  );
}

/** "switched its image tool over to": what is put between a verb and the model it takes. */
function withoutPlaces(scene: Scene, range: Range): string {
  let text = scene.folded.slice(range.start, range.end);
  for (const { start, end } of scene.hits.within(range, ...PLACES)) {
    const [from, to] = [start - range.start, end - range.start];
    text = text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);
  }
  return text;
}

/** "get a stronger variant, GPT-5.5 Pro": what sort of thing it is, ahead of its name. */
const SORT =
  /^ (?:a|an|the|its|their) (?:[\w-]+ ){0,3}?(?:variant|version|model|sibling|successor|upgrade|edition|tier),? (?:called |named )?["'(]?$/;

/** Words between a verb and the model it takes: "switched to", "access to the new". */
const TAKES =
  /\b(?:to|on|with|onto|access|hold|called|named|model|models|id|ids|open-weight|latest|something|hands|version|copy|over|image|picture|video|language|reasoning|engine|generator|flagship|family|tool|successor|release)\b/g;

/** What stands between an owner and the verb, an inserted phrase apart: "users in Europe received". */
function afterPhrase(scene: Scene, from: number, to: number): string {
  return scene.folded
    .slice(from, to)
    .replace(
      /^,[^,]{1,60},|^\s(?:in|on|with|of|at|outside|of the)\s(?:\S+\s){1,3}?(?=\S+\s?$|$)/,
      ' ',
    );
}

/** A place that comes after another: "the API followed a day later". */
function follows(scene: Scene, hit: Hit, clause: Clause, places: readonly Range[]): boolean {
  if (!/^(?:came|comes|joined|joins|opened|arrived)$/.test(scene.folded.slice(hit.start, hit.end)))
    return false;
  const place = places.findLast(({ end }) => end <= hit.start);
  return (
    place !== undefined &&
    areHelpers(scene.folded.slice(place.end, hit.start)) &&
    /\d|\b(?:day|week|hour|month|later|after|today|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/.test(
      scene.folded.slice(hit.end, clause.end),
    )
  );
}

/** Names, and the pronouns that stand for one. */
function namesIn(scene: Scene, clause: Clause): readonly Range[] {
  const named = mentionsWithin(scene, clause)
    .filter((mention) => isSpokenOf(scene, mention, clause))
    .map(({ span }) => ({ start: span[0], end: span[1] }));
  return [...named, ...scene.hits.within(clause, 'anaphor')].sort((a, b) => a.start - b.start);
}

const BARE_PLURAL =
  /(?:\bi|\bwe|\byou|\bthey|\beveryone|\beverybody|s|people|public)(?: (?:now|already|finally|also|still|all|both|just|today))* $/;
const MODAL = /\b(?:to|will|would|can|could|may|might|should|must|not|n't|cannot)(?: \w+)? $/;

/** "report seeing it" */
const TOLD =
  /\b(?:report|reports|reported|describe|describes|described|mention|mentions|mentioned|admit|admits|remember|recall) $/;

/** "Developers get it" is finite though the verb is bare: its subject is many. */
function finiteForm(scene: Scene, hit: Hit, clause: Clause): string {
  const before = `${scene.folded.slice(clause.start, hit.start).trimEnd()} `;
  const isTold = TOLD.test(before) || isOwnDoing(scene, hit, clause);
  if (formOf(hit) === 'ing' && isTold) return 'now';
  if (formOf(hit) !== 'base') return formOf(hit);
  const named = mentionsWithin(scene, { start: clause.start, end: hit.start }).at(-1);
  const isSubject = named !== undefined && areHelpers(scene.folded.slice(named.span[1], hit.start));
  return (isSubject || BARE_PLURAL.test(before)) && !MODAL.test(before) ? 'now' : 'base';
}

/** Whether a clause already says so by a predicate of its own. */
export function saysPresence(statements: readonly Statement[]): boolean {
  return statements.some(({ claim }) => SAID.has(claim.facet));
}

const SAID = new Set([
  'released',
  'announced',
  'api_listed',
  'product_available',
  'limited_test',
  'retired',
  'deprecated',
  'priced',
  'documented',
]);
