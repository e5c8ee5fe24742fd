import type { Claim } from '../../domain/claim.ts';
import type { Statement } from '../../domain/evidence.ts';
import type { Item } from '../../domain/item.ts';
import type { Publisher } from '../../domain/publisher.ts';
import type { Instant } from '../../domain/time.ts';
import type { Watcher } from '../../domain/watcher.ts';
import type { Names } from '../names/names.ts';

/** What reading a row of somebody else's list needs to know beside the row. */
export interface ListingContext {
  names: Names;
  publisher: Pick<Publisher, 'domain'>;
  watcher: Pick<Watcher, 'kind'>;
  at: Instant;
}

/**
 * What a row of a list that is not the vendor's says: a catalogue, that the model is in the API; an arena, that it is
 * tested there. Both copy, guess and rename, so a row is a report of one voice; a name nobody knows says nothing of whose it is.
 */
export function listingReport(item: Item, context: ListingContext): readonly Statement[] {
  const { names, publisher, watcher, at } = context;
  if (item.kind !== 'listing' || (watcher.kind !== 'tracker' && watcher.kind !== 'arena'))
    return [];
  // Catalogues of many vendors put the vendor before the id.
  const prefix = /^[\w-]+\//.exec(item.key)?.[0].length ?? 0;
  const id = item.key.slice(prefix);
  const [mention] = names.find(id, at);
  if (mention === undefined || mention.span[0] !== 0 || mention.span[1] !== id.length) return [];
  const inArena = watcher.kind === 'arena';
  const start = Math.max(item.text.indexOf(item.key), 0);
  const span = [start, Math.min(start + item.key.length, item.text.length)] as const;
  const claim: Statement['claim'] = {
    subject: mention.subject,
    ...claimOf(inArena, publisher.domain),
    value: null,
  };
  return [
    {
      claim,
      polarity: 'support',
      force: 'report',
      evidentiality: inArena ? 'first_hand' : 'none',
      effective: null,
      validTime: null,
      quote: item.text.slice(...span),
      span,
      relays: null,
      silenceOf: null,
      aliasClaimed: mention.claimed,
      rule: 'list.row-elsewhere',
    },
  ];
}

function claimOf(inArena: boolean, venue: string): Pick<Claim, 'facet' | 'qualifiers'> {
  return inArena
    ? { facet: 'limited_test', qualifiers: { venue } }
    : { facet: 'api_listed', qualifiers: {} };
}
