import { z } from 'zod';
import { SNAPSHOT_FORMS } from '../domain/vendor.ts';
import { id, pattern, text } from './catalog-words.ts';

const product = z.strictObject({
  surface: id,
  names: z.array(text).min(1),
  plans: z.array(text).default([]),
  home: z.array(text).default([]),
});

const ids = z.strictObject({
  roots: z.array(text).default([]),
  short: z.record(text, id).default({}),
  tiers: z.array(text).default([]),
  versions: z.enum(['dots', 'dashes']).default('dots'),
  snapshots: z.array(z.enum(SNAPSHOT_FORMS)).default([]),
  patterns: z.array(pattern).min(1),
  plain: z.array(id).default([]),
  never: z.array(pattern).default([]),
});

/** A part of a path on Reddit (`r/OpenAI`), without its `r/`. */
const forum = z.string().regex(/^\w{2,21}$/, 'the name of a forum, without r/');

const site = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a domain in lower case');

/** One file of `vendors/`. */
export const vendorFile = z.strictObject({
  vendor: id,
  name: text,
  aliases: z.array(text).default([]),
  people: z.array(text).default([]),
  sites: z.array(site).default([]),
  watched: z.boolean().default(true),
  products: z.array(product).default([]),
  ids,
  list: z
    .strictObject({ url: z.url(), owners: z.array(text).default([]) })
    .nullable()
    .default(null),
  talk: z.strictObject({ forums: z.array(forum).default([]) }).default({ forums: [] }),
});

const word = z.string().regex(/^[a-z0-9-]+$/, 'a word in lower case');

/** `any-vendor.yaml`. */
export const anyVendorFile = z.strictObject({
  makers: z.array(word),
  elsewhere: z.array(z.strictObject({ surface: id, names: z.array(text).min(1) })).default([]),
  lures: z.array(word).default([]),
  internal: z.array(word),
});

export type VendorFile = z.output<typeof vendorFile>;
