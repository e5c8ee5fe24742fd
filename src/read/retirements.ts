import * as z from 'zod';
import type { Instant } from '../domain/time.ts';
import { type Day, dayOf, instantOf, SECOND } from '../domain/time.ts';
import { retirementDay, retirementEvidence } from './glance.ts';
import type { Answer } from './known.ts';
import { answerFor, type Known } from './known.ts';

const LIST = z.object({ data: z.array(z.unknown()) });
const ROW = z.object({ id: z.string(), created: z.number().positive() });

/**
 * The day on which a vendor's list says that a model was made, out of the stored answer that first held it; null where
 * another channel shows it too, or the list gives no day. It is no day of release: lists are months off either way.
 */
export async function listedDay(
  { store }: Pick<Known, 'store'>,
  answer: Answer,
): Promise<Day | null> {
  const { subject, verdicts, record } = answer;
  const listed = verdicts.find(
    ({ claim, level }) =>
      claim.facet === 'api_listed' && claim.value === null && level === 'confirmed',
  );
  const pieces = record.evidence.filter(({ id }) => listed?.decisive.includes(id));
  const [first] = pieces;
  if (first === undefined || pieces.some(({ sourceKind }) => sourceKind !== 'model-list'))
    return null;
  const snapshot = await store.snapshots.get(first.snapshot);
  const body = snapshot === null ? null : await store.snapshots.body(snapshot.capture.bodyHash);
  if (body === null) return null;
  const created = createdIn(new TextDecoder().decode(body), subject.id);
  return created === null ? null : dayOf(instantOf(created * SECOND));
}

/** What a list states of one row; of no other shape anything is said. */
function createdIn(text: string, id: string): number | null {
  const pages = [parsed(text)].flat().flatMap((page) => LIST.safeParse(page).data?.data ?? []);
  const rows = pages.flatMap((row) => ROW.safeParse(row).data ?? []);
  return rows.find((row) => row.id === id)?.created ?? null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const retirementsView = z.strictObject({
  asOf: z.iso.datetime(),
  retirements: z.array(
    z.strictObject({
      subject: z.string(),
      name: z.string(),
      vendor: z.string(),
      /** The vendor by the name people know it by. */
      vendorName: z.string(),
      /** The day of the shutdown, as the vendor dates it. */
      day: z.iso.date(),
      status: z.string(),
      quote: z.string(),
      url: z.string(),
      /** When the vendor was first seen to say so, and last. */
      firstSeen: z.iso.datetime(),
      lastSeen: z.iso.datetime(),
    }),
  ),
});

export type RetirementsView = z.output<typeof retirementsView>;

/** Every dated retirement that a vendor states, the earliest first. */
export async function retirementsOf(known: Known, asOf: Instant): Promise<RetirementsView> {
  const targets = await known.store.targets.list();
  const retirements: RetirementsView['retirements'] = [];
  const verdicts = await known.store.claims.verdicts();
  const claims = await Promise.all(verdicts.map(({ claim }) => known.store.claims.get(claim)));
  const named = claims.filter((claim) => claim?.facet === 'retired').map((claim) => claim?.subject);
  for (const id of new Set(named)) {
    const subject = known.subject(id ?? '');
    if (subject === null) continue;
    const answer = await answerFor(known, subject, asOf, targets);
    const retired = answer.verdicts.find(
      ({ claim, level }) => claim.facet === 'retired' && level === 'confirmed',
    );
    const day = retirementDay(answer);
    const pieces = retirementEvidence(answer);
    const [first, last] = [pieces[0], pieces.at(-1)];
    if (retired === undefined || day === null || first === undefined || last === undefined)
      continue;
    retirements.push({
      ...{ subject: subject.id, name: subject.name, vendor: subject.vendor, day },
      vendorName: known.vendorName(subject.vendor),
      ...{ status: retired.status, quote: last.quote, url: last.url },
      ...{ firstSeen: first.observedAt, lastSeen: last.observedAt },
    });
  }
  return { asOf, retirements: retirements.sort((a, b) => (a.day < b.day ? -1 : 1)) };
}
