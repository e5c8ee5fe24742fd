import * as z from 'zod';
import { claimView } from './views.ts';

/**
 * `available`: the vendor lists it; `retired`, `retiring`, `deprecated`: the vendor says so; `unconfirmed`: only others
 * speak of it; `unknown`: nobody does; `cannot-say`: nobody does, and the vendor's pages were not read recently.
 */
export const DEPENDENCY_STATES = [
  'available',
  'retired',
  'retiring',
  'deprecated',
  'unconfirmed',
  'unknown',
  'cannot-say',
] as const;

export const dependencyView = z.strictObject({
  /** The id as it was given. */
  id: z.string(),
  subject: z.string().nullable(),
  name: z.string().nullable(),
  state: z.enum(DEPENDENCY_STATES),
  level: claimView.shape.level,
  /** Since when it is in the API, or was retired or deprecated. */
  since: z.iso.datetime().nullable(),
  /** The day it is or was shut down. */
  retires: z.string().nullable(),
  /** Whether that day is ahead, is past with no look since (`due`), or its end was seen; null where no end is set. */
  end: z.enum(['scheduled', 'due', 'in_effect']).nullable(),
  replacements: z.array(z.string()),
  /** The vendor's own words, where they stand, and the piece of evidence that keeps them. */
  proof: z.strictObject({ evidence: z.string(), quote: z.string(), url: z.string() }).nullable(),
  /** When the channels that would have to say so were last read well; null when they never were. */
  checkedThrough: z.iso.datetime().nullable(),
  near: z.array(z.string()),
});

export const dependenciesView = z.strictObject({
  asOf: z.iso.datetime(),
  dependencies: z.array(dependencyView),
});

export type DependencyState = (typeof DEPENDENCY_STATES)[number];
export type DependencyView = z.output<typeof dependencyView>;
export type DependenciesView = z.output<typeof dependenciesView>;
