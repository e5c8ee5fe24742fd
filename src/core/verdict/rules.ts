import { Bug } from '../../domain/errors.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Facet } from '../../domain/facet.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import type { SourceKind } from '../../domain/source-kind.ts';
import { earliest, type Instant, latest } from '../../domain/time.ts';
import type { ConfirmationLevel, Rule, Verdict } from '../../domain/verdict.ts';
import { isReadByModelAlone } from '../../domain/watcher.ts';
import { isOpen, type SourceHistory, type Stretch } from '../claims/source-history.ts';
import { isUnhedged, lastHeldFrom } from '../provenance/independent-voices.ts';
import { countGroups } from '../provenance/origins.ts';
import type { Assessment } from './assessment.ts';

/** What a row of the table found. */
export type Finding = Pick<Verdict, 'rule' | 'level' | 'since' | 'decisive' | 'supersededBy'>;

/** What a row found, apart from its own number and level; null when it does not hold. */
type Row = (assessment: Assessment) => RowFinding | null;

type RowFinding = Pick<Finding, 'since' | 'decisive'> & Partial<Pick<Finding, 'supersededBy'>>;

/** Facets that tell of something that happened: an artefact found gone does not undo it while another stands. */
const EVENTS = new Set<Facet>([
  'announced',
  'deprecated',
  'retired',
  'sdk_typed',
  'identity',
  'date',
]);

/**
 * The decision table of docs/verdicts.md: the first row that holds wins, and row 2 is asked
 * before row 1.
 * @internal
 */
export const TABLE: readonly (readonly [Rule, ConfirmationLevel, Row])[] = [
  ['2', 'withdrawn', withdrawn],
  ['1', 'confirmed', confirmed],
  ['3', 'contradicted', contradicted],
  ['4', 'secondary', agreed],
  ['4b', 'secondary', singleAuthority],
  ['5', 'rumor', reported],
  ['6', 'unknown', denied],
  ['7', 'unknown', unheard],
];

export function decide(assessment: Assessment): Finding {
  for (const [rule, level, row] of TABLE) {
    const found = row(assessment);
    if (found !== null) return { rule, level, supersededBy: null, ...found };
  }
  throw new Bug('The last row of the decision table holds for everything.');
}

/** A reading that was taken back says nothing of whether the source still shows it. */
function isTakenOut(history: SourceHistory): boolean {
  return history.stretches.at(-1)?.end === 'taken_out';
}

/**
 * Row 2: it was confirmed, and everything that could be found gone has been found gone. What is so at a time (listed,
 * documented, priced) ends with the pages and lists that showed it, although an old entry still tells of it.
 */
function withdrawn(assessment: Assessment): RowFinding | null {
  const { claim, histories } = assessment;
  const stood = histories.filter(
    (history) => history.stretches.length > 0 && !hasLapsed(history, assessment),
  );
  if (stood.length === 0) return null;
  const showing = stood.filter(
    (history) => history.artefact !== 'permanent' && !isTakenOut(history),
  );
  const judged = EVENTS.has(claim.facet) || showing.length === 0 ? stood : showing;
  if (judged.some(isOpen)) return null;
  const goneAt = latest(judged.map(({ stretches }) => stretches.at(-1)?.until ?? '')) ?? '';
  const again = stood.some(
    (history) => isOpen(history) && (history.stretches.at(-1)?.from ?? '') > goneAt,
  );
  if (again) return null;
  return { since: goneAt, decisive: idsOf(judged.map(lastStatement)) };
}

/** Channels that are edited for their own reasons: what they no longer name has not ended (docs/verdicts.md). */
const WITHDRAWS_NOTHING = new Set<SourceKind>([
  'guide',
  'model-index',
  'pricing',
  'arena',
  'package',
  'spec',
  'sitemap',
]);

/** What a channel showed and no longer shows, where that says nothing: a row taken from a guide, a price not given. */
function hasLapsed(history: SourceHistory, { claim, otherFigures }: Assessment): boolean {
  if (isOpen(history) || isTakenOut(history)) return false;
  // A price has changed where the same page gives another one.
  if (claim.facet === 'priced')
    return !otherFigures.some(({ target }) => target === history.target);
  const [first] = history.evidence;
  return first !== undefined && WITHDRAWS_NOTHING.has(first.sourceKind);
}

/** Row 1: somebody who may say so shows it, or showed it where its absence says nothing and nobody withdrew it. */
function confirmed(assessment: Assessment): RowFinding | null {
  const { histories } = assessment;
  const standing = histories.filter(isOpen);
  const lapsed = histories.filter(
    (history) => history.stretches.length > 0 && hasLapsed(history, assessment),
  );
  const open = standing.length > 0 ? standing : lapsed;
  if (open.length === 0) return null;
  return {
    since: runStart(histories.flatMap((history) => history.stretches)),
    decisive: idsOf(open.map(lastStatement)),
  };
}

/** When the run of overlapping stretches that reaches to now began. */
function runStart(stretches: readonly Stretch[]): Instant {
  const sorted = [...stretches].sort((a, b) => (a.from < b.from ? -1 : 1));
  let start: Instant | null = null;
  let end: Instant | null = '';
  for (const { from, until } of sorted) {
    if (start === null || (end !== null && from > end)) start = from;
    if (until === null || (end !== null && until > end)) end = until;
  }
  return start ?? '';
}

/** The newest statement of a history, which carries its proof. */
function lastStatement({ evidence }: SourceHistory): Evidence {
  return evidence.reduce((best, one) => (one.knownAt >= best.knownAt ? one : best));
}

/** Row 3: an authority says the opposite, and nobody speaks of a time after that; or it gives another value. */
function contradicted({ primaryAgainst, rivals, support }: Assessment): RowFinding | null {
  const held = lastHeldFrom(support);
  const denials = primaryAgainst.filter(({ observedAt }) => held === null || observedAt >= held);
  const against = byKnown([...rivals, ...denials]);
  const [first] = against;
  if (first === undefined) return null;
  const supersededBy = rivals[0]?.claim ?? null;
  return { since: first.knownAt, decisive: idsOf(against), supersededBy };
}

/**
 * Row 4: enough independent groups say so unhedged, at least one of them captured, and enough of them without an interest
 * and in words that the rules read.
 */
function agreed(assessment: Assessment): RowFinding | null {
  const unhedged = assessment.support.filter(isUnhedged);
  const since = firstMoment(unhedged, (known) => isAgreement(known, assessment));
  return since === null ? null : { since, decisive: idsOf(unhedged) };
}

function isAgreement(known: readonly Evidence[], { origins, policy }: Assessment): boolean {
  const captured = known.some(({ relays }) => relays === null);
  const voices = captured ? countGroups(known, origins) : 0;
  if (!captured || voices < policy.minVoices) return false;
  const sure = known.filter((one) => one.publisherClass !== 'S4' && !isReadByModelAlone(one));
  const sureVoices = sure.length === known.length ? voices : countGroups(sure, origins);
  return sureVoices >= policy.reading.readByRules;
}

/** Row 4b: edited press in its own words or with a named spokesperson, or the vendor itself on what it cannot prove. */
function singleAuthority({ support }: Assessment): RowFinding | null {
  const weighty = byKnown(support.filter(isWeighty));
  const [first] = weighty;
  if (first === undefined) return null;
  return { since: first.knownAt, decisive: idsOf(weighty) };
}

/** Whether one source alone is enough for `secondary`. */
export function isWeighty(evidence: Evidence): boolean {
  const inOwnWords = evidence.force === 'assert' || evidence.force === 'assert_partial';
  if (evidence.relays !== null || isReadByModelAlone(evidence)) return false;
  if (evidence.publisherClass === 'S1') {
    return inOwnWords || evidence.evidentiality === 'named_quote';
  }
  return /^[PQ]/.test(evidence.publisherClass) && inOwnWords;
}

/** Row 5: anybody says so, however carefully. */
function reported({ support }: Assessment): RowFinding | null {
  if (support.length === 0) return null;
  return { since: earliest(support.map(({ knownAt }) => knownAt)), decisive: idsOf(support) };
}

/** Row 6: nobody says so, and somebody says the opposite. A denial that only a model read is a flag and no more. */
function denied(assessment: Assessment): RowFinding | null {
  const against = assessment.against.filter((one) => !isReadByModelAlone(one));
  if (against.length === 0) return null;
  return { since: null, decisive: idsOf(against) };
}

/** Row 7: nothing. */
function unheard(): RowFinding {
  return { since: null, decisive: [] };
}

/** The earliest moment at which what was known by then made the condition hold; conditions only grow. */
function firstMoment(
  evidence: readonly Evidence[],
  holds: (known: readonly Evidence[]) => boolean,
): Instant | null {
  if (!holds(evidence)) return null;
  const sorted = byKnown(evidence);
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted.slice(0, middle + 1))) high = middle;
    else low = middle + 1;
  }
  return sorted[low]?.knownAt ?? null;
}

function byKnown(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.toSorted((a, b) => (a.knownAt < b.knownAt ? -1 : 1));
}

function idsOf(evidence: readonly Evidence[]): readonly EvidenceId[] {
  return evidence.map(({ id }) => id);
}
