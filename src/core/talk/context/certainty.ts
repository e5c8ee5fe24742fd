import type { Evidentiality, Force, Polarity } from '../../../domain/evidence.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Clause } from '../document/clause.ts';
import type { Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';
import { BE, DETERMINERS, DO, HAVE, isAdverb, MODALS } from '../syntax/word-classes.ts';

/** How firmly, and on what, a statement rests by its own account. */
export interface Standing {
  force: Force;
  evidentiality: Evidentiality;
  relays: string | null;
}

/** By whom and how firmly a predicate is said, from the cues around it. The weakest cue decides. */
export function standingOf(scene: Scene, hit: Hit, clause: Clause, polarity: Polarity): Standing {
  const relays = outletIn(scene, clause) ?? scene.copyOf;
  const force = forceOf(scene, hit, clause, polarity, relays);
  return { force, evidentiality: evidentialityOf(scene, clause, force), relays };
}

function forceOf(
  scene: Scene,
  hit: Hit,
  clause: Clause,
  polarity: Polarity,
  relays: string | null,
): Force {
  const { hits } = scene;
  const isReported = isHearsay(scene, hit, clause);
  if (hit.family === 'date.set' && polarity === 'support') {
    return isReported || isHedged(scene, hit, clause) ? 'report' : 'forecast';
  }
  if (isHedged(scene, hit, clause)) return 'hedge';
  if (isReported) return 'report';
  if (relays !== null) return 'relayed';
  if (hits.has(clause.sentence, 'attribution.vendor')) return 'attributed';
  if (seenByFew(scene, clause)) return 'report';
  return isPartial(scene, hit, clause, polarity) ? 'assert_partial' : 'assert';
}

/** What is there for some, or still on its way, is there. */
function isPartial(scene: Scene, hit: Hit, clause: Clause, polarity: Polarity): boolean {
  return polarity === 'support' && (scene.hits.has(clause, 'partial') || /ing$/.test(hit.family));
}

/** Told by nobody in particular: in the clause, or ahead of the predicate in its sentence. */
function isHearsay(scene: Scene, hit: Hit, clause: Clause): boolean {
  const ahead = { start: clause.sentence.start, end: hit.start };
  return [clause, ahead].some((range) =>
    scene.hits.within(range, 'report').some((cue) => !isOfNamed(scene, cue, clause.sentence)),
  );
}

/** "Reuters reports that": what a named outlet reports is its word, and no hearsay. */
function isOfNamed(scene: Scene, cue: Hit, sentence: Range): boolean {
  const isWithin = ({ start, end }: Range) => cue.start < end && start < cue.end;
  if (scene.hits.within(sentence, 'source').some(isWithin)) return true;
  if (!scene.folded.startsWith('report', cue.start)) return false;
  return scene.hits
    .within(sentence, 'outlet')
    .some(({ end }) => end <= cue.start && areHelpers(scene.folded.slice(end, cue.start)));
}

/** Nothing but helpers: auxiliaries, adverbs, determiners. */
function areHelpers(text: string): boolean {
  const classes = [BE, HAVE, DO, MODALS, DETERMINERS];
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.every(
    (word) => word === 's' || isAdverb(word) || classes.some((one) => one.has(word)),
  );
}

/** A hedge within the predicate itself is part of what is said; an identity is hedged by anything in its sentence. */
function isHedged(scene: Scene, hit: Hit, clause: Clause): boolean {
  const isIdentity = hit.family.startsWith('identity');
  const around = isIdentity ? clause.sentence : clause;
  return scene.hits
    .within(around, 'hedge')
    .some((cue) => !(cue.start >= hit.start && cue.end <= hit.end));
}

function evidentialityOf(scene: Scene, clause: Clause, force: Force): Evidentiality {
  switch (force) {
    case 'report':
      return 'unnamed';
    case 'attributed':
      return groundOf(scene, clause.sentence);
    case 'assert':
    case 'assert_partial':
      return firstHand(scene, clause);
    default:
      return 'none';
  }
}

/** Only those in the group can see an A/B rollout: told without a source, it is hearsay. */
function seenByFew(scene: Scene, clause: Range): boolean {
  return /\ba\/b[ -](?:rollouts?|test(?:s|ing)?)\b/.test(
    scene.folded.slice(clause.start, clause.end),
  );
}

function groundOf(scene: Scene, sentence: Range): Evidentiality {
  const vendor = scene.context.names.subjects()[0]?.vendor ?? '';
  const linked = scene.masked.links.some(
    ({ start, end, address }) =>
      start >= sentence.start && end <= sentence.end && vendor !== '' && address.includes(vendor),
  );
  return linked ? 'link_to_primary' : 'named_quote';
}

const OWN_EYES =
  /\b(?:i|we) (?:have |just |also |then )?(?:tested|tried|used|called|saw|seen|checked|ran|measured|confirmed)\b|\bmy (?:screenshot|test|account|key|own)\b/;

function firstHand(scene: Scene, clause: Range): Evidentiality {
  return OWN_EYES.test(scene.folded.slice(clause.start, clause.end)) ? 'first_hand' : 'none';
}

/** The outlet whose words a stretch passes on, by name; null when it passes on none. */
function outletIn(
  scene: Scene,
  { start, end, sentence }: Range & { sentence: Range },
): string | null {
  const own = scene.hits.within({ start, end }, 'outlet')[0];
  const outlet = own ?? scene.hits.within({ start: sentence.start, end }, 'outlet').at(-1);
  if (outlet === undefined) return null;
  return scene.masked.text.slice(outlet.start, outlet.end).trim();
}
