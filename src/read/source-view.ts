import * as z from 'zod';
import { changeRow, sourcesView } from './views.ts';

const instant = z.iso.datetime();

const ignoredRow = z.strictObject({
  target: z.string(),
  subjects: z.array(z.string()),
  why: z.string(),
});

export type IgnoredRow = z.output<typeof ignoredRow>;

export const sourceView = z.strictObject({
  asOf: instant,
  source: sourcesView.shape.sources.element,
  /** The latest checks, the newest first. */
  checks: z.array(
    z.strictObject({
      at: instant,
      outcome: z.string(),
      failure: z.string().nullable(),
      /** How many known models the answer showed. */
      shows: z.int(),
    }),
  ),
  changes: z.array(changeRow),
  /** Ids that it names and that were made subjects of nothing. */
  ignored: z.array(ignoredRow),
});

export type SourceView = z.output<typeof sourceView>;
