import type { Evidence, VoiceEdge } from '../../domain/evidence.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import { DAY, type Instant, plus } from '../../domain/time.ts';
import type { Voice } from '../../domain/verdict.ts';

/** Forces that count as unhedged support (verification policy, section 4, row 4). */
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

/** Finds each group's representative: groups joined by an edge seen by `at` are one origin. */
export function originsOf(edges: readonly VoiceEdge[], at: Instant): (group: string) => string {
  const parents = new Map<string, string>();
  function root(group: string): string {
    let current = group;
    for (let up = parents.get(current); up !== undefined; up = parents.get(current)) current = up;
    return current;
  }
  for (const edge of edges) {
    if (edge.observedAt > at) continue;
    const a = root(edge.a);
    const b = root(edge.b);
    if (a === b) continue;
    // The first in the alphabet represents both, so that the order of edges changes nothing.
    if (a < b) parents.set(b, a);
    else parents.set(a, b);
  }
  return root;
}

/** The group that speaks in a piece of evidence: outlets a page only names are one voice, relayed by that page. */
export function speakerOf(evidence: Evidence, origin: (group: string) => string): string {
  const group = origin(evidence.group);
  return evidence.relays === null ? group : `relayed-via:${group}`;
}

/** The group a voice counts for: a page and what it relays are never two. */
export function countedGroup(speaker: string): string {
  return speaker.startsWith('relayed-via:') ? speaker.slice('relayed-via:'.length) : speaker;
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
export function eventTime(evidence: Evidence): Instant {
  const told = evidence.validTime?.from ?? evidence.effective?.from;
  if (told === undefined) return evidence.observedAt;
  const start = told.length === 10 ? `${told}T00:00:00.000Z` : told;
  return start < evidence.observedAt ? start : evidence.observedAt;
}

/** What each group says, the supporting ones first; denials are in interval when they reach supported events. */
export function voicesOf(
  support: readonly Evidence[],
  against: readonly Evidence[],
  origin: (group: string) => string,
): readonly Voice[] {
  const earliest = support.map(eventTime).sort()[0];
  const voices = new Map<string, { voice: Omit<Voice, 'evidence'>; evidence: EvidenceId[] }>();
  function add(evidence: Evidence, stance: Voice['stance'], inInterval: boolean): void {
    const group = speakerOf(evidence, origin);
    const key = `${stance} ${group}`;
    const known = voices.get(key);
    if (known === undefined) {
      voices.set(key, { voice: { group, stance, inInterval }, evidence: [evidence.id] });
      return;
    }
    known.evidence.push(evidence.id);
    if (inInterval) known.voice = { ...known.voice, inInterval };
  }
  for (const one of support) add(one, isUnhedged(one) ? 'support' : 'hedged', true);
  for (const one of against) {
    add(one, 'deny', earliest !== undefined && spokenUntil(one) >= earliest);
  }
  return [...voices.values()].map(({ voice, evidence }) => ({ ...voice, evidence }));
}
