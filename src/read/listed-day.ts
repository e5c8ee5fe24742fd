import * as z from 'zod';
import { type Day, dayOf, instantOf, SECOND } from '../domain/time.ts';
import type { Answer, Known } from './known.ts';

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
