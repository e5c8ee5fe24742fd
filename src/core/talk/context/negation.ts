import type { Hit } from '../cues/lexicon.ts';
import type { Clause } from '../document/clause.ts';
import { mentionsWithin, type Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';
import { countWords, isOneOf, wordsBetween } from '../document/tokens.ts';

/** How far a negation reaches, in words: ahead of a predicate, and behind a noun. */
const REACH_AHEAD = 8;
const REACH_BEHIND = 5;

/** Verbs and adjectives that add nothing to the noun they take: "has not made any official announcement". */
const LIGHT = new Set(
  (
    'it him us them been be made make had have has given give gave issued seen see published put out up received get got ' +
    'find found offered held posted any a an the yet such one single kind sort of so far much as in on to via through or and ' +
    'its their his official public formal general full wide broad real proper firm launch release new own actual current model ' +
    'api chatgpt openai s hard exact specific concrete dedicated separate working known live confirmed set named said disclosed ' +
    'shared revealed announced mentioned word even for at all called call used use reached reach accessed access available served ' +
    'offered exposed listed run running working shipped opened'
  ).split(' '),
);
/** Negations that go with a verb, or are one. */
const VERBAL = /not|n't|nicht|não|pas|nunca|never|absent|missing|lack|none|nowhere|fail|yet/;
const INVERTED =
  /\b(?:it|this|that|these|they|there) (?:is|was|has|are|were|does|did)(?: not|n't)\W*$/;

/** Whether a predicate denies by what it is, and not by a negation over it. */
export function deniesByItself({ family }: Pick<Hit, 'family'>): boolean {
  return family.startsWith('deny') || family === 'access.cannot';
}

/**
 * Whether a predicate is denied: by itself, or by a negation over it. Negations of one clause agree ("no page, no price"),
 * so they count once; right before a word that denies by itself they turn it round ("no longer under wraps").
 */
export function isDenied(scene: Scene, hit: Hit, clause: Clause): boolean {
  const cues = scene.hits
    .within(clause, 'negator')
    .filter((cue) => isFree(scene, cue, hit, clause));
  if (deniesByItself(hit)) return !cues.some((cue) => turnsRound(scene, cue, hit));
  // The verb of a German clause has its negation behind it, at the end.
  if (scene.language === 'de') return cues.length > 0;
  const tail = scene.folded.slice(hit.end, clause.end);
  return INVERTED.test(tail) || cues.some((cue) => reaches(scene, cue, hit));
}

function turnsRound(scene: Scene, cue: Hit, hit: Hit): boolean {
  if (cue.end > hit.start || wordsBetween(scene, cue.end, hit.start) > 1) return false;
  return !/^(?:no|none|nothing|neither|nor)$/.test(scene.folded.slice(cue.start, cue.end));
}

/** "three contestants nobody had introduced": words that only tell what sort of things they are. */
const MODIFIED =
  /\b(?:an?|some|several|any|two|three|four|five|six|a few|many|other|\d+)\s(?:[\w-]+\s){0,4}[\w-]*(?:s|er|or|el|ion|entry|thing|one)\s(?:that\s|which\s|who\s)?$/;

/** Whether a negation stands in a clause that describes things new to the text, and denies nothing of a model. */
export function isDescribing(scene: Scene, cue: Hit, clause: Range): boolean {
  return (
    /^(?:nobody|no one|none)/.test(scene.folded.slice(cue.start, cue.end)) &&
    MODIFIED.test(scene.folded.slice(clause.start, cue.start))
  );
}

/** A negation within a phrase that denies nothing does not count, nor one that describes something else. */
function isFree(scene: Scene, cue: Hit, hit: Hit, clause: Clause): boolean {
  if (isDescribing(scene, cue, clause)) return false;
  const isWithin = cue.start < hit.end && cue.end > hit.start;
  const isOwnWord = !/not|n't|never/.test(scene.folded.slice(cue.start, cue.end));
  if (isWithin && (isOwnWord || deniesByItself(hit))) return false;
  return !scene.hits
    .within(clause.sentence, 'pseudo')
    .some((phrase) => phrase.start <= cue.start && phrase.end >= cue.end);
}

function reaches(scene: Scene, cue: Hit, hit: Hit): boolean {
  if (cue.start >= hit.start && cue.end <= hit.end) return true;
  const text = scene.folded.slice(cue.start, cue.end);
  return cue.end <= hit.start
    ? reachesAhead(scene, cue, text, hit)
    : reachesBehind(scene, cue, text, hit);
}

function reachesAhead(scene: Scene, cue: Hit, text: string, hit: Hit): boolean {
  const between = unnamed(scene, { start: cue.end, end: hit.start });
  const words = countWords(between);
  if (words > REACH_AHEAD || /\b(?:that|whether|because|if)\b/.test(between)) return false;
  if (text.startsWith('without')) return words <= 1;
  return scene.language !== 'en' || !/noun$/.test(hit.family) || isOneOf(between, LIGHT);
}

/** A noun may be denied by the verb behind it; a verb by its object ("disclosed nothing", "published no post"). */
function reachesBehind(scene: Scene, cue: Hit, text: string, hit: Hit): boolean {
  const gap = countWords(unnamed(scene, { start: hit.end, end: cue.start }));
  if (/noun$|^access\.state$/.test(hit.family)) return gap <= REACH_BEHIND && VERBAL.test(text);
  const isVerb = /^(?:announce|release|document)\./.test(hit.family);
  return isVerb && gap === 0 && /^(?:no|nothing|none|neither)/.test(text);
}

/** The words of a stretch without the names in it. */
function unnamed(scene: Scene, range: Range): string {
  let text = scene.folded.slice(range.start, range.end);
  for (const { span } of mentionsWithin(scene, range)) {
    const [from, to] = [span[0] - range.start, span[1] - range.start];
    text = text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);
  }
  return text;
}
