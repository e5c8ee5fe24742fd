import type { Evidence } from '../../domain/evidence.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import { DAY, type Day, type Instant, plus } from '../../domain/time.ts';
import type { Voice } from '../../domain/verdict.ts';
import { type Origins, type Speaking, speakingOver } from './origins.ts';

/** Forces that count as unhedged support (docs/verdicts.md). */
const UNHEDGED = new Set<Evidence['force']>(['assert', 'assert_partial', 'attributed', 'relayed']);

/** What will be, or what an author concludes, is not said to be so. */
const NOT_SAID = new Set<Evidence['force']>(['forecast', 'inference']);

export function isUnhedged(evidence: Pick<Evidence, 'force'>): boolean {
  return UNHEDGED.has(evidence.force);
}

/** Why a piece of evidence says nothing for or against a claim; null when it does. */
export function reasonToSetAside(evidence: Evidence): string | null {
  if (evidence.publisherClass === 'X') return 'popularity proves nothing';
  if (evidence.silenceOf !== null) {
    return `a second-hand report that ${evidence.silenceOf} shows nothing; our own check counts`;
  }
  if (evidence.force === 'forecast') return 'a forecast says nothing of what is';
  if (evidence.polarity === 'deny' && NOT_SAID.has(evidence.force))
    return 'a conclusion denies nothing';
  return null;
}

/** The group that speaks in a piece of evidence: outlets a page only names are one voice, relayed by that page. */
function speakerOf(evidence: Evidence, speaking: Speaking): string {
  const group = speaking(evidence);
  return evidence.relays === null ? group : `relayed-via:${group}`;
}

/** The last moment a statement speaks of: what it denies after that, it does not deny. */
export function spokenUntil(evidence: Evidence): Instant {
  const { effective, observedAt } = evidence;
  if (effective === null) return observedAt;
  const end = effective.to ?? effective.from;
  const last = end.length === 10 ? plus(end, DAY - 1) : end;
  return last < observedAt ? last : observedAt;
}

/** When what a statement asserts is said to have happened. */
function eventTime(evidence: Evidence): Instant {
  return notAfter(evidence.validTime?.from ?? evidence.effective?.from, evidence.observedAt);
}

/** The last moment from which anything of what is supported is said to hold; null when nothing is. No stamp moves it. */
export function lastHeldFrom(support: readonly Evidence[]): Instant | null {
  let last: Instant | null = null;
  for (const { validTime, observedAt } of support) {
    const from = notAfter(validTime?.from, observedAt);
    if (last === null || from > last) last = from;
  }
  return last;
}

function notAfter(told: Instant | Day | undefined, seen: Instant): Instant {
  if (told === undefined) return seen;
  const start = told.length === 10 ? `${told}T00:00:00.000Z` : told;
  return start < seen ? start : seen;
}

/** What each group says, the supporting ones first; denials are in interval when they reach supported events. */
export function voicesOf(
  support: readonly Evidence[],
  against: readonly Evidence[],
  origins: Origins,
): readonly Voice[] {
  const voices = new Map<string, { voice: Omit<Voice, 'evidence'>; evidence: EvidenceId[] }>();
  function add(evidence: Evidence, stance: Voice['stance'], group: string, inInterval: boolean) {
    const key = `${stance} ${group}`;
    const known = voices.get(key);
    if (known === undefined) {
      voices.set(key, { voice: { group, stance, inInterval }, evidence: [evidence.id] });
      return;
    }
    known.evidence.push(evidence.id);
    if (inInterval) known.voice = { ...known.voice, inInterval };
  }
  const firmly = speakingOver(support.filter(isUnhedged), origins);
  const atAll = speakingOver(support, origins);
  for (const one of support) {
    if (isUnhedged(one)) add(one, 'support', speakerOf(one, firmly), true);
    else add(one, 'hedged', speakerOf(one, atAll), true);
  }
  const denying = speakingOver(against, origins);
  const event = support.map(eventTime).sort()[0];
  for (const one of against) {
    // As of an earlier day a denial says nothing of what came after.
    const inInterval = event !== undefined && spokenUntil(one) >= event;
    add(one, 'deny', speakerOf(one, denying), inInterval);
  }
  return [...voices.values()].map(({ voice, evidence }) => ({ ...voice, evidence }));
}

/** The voice that each piece of a record counts for, among those that say the same of the same claim. */
export function voiceNames(
  evidence: readonly Evidence[],
  origins: Origins,
): ReadonlyMap<EvidenceId, string> {
  const alike = new Map<string, Evidence[]>();
  for (const piece of evidence) {
    const key = `${piece.claim} ${piece.polarity}`;
    const known = alike.get(key);
    if (known === undefined) alike.set(key, [piece]);
    else known.push(piece);
  }
  const names = new Map<EvidenceId, string>();
  for (const pieces of alike.values()) {
    const speaking = speakingOver(pieces, origins);
    for (const piece of pieces) names.set(piece.id, speakerOf(piece, speaking));
  }
  return names;
}
