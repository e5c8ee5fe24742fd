import type { Polarity } from '../../domain/evidence.ts';
import { type Clause, isVendorsAct } from './discourse.ts';
import { isAdvice } from './english.ts';
import type { Hit } from './lexicon.ts';
import { mentionsWithin, type Scene } from './scene.ts';
import type { Range } from './sentences.ts';

/** How far a negation reaches, in words: ahead of a predicate, and behind a noun. */
const REACH_AHEAD = 8;
const REACH_BEHIND = 5;

/** The form of a predicate, by its family (`release.past`), and of the lists that deny by themselves. */
export function formOf(hit: Hit): string {
  return hit.family.slice(hit.family.indexOf('.') + 1);
}

export function actOf(hit: Hit): string {
  return hit.family.split('.')[0] ?? hit.family;
}

/**
 * Whether a predicate is said to hold (`support`), said not to hold (`deny`), or not said at all (null): asked,
 * supposed, expected, imagined, wished, advised, quoted in order to be doubted.
 */
export function assertionOf(scene: Scene, hit: Hit, clause: Clause): Polarity | null {
  if (isSupposed(scene, hit, clause)) return null;
  const denied = isDenied(scene, hit, clause);
  const polarity: Polarity = denied ? 'deny' : 'support';
  if (!assertsByForm(scene, hit, clause, denied)) return null;
  if (!denied && isExpected(scene, hit, clause)) return null;
  return polarity;
}

/** "not how it ships", "said when it launches": what is only asked after within a statement. */
const EMBEDDED = /\b(?:how|why|whether|(?:know|say|see|learn|tell|of|about|from|guess) what)(?: \w+){1,6} $/;

/** Questions apart: what stands under a condition, in an imagined world, in an opinion, or under "not known". */
function isSupposed(scene: Scene, hit: Hit, clause: Clause): boolean {
  const { sentence } = clause;
  const { hits } = scene;
  const ahead = { start: sentence.start, end: hit.start };
  if (hits.has(ahead, 'unasserted') || hits.has(clause, 'unasserted')) return true;
  if (hits.has(ahead, 'counterfactual')) return true;
  if (scene.language === 'en' && isAdvice(segmentOf(scene, hit, sentence))) return true;
  if (EMBEDDED.test(scene.folded.slice(clause.start, hit.start))) return true;
  if (hits.has(sentence, 'opinion')) return true;
  return isConditional(scene, hit, clause);
}

/** The part of a sentence a predicate stands in, from the last colon, semicolon or dash on. */
function segmentOf(scene: Scene, hit: Hit, { start }: Range): string {
  const before = scene.folded.slice(start, hit.start);
  const cut = Math.max(...[': ', '; ', '—', ' - '].map((sign) => before.lastIndexOf(sign)));
  return before.slice(cut < 0 ? 0 : cut + 1).trimStart() + scene.folded.slice(hit.start, hit.end);
}

/** An `if` that opens the sentence holds for all of it; one within a clause for what follows it there. */
function isConditional(scene: Scene, hit: Hit, clause: Clause): boolean {
  const { hits } = scene;
  const opening = hits.within(clause.sentence, 'conditional')[0];
  if (opening !== undefined && opensAt(scene, clause.sentence, opening)) return true;
  if (hits.has({ start: clause.start, end: hit.start }, 'conditional')) return true;
  const isPast = /(?:past|noun)$/.test(hit.family) || hit.family.startsWith('deny');
  return !isPast && hit.family !== 'date.set' && hits.has({ start: clause.start, end: hit.start }, 'temporal');
}

function opensAt(scene: Scene, sentence: Range, cue: Hit): boolean {
  return /^[^\p{L}]*(?:(?:and|but|so|even|then|for example|of course)[\s,]+)?$/u.test(
    scene.folded.slice(sentence.start, cue.start),
  );
}

/** What is to come is not said to be. */
export function isExpected(scene: Scene, hit: Hit, clause: Clause): boolean {
  if (hit.family.startsWith('identity')) return false;
  if (hit.family.startsWith('retire') || hit.family.startsWith('deprecate')) {
    return scene.hits.has({ start: clause.start, end: hit.start }, 'hedge');
  }
  return scene.hits.within(clause, 'prospective').some((cue) => governs(scene, cue, hit));
}

/** A prospective cue ahead of the predicate, or close behind it ("launches soon"); not one within the predicate itself. */
function governs(scene: Scene, cue: Hit, hit: Hit): boolean {
  if (cue.start >= hit.start && cue.end <= hit.end) return false;
  if (cue.start < hit.start) return wordsBetween(scene, cue.end, hit.start) <= REACH_AHEAD;
  return wordsBetween(scene, hit.end, cue.start) <= 4;
}

/**
 * Whether a predicate is denied: by itself, or by a negation over it. Negations of one clause agree ("no page, no price"),
 * so they count once; over a word that denies by itself they turn it round ("no longer under wraps").
 */
function isDenied(scene: Scene, hit: Hit, clause: Clause): boolean {
  const own = hit.family.startsWith('deny') || hit.family === 'access.cannot';
  const cues = scene.hits
    .within(clause, 'negator')
    .filter((cue) => isFree(scene, cue, hit, clause));
  if (own) return !cues.some((cue) => turnsRound(scene, cue, hit));
  return isInverted(scene, hit, clause) || cues.some((cue) => reaches(scene, cue, hit));
}

/** "not undocumented", "no longer under wraps": a negation right before a word that denies. */
function turnsRound(scene: Scene, cue: Hit, hit: Hit): boolean {
  if (cue.end > hit.start || wordsBetween(scene, cue.end, hit.start) > 1) return false;
  return !/^(?:no|none|nothing|neither|nor)$/.test(scene.folded.slice(cue.start, cue.end));
}

/** A negation within a phrase that denies nothing does not count. */
function isFree(scene: Scene, cue: Hit, hit: Hit, clause: Clause): boolean {
  const isWithin = cue.start < hit.end && cue.end > hit.start;
  if (isWithin && !/not|n't|never/.test(scene.folded.slice(cue.start, cue.end))) return false;
  if (isWithin && (hit.family.startsWith('deny') || hit.family === 'access.cannot')) return false;
  return !scene.hits
    .within(clause.sentence, 'pseudo')
    .some((phrase) => phrase.start <= cue.start && phrase.end >= cue.end);
}

function reaches(scene: Scene, cue: Hit, hit: Hit): boolean {
  if (cue.start >= hit.start && cue.end <= hit.end) return true;
  const text = scene.folded.slice(cue.start, cue.end);
  if (cue.end <= hit.start) return reachesAhead(scene, cue, text, hit);
  const gap = wordsBetween(scene, hit.end, cue.start);
  if (/noun$|^access\.state$/.test(hit.family)) return gap <= REACH_BEHIND && VERBAL.test(text);
  // "disclosed nothing", "published no post": a verb's object may carry its negation.
  const isVerb = /^(?:announce|release|document)\./.test(hit.family);
  return isVerb && gap === 0 && /^(?:no|nothing|none|neither)/.test(text);
}

/** Verbs that add nothing to the noun they take: "has not made any announcement". */
const LIGHT =
  /^(?:\s|\b(?:been|be|made|make|had|have|has|given|give|gave|issued|seen|see|published|put|out|up|received|get|got|find|found|offered|held|posted|any|a|an|the|yet|such|one|single|kind|sort|of|so|far|much|as|in|on|to|via|through|or|and|its|their|his|\w+ly|official|public|formal|general|full|wide|broad|real|proper|firm|launch|release|new|own|actual|current|model|api|chatgpt|openai's?|hard|exact|specific|concrete|dedicated|separate|working|first-party|known|live|single|confirmed|firm|set|named|said|disclosed|shared|revealed|announced|mentioned|word|even|even a|for|at all)\b)*$/;

function reachesAhead(scene: Scene, cue: Hit, text: string, hit: Hit): boolean {
  const between = scene.folded.slice(cue.end, hit.start);
  const words = countWords(between);
  if (words > REACH_AHEAD || /\b(?:that|whether|because|if)\b/.test(between)) return false;
  if (text.startsWith('without')) return words <= 2;
  return scene.language !== 'en' || !/noun$/.test(hit.family) || LIGHT.test(between);
}

/** Negations that go with a verb, or are one. */
const VERBAL = /not|n't|never|absent|missing|lack|none|nowhere|fail|yet|without/;

/** "General release this is not." */
function isInverted(scene: Scene, hit: Hit, clause: Clause): boolean {
  const tail = scene.folded.slice(hit.end, clause.end);
  return /\b(?:it|this|that|these|they|there) (?:is|was|has|are|were|does|did)(?: not|n't)\W*$/.test(
    tail,
  );
}

export function wordsBetween(scene: Scene, from: number, to: number): number {
  return countWords(scene.folded.slice(from, to));
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}']+/gu)?.length ?? 0;
}

const DO_SUPPORT = /\b(?:did|does|do|didn't|doesn't|don't)(?: \w+){0,2} $/;
const BE =
  /\b(?:is|are|was|were|be|been|am|being|s|re|became|becomes?|remains?|stays?|stayed|made|seems?|appears?|goes|went|now|currently|already|still|finally|today|officially|begins?|began|starts?|started)(?: \w+){0,3} $/;
const MODAL = /\b(?:may|might|could|should|would|must)(?: \w+){0,2} $/;
const DETERMINED =
  /\b(?:the|a|an|no|any|its|their|this|that|new|of|recent|official|public|press|model|first|next|last|past|previous|latest|for|s) $/;
/** What is said of a launch that took place. */
const HAPPENS =
  /^(?: (?:of|for|to|in|on)\b[^,;]{0,60}?)? (?:has |have |had )?(?:just |now |finally |already |quietly )?(?:happened|took|taken|came|come|followed|arrived|occurred|went ahead|gone ahead|(?:is|are) being (?:widened|extended|granted|opened|expanded|phased)|(?:is|are|was|were) (?:widened|extended|granted|opened|expanded)|is (?:real|done|official|here|live|complete|over|under ?way|behind us|in progress|public)|was (?!expected|delayed|planned|cancelled|canceled|postponed|rumou?red|a rumou?r|fake|false)|has been (?!delayed|postponed|rumou?red)|began|begun|started|kicked off|covers|covered|puts|put|brings|brought|reached|reaches|opened|opens|marks|marked|made|makes|gave|gives|goes|runs|is (?:through|via|by))\b/;
/** Words before a launch that take it for granted. */
const GRANTED =
  /\b(?:since|after|following|upon|with|given|despite|thanks to|at|on|by) (?:(?:its|the|their|this|that|openai's|yesterday's|today's|\w+day's|last week's|the (?:official|public)|april's) )?(?:official |public |full |surprise |quiet |recent )?$/;
const EXISTENTIAL =
  /\b(?:there (?:is|was|has been|have been)|this (?:is|was|one is)|it (?:is|was)|that (?:is|was)|here is|we have|has|have|had|got|with) (?:now |already |finally )?(?:a|an|the|its)(?: \w+){0,2} $|\b(?:carries|carried|posted|published|ran|issued|made|put out|shared) (?:a|an|the|its)(?: \w+){0,2} $/;

/** "outlets describe a launch": what others report they say. */
function isReportOf(scene: Scene, hit: Hit, clause: Clause): boolean {
  const ahead = { start: clause.start, end: hit.start };
  const isLaunch = hit.family === 'release.noun';
  return (
    isLaunch &&
    scene.hits.has(ahead, 'outlet') &&
    REPORTS.test(scene.folded.slice(clause.start, hit.start))
  );
}

const REPORTS = /\b(?:describe|report|cover|announce|confirm|note|call|mention|speak)\w*\b/;
const USED =
  /\b(?:us(?:e|es|ed|ing)|call(?:s|ed|ing)?|exposed|served|offered|lists?|listed|runs?|running|works?)\b[^.]{0,60} $/;
const PRICED =
  /^ (?:is|are|was|were|start|starts|match|matches|stay|stays|come|comes|cost|costs|drop|dropped|fall|fell|rise|rose|land|lands|sit|sits|run|runs|remain|remains|of \$|at \$|: ?\$|\$)/;
const PAID = /\b(?:comes? to|costs?|runs?|pays?|charges?|charged|at|for|from)(?: \w+)? $/;
const DOCUMENTS =
  /^ (?:now |already |also |page |entry )*(?:lists?|describes?|names?|covers?|shows?|mentions?|includes?|documents?|carries|has|gives?)\b/;
const OWNED =
  /\b(?:has|have|had|with|backed by|got|its own|published|posted|updated|gained|lists?|shows?|names?|describes?|there (?:is|are)|has been given)(?: \w+){0,3} $/;

/** Whether the form of a predicate asserts at all, in English: by its verb form, or what stands around a noun. */
function assertsByForm(scene: Scene, hit: Hit, clause: Clause, denied: boolean): boolean {
  // Elsewhere the form is in the pattern; a noun alone asserts nothing in any language.
  if (scene.language !== 'en')
    return denied || !/noun$/.test(hit.family) || hit.family === 'test.noun';
  const before = `${scene.folded.slice(clause.start, hit.start).trimEnd()} `;
  const behind = scene.folded.slice(hit.end, clause.end);
  switch (formOf(hit)) {
    case 'base':
      return denied ? !MODAL.test(before) : DO_SUPPORT.test(before);
    case 'ing':
      return (
        denied || BE.test(before) || isBare(before) || /^(?:beg|star)/.test(textOf(scene, hit))
      );
    case 'now':
      return !(DETERMINED.test(before) && /s$/.test(textOf(scene, hit)));
    case 'noun':
      return denied || isNounAsserted(hit, before, behind) || isReportOf(scene, hit, clause);
    case 'state':
      return (
        denied ||
        BE.test(before) ||
        isBare(before) ||
        /^(?:now|generally|publicly|already)/.test(textOf(scene, hit))
      );
    case 'published':
      return denied || isVendorsAct(scene, hit, clause.start) || isDoneTo(scene, hit, clause);
    case 'confirmed':
      return denied || isVendorsAct(scene, { ...hit, family: 'announce.past' }, clause.start);
    case 'past':
      return (
        /^(?:retire|deprecate)/.test(hit.family) ||
        !/\b(?:to|yet to|will|would|could|may|might|should|must) (?:be |have )?$/.test(before) ||
        denied
      );
    default:
      return true;
  }
}

/** "gpt-image-2 was published": a model, a form of to be, the verb. */
function isDoneTo(scene: Scene, hit: Hit, clause: Clause): boolean {
  const named = mentionsWithin(scene, { start: clause.start, end: hit.start }).at(-1);
  if (named === undefined) return false;
  return /^ (?:\w+ )?(?:was|were|is|are|been|being)\b/.test(
    scene.folded.slice(named.span[1], hit.start),
  );
}

function textOf(scene: Scene, hit: Hit): string {
  return scene.folded.slice(hit.start, hit.end);
}

/** Nothing, a sign or a list mark before: a fragment says it all by itself. */
function isBare(before: string): boolean {
  return /(?:^|[,:"'(]) *$/.test(before.replace(/ +$/, ''));
}

function isNounAsserted(hit: Hit, before: string, behind: string): boolean {
  switch (hit.family) {
    case 'test.noun':
      return true;
    case 'api.noun':
      return USED.test(before);
    case 'price.noun':
      return (
        PAID.test(before) ||
        PRICED.test(behind) ||
        BE.test(before) ||
        /^costs|^cost /.test(behind.trim())
      );
    case 'document.noun':
      return OWNED.test(before) || DOCUMENTS.test(behind);
    case 'date.noun':
      return false;
    default:
      return HAPPENS.test(behind) || EXISTENTIAL.test(before) || GRANTED.test(before);
  }
}
