import * as z from 'zod';
import type { Evidentiality, Force } from '../../domain/evidence.ts';
import { FACETS } from '../../domain/facet.ts';

/** A text that passes on an outlet's word is a report to whoever cannot say which outlet. */
const FORCES = [
  ...(['assert', 'assert_partial', 'attributed', 'report'] as const),
  ...(['hedge', 'forecast', 'inference'] as const),
] satisfies readonly Force[];

/** Nobody's word makes a page a primary artefact. */
const GROUNDS = [
  ...(['first_hand', 'link_to_primary', 'named_quote', 'unnamed'] as const),
  ...(['reasoning', 'none'] as const),
] satisfies readonly Evidentiality[];

const SURFACES = ['chatgpt', 'codex', 'playground', 'azure', 'copilot'] as const;

/** What a statement says, however it names what it is about; the descriptions are a part of the question. */
const said = {
  quote: z
    .string()
    .describe('The words of the page that say it, copied exactly: one sentence or less.'),
  subjectQuote: z
    .string()
    .describe(
      'The words of the page that name what it is about, copied exactly: in the quote, or before it in the same section or in a heading above it.',
    ),
  facet: z.enum(FACETS).describe('What is said of it.'),
  polarity: z
    .enum(['support', 'deny'])
    .describe('Whether the page says that it is so, or that it is not.'),
  force: z.enum(FORCES).describe('How firmly it is said.'),
  evidentiality: z.enum(GROUNDS).describe('What the page says that this rests on.'),
  surface: z
    .enum(SURFACES)
    .nullable()
    .describe('For product_available: where, when the quote says so; otherwise null.'),
};

const HOLDS = ['yes', 'no', 'unclear'] as const;
export type Holds = (typeof HOLDS)[number];
const holds = z.enum(HOLDS);

/** An answer in the numbers of the lists that were given with the question. */
export const numberedAnswer = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        number: z.int().describe('The number of the listed statement.'),
        holds: holds.describe('Whether the page says this, of this model, and so firmly.'),
      }),
    )
    .describe('One for each listed statement.'),
  statements: z.array(
    z.strictObject({
      ...said,
      subject: z
        .int()
        .describe('The number of the listed name it is about; 0 for a name that is not listed.'),
      date: z.int().nullable().describe('The number of the listed day it speaks of, or null.'),
      other: z
        .int()
        .nullable()
        .describe('For identity: the number of the other name; otherwise null.'),
    }),
  ),
});

/** What is answered to the second question. */
export const numberedChecks = z.strictObject({
  checks: z
    .array(
      z.strictObject({
        number: z.int().describe('The number of the listed statement.'),
        says: z
          .string()
          .describe('In a few words: what its words are there to say, of which model.'),
        holds: holds.describe('Whether the page says this.'),
      }),
    )
    .describe('One for each listed statement.'),
});

/** A statement as it is kept: the numbers are replaced by what they stood for, so that no list is needed to read it. */
export const keptStatement = z.strictObject({
  ...said,
  subject: z.string().nullable(),
  date: z.string().nullable(),
  other: z.string().nullable(),
});
export type KeptStatement = z.output<typeof keptStatement>;

/** What was answered to a statement that was listed, of the rules or of its own, as it is kept. */
export const keptAnswer = z.strictObject({
  rule: z.strictObject({
    quote: z.string(),
    subject: z.string(),
    facet: z.enum(FACETS),
    polarity: z.enum(['support', 'deny']),
  }),
  holds,
});
export type KeptAnswer = z.output<typeof keptAnswer>;
