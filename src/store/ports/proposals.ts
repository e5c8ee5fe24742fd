import type { ProposalId } from '../../domain/ids.ts';
import type { Proposal } from '../../domain/proposal.ts';
import type { Day } from '../../domain/time.ts';

/** What language models answered, and what it cost. */
export interface Proposals {
  /** The answer to a question; null when nobody has asked it. */
  get(id: ProposalId): Promise<Proposal | null>;
  /** The first answer to a question stays. */
  keep(proposal: Proposal): Promise<void>;
  /**
   * Takes tokens from what may be spent on a day, however many ask at once; false, with nothing taken, when that is
   * more than is left.
   */
  reserve(day: Day, tokens: number, limit: number): Promise<boolean>;
  /** Corrects what was taken by what it came to: gives back when `difference` is negative. */
  settle(day: Day, difference: number): Promise<void>;
  spent(day: Day): Promise<number>;
}
