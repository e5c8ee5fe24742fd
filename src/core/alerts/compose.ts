import type { AlertKind, Message, Move } from '../../domain/alert.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { type BodyHash, type EvidenceId, idOf, type SnapshotId } from '../../domain/ids.ts';
import type { Subject } from '../../domain/subject.ts';
import type { Instant } from '../../domain/time.ts';
import type { Transition, Verdict } from '../../domain/verdict.ts';
import { explain } from '../verdict/explanation.ts';
import { movesOf } from './level-changes.ts';
import { proofsOf } from './proofs.ts';
import { type ItemChange, sourceChangesOf } from './source-changes.ts';
import { titleOf } from './title.ts';

/** What happened to one subject at one check. */
export interface Happening {
  at: Instant;
  subject: Pick<Subject, 'id' | 'name' | 'vendor' | 'discovered'>;
  transitions: readonly Transition[];
  /** All verdicts of the subject as they stand now. */
  verdicts: readonly Verdict[];
  evidence: ReadonlyMap<EvidenceId, Evidence>;
  /** Changes at primary sources that name the subject. */
  changes: readonly ItemChange[];
  /** The picture that was taken of the page just read, by its snapshot. */
  pictures?: ReadonlyMap<SnapshotId, BodyHash>;
}

export interface Composing {
  thread: string;
  /** Nothing was ever told of the subject. */
  isFirst: boolean;
  /** The name people know a publisher by. */
  nameOf: (publisher: string) => string;
}

/**
 * One message on one subject: what moved, the words that prove it, what could not be checked, and what changed at the
 * source. Null when there is nothing to tell: everything was quiet, known before, or waits to be seen again.
 */
export function composeMessage(happening: Happening, composing: Composing): Message | null {
  const { at, subject, transitions, verdicts } = happening;
  const moves = movesOf(transitions, verdicts);
  const changes = sourceChangesOf(happening.changes);
  if (moves.length === 0 && changes.length === 0) return null;
  const moved = new Set(moves.map(({ transition }) => transition));
  const told = transitions.filter(({ id }) => moved.has(id));
  const concerned = verdictsOf(told, verdicts);
  const kind = kindOf(happening, moves, composing);
  return {
    alert: idOf('al', subject.id, ...moved, ...changes.map(({ change }) => change)),
    kind,
    at,
    thread: composing.thread,
    title: titleOf(kind, subject.name, moves, changes),
    subject: subject.id,
    name: subject.name,
    vendor: subject.vendor,
    moves,
    proofs: proofsOf(told, happening, composing.nameOf),
    changes,
    unchecked: [...new Set(concerned.flatMap((verdict) => wordsOn(verdict, happening).unchecked))],
    because: becauseOf(concerned, happening),
    entries: [],
  };
}

function kindOf(
  { subject, at }: Happening,
  moves: readonly Move[],
  { isFirst }: Composing,
): AlertKind {
  const { discovered } = subject;
  const isRevealed = discovered?.firstHand === true && discovered.baseline !== true;
  const isNew = isRevealed && (isFirst || discovered.at === at);
  if (isNew) return 'discovery';
  return moves.length > 0 ? 'level' : 'source';
}

function verdictsOf(
  transitions: readonly Transition[],
  verdicts: readonly Verdict[],
): readonly Verdict[] {
  const claims = new Set(transitions.map(({ claim }) => claim));
  return verdicts.filter(({ claim }) => claims.has(claim.key));
}

/** The rule of each verdict and what its flags mean, each said once. */
function becauseOf(verdicts: readonly Verdict[], happening: Happening): readonly string[] {
  const sentences = verdicts.flatMap((verdict) => {
    const { rule, flags } = wordsOn(verdict, happening);
    return [rule, ...flags.map(flagSentence)];
  });
  return [...new Set(sentences)];
}

/** `date_conflict: sources give …` as a sentence of a message. */
function flagSentence(flag: string): string {
  const [name = '', ...rest] = flag.split(':');
  const words = name.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${[words.slice(1), ...rest].join(':')}.`;
}

function wordsOn(verdict: Verdict, { evidence, verdicts }: Happening) {
  const claims = new Map(verdicts.map(({ claim }) => [claim.key, claim]));
  const claimOf = claims.get.bind(claims);
  return explain(verdict, { evidence, claimOf, nameOf: (domain) => domain });
}
