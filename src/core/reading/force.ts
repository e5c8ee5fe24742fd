import type { Evidentiality, Force, Polarity } from '../../domain/evidence.ts';
import type { Clause } from './discourse.ts';
import type { Hit } from './lexicon.ts';
import { outletIn } from './relays.ts';
import type { Scene } from './scene.ts';
import type { Range } from './sentences.ts';

/** How firmly, and on what, a statement rests by its own account. */
export interface Standing {
  force: Force;
  evidentiality: Evidentiality;
  relays: string | null;
}

/** By whom and how firmly a predicate is said, from the cues around it. The weakest cue decides. */
export function standingOf(scene: Scene, hit: Hit, clause: Clause, polarity: Polarity): Standing {
  const { hits } = scene;
  const ahead = { start: clause.sentence.start, end: hit.start };
  const relays = outletIn(scene, clause);
  const isReported = hits.has(clause, 'report') || hits.has(ahead, 'report');
  const around = hit.family.startsWith('identity') ? clause.sentence : clause;
  const isHedged =
    hits.within(around, 'hedge').some((cue) => !covers(cue, hit)) ||
    (hit.family.startsWith('identity') && hits.has(around, 'prospective'));
  const isVendors = hits.has(clause.sentence, 'attribution.vendor');
  if (hit.family === 'date.set' && polarity === 'support') {
    return { force: 'forecast', evidentiality: 'none', relays };
  }
  if (isHedged) return { force: 'hedge', evidentiality: 'none', relays };
  if (seenByFew(scene, clause) && !isVendors)
    return { force: 'report', evidentiality: 'none', relays };
  if (relays !== null)
    return { force: isReported ? 'report' : 'relayed', evidentiality: 'none', relays };
  if (isReported) return { force: 'report', evidentiality: 'unnamed', relays };
  if (isVendors)
    return { force: 'attributed', evidentiality: groundOf(scene, clause.sentence), relays };
  const isPartial =
    polarity === 'support' && (hits.has(clause, 'partial') || /ing$/.test(hit.family));
  const force = isPartial ? 'assert_partial' : 'assert';
  return { force, evidentiality: firstHand(scene, clause), relays };
}

/** Only those in the group can see an A/B rollout: told without a source, it is hearsay. */
function seenByFew(scene: Scene, clause: Range): boolean {
  return /\ba\/b[ -](?:rollouts?|test(?:s|ing)?)\b/.test(
    scene.folded.slice(clause.start, clause.end),
  );
}

/** A hedge within the predicate itself is part of what is said. */
function covers(cue: Range, hit: Range): boolean {
  return cue.start >= hit.start && cue.end <= hit.end;
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
