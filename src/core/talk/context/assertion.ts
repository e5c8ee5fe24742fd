import type { Polarity } from '../../../domain/evidence.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Clause } from '../document/clause.ts';
import { datesWithin, type Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';
import { wordsBetween } from '../document/tokens.ts';
import { isAdvice } from './closed-class-words.ts';
import { isDenied, isDescribing } from './negation.ts';
import { assertsByForm } from './verb-form.ts';

/** How far ahead of a predicate a word about the future governs it, and how far behind, in words. */
const REACH_AHEAD = 8;
const REACH_BEHIND = 4;

/**
 * Whether a predicate is said to hold (`support`), said not to hold (`deny`), or not said at all (null): asked,
 * supposed, expected, imagined, wished, advised.
 */
export function assertionOf(scene: Scene, hit: Hit, clause: Clause): Polarity | null {
  if (isSupposed(scene, hit, clause) || describesOthers(scene, hit, clause)) return null;
  const denied = isDenied(scene, hit, clause);
  if (!assertsByForm(scene, hit, clause, denied)) return null;
  if (!denied && isExpected(scene, hit, clause)) return null;
  return denied ? 'deny' : 'support';
}

/** "contestants nobody had introduced": the verb of a clause that only describes. */
function describesOthers(scene: Scene, hit: Hit, clause: Clause): boolean {
  const cue = scene.hits.within({ start: clause.start, end: hit.start }, 'negator').at(-1);
  if (cue === undefined || scene.hits.has({ start: cue.end, end: hit.start }, 'predicate'))
    return false;
  return wordsBetween(scene, cue.end, hit.start) <= 3 && isDescribing(scene, cue, clause);
}

/** "not how it ships", "said when it launches": what is only asked after within a statement. */
const EMBEDDED =
  /\b(?:how|why|whether|(?:know|say|said|see|learn|tell|told|shown|revealed|disclosed|announced|published|of|about|from|guess) what)(?: [^\s,;]+){1,8} $/;

/** Questions apart: what stands under a condition, in an imagined world, in an opinion, or under "not known". */
export function isSupposed(scene: Scene, hit: Hit, clause: Clause): boolean {
  const { sentence } = clause;
  const { hits } = scene;
  const ahead = { start: sentence.start, end: hit.start };
  const isOpen = hits.has(ahead, 'unasserted', 'counterfactual') || hits.has(clause, 'unasserted');
  if (isOpen && hit.family !== 'deny.date') return true;
  if (scene.language === 'en' && isAdvice(segmentOf(scene, hit, clause))) return true;
  if (EMBEDDED.test(scene.folded.slice(clause.start, hit.start))) return true;
  return hits.has(sentence, 'opinion') || isConditional(scene, hit, clause);
}

/**
 * The part of a sentence a predicate stands in, from the last colon, semicolon or dash on, or from the clause on where
 * that has a subject of its own ("Press the button and you are talking to it").
 */
function segmentOf(scene: Scene, hit: Hit, clause: Clause): string {
  const hasSubject = OWN_SUBJECT.test(scene.folded.slice(clause.start, hit.start));
  const start = hasSubject ? clause.start : clause.sentence.start;
  const before = scene.folded.slice(start, hit.start);
  const cut = Math.max(...[': ', '; ', '—', ' - '].map((sign) => before.lastIndexOf(sign)));
  return before.slice(cut < 0 ? 0 : cut + 1).trimStart() + scene.folded.slice(hit.start, hit.end);
}

const OWN_SUBJECT =
  /^(?:and |but |then |so |or |as |since |because |while )?(?:you|it|they|we|i|this|that|there|openai|everyone|nobody|the (?:model|api|company|lab)) /;

/** An `if` that opens the sentence holds for all of it; one within a clause for what follows it there. */
function isConditional(scene: Scene, hit: Hit, clause: Clause): boolean {
  const { hits } = scene;
  const ahead = { start: clause.start, end: hit.start };
  const opening = hits.within(clause.sentence, 'conditional')[0];
  if (opening !== undefined && opensAt(scene, clause.sentence, opening)) {
    const isOfReader = RELEVANCE.test(scene.folded.slice(opening.start, opening.end + 24));
    if (!isOfReader || clause.start <= opening.start) return true;
  }
  if (hits.has(ahead, 'conditional')) return true;
  const moment = hits.within(ahead, 'temporal').at(-1);
  // "Two days after subscribers, programmers got it": a moment put in front is over at its comma.
  if (moment === undefined || scene.folded.slice(moment.end, hit.start).includes(', '))
    return false;
  return (
    !/past$|noun$|^deny|^date\.set$/.test(hit.family) ||
    AWAITED.test(scene.folded.slice(clause.start, hit.start))
  );
}

/** "If you build on the API, it is there": to whom a statement matters, and not whether it holds. */
const RELEVANCE =
  /^if (?:you|your team|anyone|someone)(?: \w+)? (?:are|have|pay|build|use|work|subscribe|need|live|run|sell|own|write|make|draw|look|open|care|prefer|still|already|follow|maintain|depend|develop|only|just)\b/;

/** "once it is released": a moment that has not come. */
const AWAITED =
  /\b(?:once|when|until|till|as soon as|before|by the time|after)\b[^,]{0,60}\b(?:is|are|gets?|has been|have been)(?: \w+)? $/;

function opensAt(scene: Scene, sentence: Range, cue: Hit): boolean {
  return /^[^\p{L}]*(?:(?:and|but|so|even|then|for example|of course)[\s,]+)?$/u.test(
    scene.folded.slice(sentence.start, cue.start),
  );
}

/** What is to come is not said to be. A retirement and a price are told ahead of their day, so they are only expected when doubted. */
export function isExpected(scene: Scene, hit: Hit, clause: Clause): boolean {
  if (hit.family.startsWith('identity')) return false;
  if (/^(?:retire|deprecate|price)/.test(hit.family)) {
    return scene.hits.has({ start: clause.start, end: hit.start }, 'hedge');
  }
  return (
    isDatedAhead(scene, hit, clause) ||
    scene.hits.within(clause, 'prospective').some((cue) => governs(scene, cue, hit))
  );
}

/** "launches on June 1", said in May: a present that means the future. */
function isDatedAhead(scene: Scene, hit: Hit, clause: Clause): boolean {
  if (!/^release\.(?:now|ing)$/.test(hit.family)) return false;
  const behind = datesWithin(scene, { start: hit.end, end: clause.end });
  return behind.some(({ interval }) => interval.from.slice(0, 10) > scene.today);
}

function textOf(scene: Scene, { start, end }: Range): string {
  return scene.folded.slice(start, end);
}

/** A cue ahead of the predicate, or close behind it ("launches soon"); not one within the predicate itself. */
function governs(scene: Scene, cue: Hit, hit: Hit): boolean {
  if (cue.start >= hit.start && cue.end <= hit.end) return false;
  if (cue.family.endsWith('noun') && cue.start > hit.start) return false;
  // "By the end of the day every tier had it": a moment ahead of a past is past.
  if (/past$/.test(hit.family) && /^(?:by|within|later|over)\b/.test(textOf(scene, cue)))
    return false;
  return cue.start < hit.start
    ? wordsBetween(scene, cue.end, hit.start) <= REACH_AHEAD
    : wordsBetween(scene, hit.end, cue.start) <= REACH_BEHIND;
}
