import type { Evidence } from '../domain/evidence.ts';
import type { EvidenceId } from '../domain/ids.ts';
import { isVendorClass, PUBLISHER_CLASSES, speakerWords } from '../domain/publisher.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { SaidView } from './surface-view.ts';

/** The sentences a claim rests on, and where their publishers' names come from. */
export interface Sentences {
  evidence: ReadonlyMap<EvidenceId, Evidence>;
  publisherName(domain: string): string;
}

/** The best sentence for a claim: of what is confirmed the vendor's own, else that of the weightiest voice. */
export function bestFor(verdict: Verdict, sentences: Sentences): SaidView | null {
  const pieces = piecesOf(verdict.for, sentences);
  const own = pieces.filter(({ publisherClass }) => isVendorClass(publisherClass));
  return best(verdict.level === 'confirmed' ? own : pieces, sentences);
}

/** The best sentence against it; a denial that speaks of an earlier time is none. */
export function bestAgainst(verdict: Verdict, sentences: Sentences): SaidView | null {
  const outdated = new Set(
    verdict.heard
      .filter(({ stance, inInterval }) => stance === 'deny' && !inInterval)
      .flatMap(({ evidence }) => evidence),
  );
  const pieces = piecesOf(verdict.against, sentences).filter(({ id }) => !outdated.has(id));
  const isOwnNeeded = verdict.level === 'confirmed';
  return best(
    isOwnNeeded ? pieces.filter((piece) => isVendorClass(piece.publisherClass)) : pieces,
    sentences,
  );
}

function piecesOf(ids: readonly EvidenceId[], { evidence }: Sentences): readonly Evidence[] {
  return ids.flatMap((id) => evidence.get(id) ?? []);
}

function best(pieces: readonly Evidence[], { publisherName }: Sentences): SaidView | null {
  const [first] = [...pieces].sort(byWeight);
  if (first === undefined) return null;
  const { quote, publisher, publisherClass, observedAt, url, id, relays } = first;
  const name = speakerWords(publisherName(publisher), relays);
  return { quote, publisher: name, class: publisherClass, at: observedAt, url, evidence: id };
}

/** Prose before a bare id or the row of a table, then the weightier publisher, then the later word. */
function byWeight(a: Evidence, b: Evidence): number {
  return (
    Number(isVendorClass(b.publisherClass)) - Number(isVendorClass(a.publisherClass)) ||
    Number(isProse(b)) - Number(isProse(a)) ||
    PUBLISHER_CLASSES.indexOf(a.publisherClass) - PUBLISHER_CLASSES.indexOf(b.publisherClass) ||
    (a.observedAt > b.observedAt ? -1 : 1)
  );
}

function isProse({ quote }: Evidence): boolean {
  return quote.trim().includes(' ') && !quote.includes(' | ');
}
