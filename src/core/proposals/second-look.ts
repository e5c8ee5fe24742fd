import type { Statement } from '../../domain/evidence.ts';
import type { Item } from '../../domain/item.ts';
import { DEFAULT_POLICY } from '../verdict/policy.ts';
import { type CheckContext, checkedProposals } from './checked.ts';
import { countedAlone } from './combined.ts';
import { answerAbout, type Given } from './given.ts';
import { type Holds, type KeptAnswer, numberedChecks } from './proposed.ts';
import { type ModelQuestion, secondQuestion } from './question.ts';

/** What a model is asked back about. */
export interface SecondLook {
  /** What it alone read that would count. */
  statements: readonly Statement[];
  /** Null when no question about it fits. */
  question: ModelQuestion | null;
}

/** What is asked back about a kept answer, in as many tokens as its own question had. Null when nothing in it is new. */
export function secondLook(
  { item, given, ...context }: { item: Item; given: Given } & CheckContext,
  kept: readonly unknown[],
  { asks, answers }: ModelQuestion,
): SecondLook | null {
  const checked = checkedProposals(item, kept, context);
  const statements = countedAlone(given.statements, checked, DEFAULT_POLICY.reading);
  if (statements.length === 0) return null;
  return { statements, question: secondQuestion(item, given, statements, asks + answers) };
}

/** What was answered to each, as it is kept. What a model said nothing to, or nothing of use, is unclear. */
export function keptChecksOf(
  statements: readonly Statement[],
  checks: readonly unknown[],
): readonly KeptAnswer[] {
  const said = new Map<number, Holds>();
  for (const one of checks) {
    const parsed = numberedChecks.shape.checks.element.safeParse(one);
    if (parsed.success) said.set(parsed.data.number, parsed.data.holds);
  }
  return statements.map((one, at) => answerAbout(one, said.get(at + 1) ?? 'unclear'));
}
