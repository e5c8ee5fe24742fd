import { z } from 'zod';
import { FACETS } from '../domain/facet.ts';
import { qualifiers } from './views.ts';

const interval = z.strictObject({
  from: z.string(),
  to: z.string().nullable(),
  precision: z.string(),
});

export const readView = z.strictObject({
  url: z.string(),
  publisher: z.strictObject({ domain: z.string(), class: z.string(), group: z.string() }),
  watcher: z.string(),
  title: z.string(),
  /** What the headline does with its story; null where it cannot be told. It sets the force of nothing. */
  stance: z.enum(['for', 'against', 'observing']).nullable(),
  published: z.string().nullable(),
  /** Characters of text that were read. */
  text: z.int(),
  evidence: z.array(
    z.strictObject({
      subject: z.string(),
      facet: z.enum(FACETS),
      qualifiers,
      value: z.string().nullable(),
      polarity: z.enum(['support', 'deny']),
      force: z.string(),
      evidentiality: z.string(),
      effective: interval.nullable(),
      validTime: interval.nullable(),
      relays: z.string().nullable(),
      quote: z.string(),
      span: z.tuple([z.int(), z.int()]),
      contribution: z.string(),
    }),
  ),
});

export type ReadView = z.output<typeof readView>;
