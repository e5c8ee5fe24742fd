import { facetLabel } from '../../src/domain/claim.ts';
import type { Instant } from '../../src/domain/time.ts';
import type { Known } from '../../src/read/known.ts';
import { statusOf } from '../../src/read/status.ts';

/** One row of an expected state, as the corpus and the recordings write it. */
export interface ExpectedState {
  subject: string;
  facet: string;
  level: string;
  status?: string | undefined;
  flags?: readonly string[] | undefined;
}

export interface FoundState {
  level: string;
  status: string;
  flags: readonly string[];
}

/** The state of a claim at a moment, as `status --json` gives it; what nobody spoke of is unknown. */
export async function stateAt(
  known: Known,
  { subject, facet }: Pick<ExpectedState, 'subject' | 'facet'>,
  at: Instant,
): Promise<FoundState> {
  const nothing = { level: 'unknown', status: 'never_reported', flags: [] };
  if (known.subject(subject) === null) return nothing;
  const view = await statusOf(known, subject, at);
  const claim = view.claims.find((one) => facetLabel(one) === facet);
  return claim ?? nothing;
}

/** Flags that must be absent where they are not listed; the others are free. */
const STRICT = ['disputed', 'primary_silent'];

/** What is wrong with a state, in words; empty when it is as expected. */
export function differences(expected: ExpectedState, found: FoundState): readonly string[] {
  const wrong: string[] = [];
  if (found.level !== expected.level) wrong.push(`level ${found.level}, not ${expected.level}`);
  if (expected.status !== undefined && found.status !== expected.status) {
    wrong.push(`status ${found.status}, not ${expected.status}`);
  }
  if (expected.flags === undefined) return wrong;
  for (const flag of expected.flags) if (!found.flags.includes(flag)) wrong.push(`no ${flag}`);
  for (const flag of STRICT) {
    if (found.flags.includes(flag) && !expected.flags.includes(flag)) wrong.push(`has ${flag}`);
  }
  return wrong;
}
