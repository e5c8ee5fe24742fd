import type { Mention } from '../../names/mention.ts';
import {
  areHelpers,
  areNamedTogether,
  isLabelOn,
  isReference,
  leavesObjectOpen,
  leavesSubjectOpen,
  opensWithOwn,
} from '../context/closed-class-words.ts';
import { deniesByItself } from '../context/negation.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Argument, Clause } from '../document/clause.ts';
import { mentionsWithin, type Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';

/** Acts a vendor does to a model, with the model behind the verb. */
const TRANSITIVE = /^(?:release|announce|retire|deprecate)\./;

/**
 * Whom a predicate is said of: the names in its clause by the side they stand on, else the name its relative clause
 * hangs on, else, where the clause leaves its subject open, what the text is about.
 */
export function argumentsOf(scene: Scene, hit: Hit, clause: Clause): readonly Argument[] {
  const named = mentionsWithin(scene, clause).filter((one) => isSpokenOf(scene, one, clause));
  if (named.length > 0) return togetherWith(scene, chosen(scene, hit, clause, named), named);
  const others = mentionsWithin(scene, clause);
  if (others.some(({ span }) => isLabelOn(scene.folded.slice(span[1], span[1] + 40)))) return [];
  if (others.length > 0 && !isOpen(scene, hit, clause)) return [];
  const hung = relativeHead(scene, clause);
  if (hung !== null) return [argumentOf(hung)];
  const listed = listedBehind(scene, clause);
  if (listed.length > 0) return togetherWith(scene, listed[0], listed);
  if (scene.hits.has(clause, 'foreign')) return [];
  return isOpen(scene, hit, clause) ? implied(scene, clause) : [];
}

function argumentOf(mention: Mention): Argument {
  return { subject: mention.subject, aliasClaimed: mention.claimed };
}

/** Whether a name is what is spoken of: no measure of something else, and no label on something else. */
export function isSpokenOf(scene: Scene, { span }: Mention, within: Range): boolean {
  return (
    !isReference(scene.folded.slice(within.start, span[0])) &&
    !isLabelOn(scene.folded.slice(span[1], span[1] + 40))
  );
}

/** The name a predicate takes: behind the verb when the vendor does it, before it otherwise. */
function chosen(
  scene: Scene,
  hit: Hit,
  clause: Range,
  named: readonly Mention[],
): Mention | undefined {
  const before = named.filter(({ span }) => span[0] < hit.start).at(-1);
  const behind = named.find(({ span }) => span[0] >= hit.start);
  if (/ by$/.test(scene.folded.slice(hit.start, hit.end))) return behind ?? before;
  const byVendor = isVendorsAct(scene, hit, before?.span[1] ?? clause.start);
  return byVendor ? (behind ?? before) : (before ?? behind);
}

/** Whether the vendor is the one who does what a verb says: named right before it, helpers apart. */
export function isVendorsAct(scene: Scene, hit: Hit, from: number): boolean {
  if (!TRANSITIVE.test(hit.family)) return false;
  const vendor = scene.hits.within({ start: from, end: hit.start }, 'vendor').at(-1);
  if (vendor === undefined) return false;
  return scene.language !== 'en' || areHelpers(scene.folded.slice(vendor.end, hit.start));
}

/** A name with those it is named together with. */
function togetherWith(
  scene: Scene,
  one: Mention | undefined,
  named: readonly Mention[],
): readonly Argument[] {
  if (one === undefined) return [];
  const at = named.indexOf(one);
  let from = at;
  let to = at;
  while (from > 0 && joined(scene, named[from - 1], named[from])) from--;
  while (to < named.length - 1 && joined(scene, named[to], named[to + 1])) to++;
  const group = named.slice(from, to + 1);
  const distinct = new Map(group.map((mention) => [mention.subject, argumentOf(mention)]));
  return withFamily(scene, [...distinct.values()]);
}

/** Members that make up a family when they are named together. */
const WHOLE_FAMILY = 3;

/** "Sol, Terra and Luna are out": what is said of all of them is said of their family. */
function withFamily(scene: Scene, group: readonly Argument[]): readonly Argument[] {
  const families = new Set(group.map(({ subject }) => familyOf(scene, subject)));
  const [family] = families;
  if (group.length < WHOLE_FAMILY || families.size > 1 || family === undefined || family === null) {
    return group;
  }
  return [...group, { subject: family, aliasClaimed: false }];
}

/** The family a model belongs to by its id, when the catalogue holds it. */
function familyOf(scene: Scene, subject: string): string | null {
  const cut = subject.lastIndexOf('-');
  const family = subject.slice(0, Math.max(0, cut));
  return scene.context.names.subject(family)?.kind === 'family' ? family : null;
}

function joined(scene: Scene, a: Mention | undefined, b: Mention | undefined): boolean {
  if (a === undefined || b === undefined || b.span[0] < a.span[1]) return false;
  return areNamedTogether(scene.folded.slice(a.span[1], b.span[0]));
}

/** "GPT-5.6, which OpenAI released": the name the clause hangs on. */
function relativeHead(scene: Scene, clause: Clause): Mention | null {
  if (!/^(?:which|who|that|whose)\b/.test(scene.folded.slice(clause.start, clause.end)))
    return null;
  const before = { start: clause.sentence.start, end: clause.start };
  return mentionsWithin(scene, before).at(-1) ?? null;
}

/** "Two ids were added: gpt-image-2 and …": the names behind the colon. */
function listedBehind(scene: Scene, { end, sentence }: Clause): readonly Mention[] {
  const [colon] = /^\s*:\s*/.exec(scene.folded.slice(end, sentence.end)) ?? [];
  if (colon === undefined) return [];
  const named = mentionsWithin(scene, { start: end, end: sentence.end });
  const [first] = named;
  if (first?.span[0] !== end + colon.length) return [];
  return /^\s*(?:[,.;]|and\b|&|$)/.test(scene.folded.slice(first.span[1], sentence.end))
    ? named
    : [];
}

/** Whether a predicate without a name is left to be said of what the text is about. */
function isOpen(scene: Scene, hit: Hit, clause: Clause): boolean {
  if (scene.language !== 'en') return true;
  const before = scene.folded.slice(clause.start, hit.start);
  const behind = scene.folded.slice(hit.end, clause.end);
  if (deniesByItself(hit)) return isCopula(scene, hit) ? leavesSubjectOpen(before) : true;
  if (/\.noun$/.test(hit.family)) return isOwnNoun(behind) && isSaidOfOwn(before);
  if (TRANSITIVE.test(hit.family)) {
    if (isVendorsAct(scene, hit, clause.start)) return leavesObjectOpen(behind);
    if (takesPronoun(scene, hit, clause)) return true;
  }
  return isOpenVerb(scene, hit, clause, before, behind);
}

function isCopula(scene: Scene, hit: Hit): boolean {
  return (
    hit.family === 'deny.release' &&
    /^(?:is|are|was|were)/.test(scene.folded.slice(hit.start, hit.end))
  );
}

function isOpenVerb(
  scene: Scene,
  hit: Hit,
  clause: Clause,
  before: string,
  behind: string,
): boolean {
  if (/^access\.(?:can|may|ask)$/.test(hit.family)) return isOwnObject(scene, hit, clause, behind);
  if (hit.family.startsWith('access') && scene.hits.has(clause, 'anaphor')) return true;
  if (hit.family.startsWith('sight') && scene.hits.has(clause, 'nameless')) return false;
  return leavesSubjectOpen(before) && sharesOpenSubject(scene, before, clause);
}

/** "to introduce the model": a pronoun right behind the verb. */
function takesPronoun(scene: Scene, hit: Hit, clause: Range): boolean {
  const [next] = scene.hits.within({ start: hit.end, end: clause.end }, 'anaphor');
  return next !== undefined && next.start - hit.end <= 2;
}

/** What people can use is the model when nothing else is named as what they use. */
function isOwnObject(scene: Scene, hit: Hit, clause: Clause, behind: string): boolean {
  if (scene.hits.has({ start: hit.start, end: clause.end }, 'anaphor')) return true;
  return hit.family !== 'access.may' && leavesObjectOpen(behind);
}

/** A clause that opens with its verb takes its subject over from the one before; that must be open too. */
function sharesOpenSubject(scene: Scene, before: string, { start, sentence }: Clause): boolean {
  const opens = before.replace(/^(?:and|but|then|or|yet|so|, )+/g, '');
  if (start === sentence.start || !areHelpers(opens) || !/^\s*$/.test(opens)) return true;
  const ahead = scene.folded
    .slice(sentence.start, start)
    .replace(/^(?:on|in|at|around|by|since|after|before|for|as of) [^,]+, /, '');
  return opensWithOwn(ahead);
}

/** "A leak is not a launch": what a noun is said of must not be something else. */
function isSaidOfOwn(before: string): boolean {
  const [, subject] =
    /^(.*?)\b(?:is|are|was|were)(?: not|n't)?(?: yet)? (?:an?|the|any)\b[^,]*$/.exec(before) ?? [];
  return subject === undefined || leavesSubjectOpen(subject);
}

/** A noun needs no subject; what it is the noun of must not be something else ("the launch of a new office"). */
function isOwnNoun(behind: string): boolean {
  const of = /^\s+(?:of|for|to|by)\s+(.{0,60})/.exec(behind)?.[1];
  return of === undefined || leavesObjectOpen(` ${of}`);
}

/** What a clause without a name speaks of: the codename its plural takes up, else what the text is about. */
function implied(scene: Scene, clause: Clause): readonly Argument[] {
  const ahead = { start: clause.sentence.start, end: clause.start };
  const inSentence = mentionsWithin(scene, ahead)
    .filter((one) => isSpokenOf(scene, one, ahead))
    .at(-1);
  if (inSentence !== undefined) return [argumentOf(inSentence)];
  const { model, codename, section } = clause.memory;
  if (takesUpPlural(scene, clause)) return codename === null ? [] : [argumentOf(codename)];
  const other = (scene.hits.has(clause, 'anaphor') ? model : null) ?? section;
  if (other !== null) return [argumentOf(other)];
  if (scene.topic === null) return [];
  const family = takesUpFamily(scene, clause) ? familyOf(scene, scene.topic) : null;
  return [{ subject: family ?? scene.topic, aliasClaimed: false }];
}

function takesUpFamily(scene: Scene, { start, end }: Range): boolean {
  return /\b(?:the (?:family|trio|line-?up|series|three|pair)|all (?:three|four))\b/.test(
    scene.folded.slice(start, end),
  );
}

function takesUpPlural(scene: Scene, { start, end }: Range): boolean {
  return /^(?:(?:then|while|although|and|but|as) )?(?:they|those|these|them|the (?:models|entries|three))\b/.test(
    scene.folded.slice(start, end),
  );
}
