import { z } from 'zod';
import { FACETS } from '../domain/facet.ts';
import { SOURCE_KINDS } from '../domain/source-kind.ts';
import { SNAPSHOT_FORMS } from '../domain/vendor.ts';
import { hostWithPath, id, pattern, text } from './catalog-words.ts';

const product = z.strictObject({
  surface: id,
  names: z.array(text).min(1),
  plans: z.array(text).default([]),
});

const ids = z.strictObject({
  roots: z.array(text).default([]),
  short: z.record(text, id).default({}),
  tiers: z.array(text).default([]),
  versions: z.enum(['dots', 'dashes']).default('dots'),
  snapshots: z.array(z.enum(SNAPSHOT_FORMS)).default([]),
  patterns: z.array(pattern).min(1),
  never: z.array(pattern).default([]),
});

const site = z.strictObject({
  hosts: z.array(text).min(1),
  moved: z.array(z.strictObject({ from: hostWithPath, to: hostWithPath })).default([]),
  locales: z.boolean().default(false),
  query: z.boolean().default(false),
  markdown: z.boolean().default(false),
  numbered: z.boolean().default(false),
});

/** One file of `vendors/`. */
export const vendorFile = z.strictObject({
  vendor: id,
  name: text,
  aliases: z.array(text).default([]),
  people: z.array(text).default([]),
  watched: z.boolean().default(true),
  products: z.array(product).default([]),
  ids,
  sites: z.array(site).default([]),
  mandatory: z.partialRecord(z.enum(FACETS), z.array(z.enum(SOURCE_KINDS))).default({}),
  list: z
    .strictObject({ url: z.url(), owners: z.array(text).default([]) })
    .nullable()
    .default(null),
  talk: z.strictObject({ forums: z.array(text).default([]) }).default({ forums: [] }),
});

const word = z.string().regex(/^[a-z0-9-]+$/, 'a word in lower case');

/** `any-vendor.yaml`. */
export const anyVendorFile = z.strictObject({
  makers: z.array(word),
  internal: z.array(word),
});

export type VendorFile = z.output<typeof vendorFile>;
