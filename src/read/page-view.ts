import * as z from 'zod';
import { FACETS } from '../domain/facet.ts';
import { qualifiers } from './views.ts';

const interval = z.strictObject({
  from: z.string(),
  to: z.string().nullable(),
  precision: z.string(),
});

const modelPart = z.strictObject({
  model: z.string(),
  prompt: z.int(),
  answer: z.enum(['asked', 'remembered', 'none']),
  outcome: z.enum(['answered', 'refused', 'cut-off', 'unusable']).nullable(),
  why: z.string().nullable(),
  message: z.string().nullable(),
  tokens: z.int(),
  added: z.int(),
  lowered: z.int(),
  raised: z.int(),
  doubted: z.int(),
  dropped: z.array(z.strictObject({ why: z.string(), proposed: z.string() })),
});

/** How one predicate was read; see `FrameTrace`. */
const frame = z.strictObject({
  rule: z.string(),
  category: z.string(),
  sentence: z.string(),
  predicate: z.string(),
  object: z.string().nullable(),
  models: z.array(z.string()),
  subject: z.string().nullable(),
  polarity: z.enum(['affirmed', 'denied']),
  tense: z.string(),
  modality: z.string(),
  condition: z.boolean(),
  question: z.boolean(),
  attribution: z.string(),
  quotation: z.boolean(),
  scope: z.string(),
  states: z.array(z.string()),
  silent: z.string().nullable(),
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
  /** What part a model had in it; null where none was to help. */
  model: modelPart.nullable(),
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
      /** The rule that found it. */
      rule: z.string().nullable(),
      /** The model that had a part in it; null where the rules alone read it. */
      reader: z.string().nullable(),
    }),
  ),
  /** How each predicate of the text was read, asked for with `--debug`; null otherwise. */
  frames: z.array(frame).nullable(),
});

export type ReadView = z.output<typeof readView>;
