import type { Evidence } from '../../domain/evidence.ts';
import type { BodyHash, EvidenceId, SnapshotId } from '../../domain/ids.ts';
import type { Subject } from '../../domain/subject.ts';
import type { Instant } from '../../domain/time.ts';
import type { Transition, Verdict } from '../../domain/verdict.ts';

/** A dated snapshot: a day, a compact day, or the four digits of early ones, at the end or before `preview`. */
const STAMP = /-(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{4})(?=$|-preview$)/;

/** Letters with a version, as vendors begin the ids of one generation: `gpt-5.5`, `o3`, `gpt-4o`, `claude-opus-4-7`. */
const GENERATION =
  /^[a-z]+(?:-[a-z]+)*?-?\d{1,2}(?![\dk])(?:[.-]\d{1,2}(?![\da-z])|\.\d{1,2})?[a-z]?(?=-|$)/;

/** The model a dated snapshot is one of; the id itself for everything else. */
export function modelOf(id: string): string {
  return id.replace(STAMP, '');
}

export function isSnapshot({ id, kind }: Pick<Subject, 'id' | 'kind'>): boolean {
  return kind === 'snapshot' || modelOf(id) !== id;
}

/**
 * What the ids of one launch have in common: GPT-5.5, GPT-5.5 Pro and their snapshots are of the family `gpt-5.5`. An
 * id without a version is a family of its own.
 */
export function familyOf(id: string): string {
  const model = modelOf(id);
  return GENERATION.exec(model)?.[0] ?? model;
}

/** What is known of several ids, without the snapshots of models that are among them. */
export function withoutTwins<T>(all: readonly T[], idOf: (one: T) => string): readonly T[] {
  const ids = new Set(all.map(idOf));
  return all.filter((one) => {
    const model = modelOf(idOf(one));
    return model === idOf(one) || !ids.has(model);
  });
}

/** Whether two names hold the same version and a noun: `ChatGPT Images 2.0` and `GPT Image 2` come out as one. */
export function sharesName(a: string, b: string): boolean {
  const [one, other] = [a, b].map((name) => {
    const words = name.toLowerCase().split(/[^\p{L}\d.]+/u);
    return {
      versions: words.filter((word) => /^\d{1,2}(\.\d+)?$/.test(word)).map(Number),
      nouns: words
        .filter((word) => /^\p{L}{4,}$/u.test(word))
        .map((word) => word.replace(/s$/, '')),
    };
  });
  const shares = <T>(of: readonly T[] = [], those: readonly T[] = []) =>
    of.some((word) => those.includes(word));
  return shares(one?.versions, other?.versions) && shares(one?.nouns, other?.nouns);
}

/** Whether two ids are of one family, or have a word in common: `gpt-transcribe` and `gpt-live-transcribe`. */
export function isKin(a: string, b: string): boolean {
  if (familyOf(a) === familyOf(b)) return true;
  const words = (id: string) => new Set(modelOf(id).match(/[a-z]{4,}/g) ?? []);
  const others = words(b);
  return [...words(a)].some((word) => others.has(word));
}

/** What is known of a subject at a moment. */
export interface Assessed {
  subject: Subject;
  /** All verdicts as they stand. */
  verdicts: readonly Verdict[];
  evidence: ReadonlyMap<EvidenceId, Evidence>;
}

/** What happened to one subject at one check. */
export interface SubjectUpdate extends Assessed {
  at: Instant;
  transitions: readonly Transition[];
  interest: Interest;
  /** The picture that was taken of the page just read, by its snapshot. */
  pictures?: ReadonlyMap<SnapshotId, BodyHash> | undefined;
}

/**
 * How much somebody wants to hear of a subject: `followed` by name or because a vendor revealed it, `listed` for
 * everything else of a vendor, `none` for what is muted for good.
 */
export type Interest = 'followed' | 'listed' | 'none';
