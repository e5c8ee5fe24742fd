import type { Move } from '../../domain/alert.ts';
import type { ConfirmationLevel } from '../../domain/verdict.ts';

const RANKS: Readonly<Record<ConfirmationLevel, number>> = {
  unknown: 0,
  withdrawn: 0,
  contradicted: 0,
  rumor: 1,
  secondary: 2,
  confirmed: 3,
};

export function rankOf(level: ConfirmationLevel): number {
  return RANKS[level];
}

function hasFallen(level: ConfirmationLevel): boolean {
  return level === 'withdrawn' || level === 'contradicted';
}

/** Which way a move goes; null when only the status moved. */
export function directionOf({ from, to }: Pick<Move, 'from' | 'to'>): 'up' | 'down' | null {
  if (from === to) return null;
  if (hasFallen(to)) return 'down';
  return rankOf(to) > rankOf(from) ? 'up' : 'down';
}

/**
 * What a minimum level is held against: the higher end of a move, so that the loss of a level weighs what the level
 * did. A claim is withdrawn or contradicted by primary sources alone, so these weigh as much as a confirmation.
 */
export function weightOf({ from, to }: Pick<Move, 'from' | 'to'>): number {
  return hasFallen(to) ? RANKS.confirmed : Math.max(rankOf(from), rankOf(to));
}
