import { facetLabel } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Facet } from '../../domain/facet.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import { isVendorClass } from '../../domain/publisher.ts';
import { DAY, type Day, dayOf, elapsed, instantOf } from '../../domain/time.ts';
import type { Verdict } from '../../domain/verdict.ts';

const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

export function isDate(value: string): boolean {
  return DATE.test(value);
}

/**
 * Whether two dates can mean the same moment: equal as far as the coarser one goes, or at most the policy's
 * tolerance apart (time zones, next-day writers). Null when one of them is no date.
 */
export function areCompatibleDates(a: string, b: string, tolerance: number): boolean | null {
  if (!isDate(a) || !isDate(b)) return null;
  const shared = Math.min(a.length, b.length);
  if (a.slice(0, shared) === b.slice(0, shared)) return true;
  if (a.length < 10 || b.length < 10) return false;
  return Math.abs(elapsed(a, b)) <= tolerance * DAY;
}

/** The last day a date can mean: itself, or the last of its month or year. */
export function lastDayOf(date: string): Day {
  if (date.length === 10) return date;
  const [year = '', month = '12'] = date.split('-');
  return dayOf(instantOf(Date.UTC(Number(year), Number(month), 0)));
}

/** A day that somebody gives for what a facet says, and who does. */
interface GivenDay {
  day: string;
  /** Whether the vendor itself gives it and it is confirmed. */
  isVendors: boolean;
  by: readonly string[];
}

type Said = ReadonlyMap<EvidenceId, Evidence>;

/**
 * The days given for a facet, the one that counts first: the vendor's before all others, of several of the vendor the
 * newsroom's, then the one that more pages give, then the earliest.
 */
export function givenDays(
  facet: Facet,
  verdicts: readonly Pick<Verdict, 'claim' | 'level' | 'for'>[],
  evidence: Said,
  nameOf: (publisher: string) => string,
): readonly GivenDay[] {
  const dated = verdicts.filter(
    ({ claim }) =>
      claim.value !== null &&
      isDate(claim.value) &&
      facetLabel(claim) === `${facet}@${claim.value}`,
  );
  return dated
    .map((verdict) => {
      const pieces = verdict.for.flatMap((id) => evidence.get(id) ?? []);
      const own = pieces.filter(({ publisherClass }) => isVendorClass(publisherClass));
      const isVendors = verdict.level === 'confirmed' && own.length > 0;
      const speaking = isVendors ? own : pieces;
      return {
        ...{ day: verdict.claim.value ?? '', isVendors },
        by: [...new Set(speaking.map(({ publisher }) => nameOf(publisher)))],
        isNewsroom: own.some(({ sourceKind }) => NEWSROOM.has(sourceKind)),
        pages: new Set(speaking.map(({ url }) => url)).size,
      };
    })
    .filter(({ by }) => by.length > 0)
    .sort(
      (a, b) =>
        Number(b.isVendors) - Number(a.isVendors) ||
        (a.isVendors ? Number(b.isNewsroom) - Number(a.isNewsroom) : b.pages - a.pages) ||
        (a.day < b.day ? -1 : 1),
    )
    .map(({ day, isVendors, by }) => ({ day, isVendors, by }));
}

/** Where a vendor announces; its changelog may have its entry a day later. */
const NEWSROOM: ReadonlySet<Evidence['sourceKind']> = new Set(['newsroom', 'article']);
