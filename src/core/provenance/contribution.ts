import type { Evidence, Statement } from '../../domain/evidence.ts';
import { isVendorClass, type PublisherClass } from '../../domain/publisher.ts';

/** What a piece of evidence adds to a claim, in one word; see `docs/verdicts.md`. */
export type Contribution =
  | 'support:confirmed'
  | 'support:secondary'
  | 'support:rumor'
  | 'relay:secondary'
  | 'relay:rumor'
  | 'deny:secondary'
  | 'relay_deny:secondary'
  | 'none';

type Said = Pick<
  Statement | Evidence,
  'polarity' | 'force' | 'evidentiality' | 'relays' | 'silenceOf' | 'aliasClaimed'
>;

const FIRM = new Set<Statement['force']>(['assert', 'assert_partial', 'attributed', 'relayed']);

/** The contribution of a statement by a publisher of a class. A second-hand "nothing there" and popularity add nothing. */
export function contributionOf(said: Said, publisherClass: PublisherClass): Contribution {
  if (said.silenceOf !== null || publisherClass === 'X') return 'none';
  const isRelay = said.relays !== null;
  if (said.force === 'forecast' && !isRelay) return 'none';
  if (said.polarity === 'deny') {
    if (said.force === 'inference') return 'none';
    return isRelay ? 'relay_deny:secondary' : 'deny:secondary';
  }
  if (isPrimary(said, publisherClass)) return 'support:confirmed';
  const level = FIRM.has(said.force) ? 'secondary' : 'rumor';
  return `${isRelay ? 'relay' : 'support'}:${level}`;
}

function isPrimary(said: Said, publisherClass: PublisherClass): boolean {
  const mayProve = isVendorClass(publisherClass) || publisherClass === 'Q';
  return mayProve && said.evidentiality === 'primary_artefact' && !said.aliasClaimed;
}
