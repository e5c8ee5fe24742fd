import { getDomain } from 'tldts';
import type { ItemVersion } from '../../domain/item.ts';
import type { SourceKind } from '../../domain/source-kind.ts';
import { addressesByHost, hostOfAddress } from '../../domain/target.ts';
import { elapsed, type Instant } from '../../domain/time.ts';
import { canonicalUrl, webUrl } from '../extract/canonical-url.ts';

/** Where entries are looked at for what they lead to, and which of them count. */
export interface LeadQuestion {
  /** The kind of channel the entries stand in, and its address. */
  kind: SourceKind;
  url: string;
  at: Instant;
  /** The channel is seen for the first time: entries without a date may be years old. */
  baseline: boolean;
  /** An entry older than this leads nowhere, in milliseconds. */
  oldest: number;
  isWatched(subject: string): boolean;
}

/** Where people talk: an entry that links back to the place itself leads to nothing that the entry does not say. */
const TALK: ReadonlySet<SourceKind> = new Set<SourceKind>([
  'forum',
  'search',
  'community',
  'social',
]);

/** An incident says nothing of models. */
const LEADS_NOWHERE: ReadonlySet<SourceKind> = new Set<SourceKind>(['status', 'social']);

const NO_PAGE = /\.(pdf|zip|gz|mp[34]|webm|png|jpe?g|gif|svg|webp)$/i;

/** The addresses that new entries of a channel lead to because they name a watched subject, the newest first. */
export function linksIn(added: readonly ItemVersion[], question: LeadQuestion): readonly string[] {
  if (LEADS_NOWHERE.has(question.kind)) return [];
  const found = added
    .filter(({ item }) => item.kind === 'post' || item.kind === 'address')
    .filter(({ mentions }) => mentions.some(question.isWatched))
    .filter(({ item }) => isFresh(item.published?.from ?? null, question))
    .sort((a, b) => (publishedOf(a) > publishedOf(b) ? -1 : 1));
  return [...new Set(found.flatMap(({ item }) => addressOf(item, question)))];
}

function publishedOf({ item }: ItemVersion): string {
  return item.published?.from ?? '';
}

function isFresh(published: string | null, { at, oldest, baseline }: LeadQuestion): boolean {
  return published === null ? !baseline : elapsed(published, at) <= oldest;
}

function addressOf(
  item: ItemVersion['item'],
  { kind, url: feed }: LeadQuestion,
): readonly string[] {
  const address = canonicalUrl(item.url);
  const url = webUrl(address);
  if (url === null || address === canonicalUrl(feed) || NO_PAGE.test(url.pathname)) return [];
  if (address === item.fields['discussion']) return [];
  const isOwn = getDomain(address) === getDomain(feed);
  return TALK.has(kind) && isOwn ? [] : [address];
}

export interface LinkLimits {
  /** Pages that entries may lead to within a day, and of these at one host. */
  aDay: number;
  aHost: number;
}

/** The addresses that may still be read today, given those that were found within the last day. */
export function withinLimits(
  addresses: readonly string[],
  recent: readonly string[],
  { aDay, aHost }: LinkLimits,
): readonly string[] {
  const hosts = new Map(addressesByHost(recent));
  const chosen: string[] = [];
  for (const address of addresses) {
    const host = hostOfAddress(address);
    const had = hosts.get(host) ?? 0;
    if (recent.length + chosen.length >= aDay) break;
    if (had >= aHost) continue;
    hosts.set(host, had + 1);
    chosen.push(address);
  }
  return chosen;
}
