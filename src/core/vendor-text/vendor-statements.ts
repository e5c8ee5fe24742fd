import type { Item } from '../../domain/item.ts';
import { isOwnChannel } from '../claims/ownership.ts';
import { changelogStatements } from './changelog.ts';
import {
  deprecationStatements,
  indexStatements,
  listingStatements,
  priceStatements,
} from './list-rows.ts';
import { modelPageStatements } from './model-page.ts';
import { packageStatements } from './package.ts';
import { deprecationProse, proseStatements } from './prose.ts';
import type { PrimaryContext, PrimaryStatement } from './statement.ts';

/**
 * What a vendor's own item states, by what the channel proves (docs/verdicts.md). Empty for items that
 * prove nothing (addresses, pages nobody owns), and on a host that is not the vendor's.
 */
export function primaryStatements(
  item: Item,
  context: PrimaryContext,
): readonly PrimaryStatement[] {
  const { publisher, watcher } = context;
  if (!isOwnChannel(publisher, watcher)) return [];
  switch (item.kind) {
    case 'entry':
      return changelogStatements(item, context);
    case 'model-page':
      return modelPageStatements(item, context);
    case 'listing':
      return watcher.kind === 'model-index'
        ? indexStatements(item, context)
        : listingStatements(item, context);
    case 'deprecation':
      return [...deprecationStatements(item, context), ...deprecationProse(item, context)];
    case 'price':
      return priceStatements(item, context);
    case 'post':
    case 'article':
      return proseStatements(item, context);
    case 'package':
      return packageStatements(item, context);
    case 'address':
    case 'page':
      return [];
  }
}
