import * as z from 'zod';
import type { Evidentiality, Force } from '../../domain/evidence.ts';
import { FACETS, type Facet } from '../../domain/facet.ts';

/** What may be proposed: an identity and a date need values that only the rules work out. */
const PROPOSABLE = FACETS.filter(
  (facet): facet is Exclude<Facet, 'identity' | 'date'> => facet !== 'identity' && facet !== 'date',
);

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

/** One statement as a model is asked to write it; the descriptions are a part of the question. */
export const proposedStatement = z.strictObject({
  quote: z
    .string()
    .describe(
      'The words of the page that say it, copied exactly, sign by sign, with the name in them: one sentence or less.',
    ),
  name: z.string().describe('How the quote names the model or product, copied exactly.'),
  facet: z.enum(PROPOSABLE).describe('What is said of it.'),
  polarity: z
    .enum(['support', 'deny'])
    .describe('Whether the page says that it is so, or that it is not.'),
  force: z
    .enum(FORCES)
    .describe(
      'How firmly: assert in the words of the page; assert_partial when it is so for some only; attributed to the vendor or somebody named; report of unnamed sources; hedge (may, reportedly); forecast of what is to come; inference by the writer.',
    ),
  evidentiality: z.enum(GROUNDS).describe('What the page says that this rests on.'),
  surface: z
    .enum(SURFACES)
    .nullable()
    .describe('For product_available: where, when the quote says so; otherwise null.'),
});

export type ProposedStatement = z.output<typeof proposedStatement>;

/** The answer as a whole. */
export const proposedStatements = z.strictObject({ statements: z.array(proposedStatement) });
