import * as z from 'zod';
import { FACETS } from '../domain/facet.ts';
import { FLAGS, RULES } from '../domain/verdict.ts';
import { retraction } from './evidence-view.ts';
import { glanceView, instant, level, primary, status, surfaceView } from './surface-view.ts';

/** The shapes shown to the outside: what `--json` prints. Times are UTC ISO 8601. */

export const qualifiers = z.strictObject({
  surface: z.string().optional(),
  venue: z.string().optional(),
  plan: z.string().optional(),
  region: z.string().optional(),
  codename: z.string().optional(),
  rollout: z.enum(['ab_test', 'trusted_access']).optional(),
});

export const claimView = z.strictObject({
  facet: z.enum(FACETS),
  qualifiers,
  value: z.string().nullable(),
  level,
  status,
  rule: z.enum(RULES),
  since: instant.nullable(),
  firstSeen: instant.nullable(),
  flags: z.array(z.enum(FLAGS)),
  voices: z.strictObject({ pages: z.int(), groups: z.int() }),
  primary,
  for: z.array(z.string()),
  against: z.array(z.string()),
  notChecked: z.array(z.string()),
  criterion: z.string(),
  policy: z.string(),
});

export const statusView = z.strictObject({
  subject: z.string(),
  name: z.string(),
  vendor: z.string(),
  asOf: instant,
  level,
  discovered: z
    .strictObject({
      at: instant,
      target: z.string(),
      snapshot: z.string(),
      firstHand: z.boolean(),
      baseline: z.boolean().optional(),
    })
    .nullable(),
  claims: z.array(claimView),
  /** The answer in a sentence, and where the subject can be had. */
  glance: glanceView,
});

export const boardRow = z.strictObject({
  subject: z.string(),
  name: z.string(),
  vendor: z.string(),
  level,
  status,
  since: instant.nullable(),
  flags: z.array(z.enum(FLAGS)),
  voices: z.strictObject({ pages: z.int(), groups: z.int() }),
  announced: level,
  retired: z.strictObject({ level, status }),
  followed: z.boolean(),
  surfaces: z.array(surfaceView),
});

export const boardView = z.strictObject({
  asOf: instant,
  rows: z.array(boardRow),
  /** Followed, and nobody has spoken of them yet. */
  unheard: z.array(z.string()),
  outbox: z.strictObject({ queued: z.int(), dead: z.int() }),
  /** What is muted. */
  silences: z.array(z.strictObject({ subject: z.string(), until: instant, because: z.string() })),
  /** How many addresses were read by then. */
  addresses: z.int(),
  /** When any of them was last read well by then. */
  lastReadAt: instant.nullable(),
  /** Targets that were not well then. */
  trouble: z.array(
    z.strictObject({
      target: z.string(),
      health: z.string(),
      since: instant,
      reason: z.string().nullable(),
      /** How many addresses of its host were read by then. */
      atHost: z.int(),
    }),
  ),
});

export const explanationView = z.strictObject({
  subject: z.string(),
  asOf: instant,
  claims: z.array(
    z.strictObject({
      claim: z.string(),
      level,
      status,
      headline: z.string(),
      rule: z.string(),
      voices: z.string(),
      for: z.array(z.string()),
      against: z.array(z.string()),
      unchecked: z.array(z.string()),
      setAside: z.array(z.string()),
      /** What a person took out of judgement, and why. */
      retracted: z.array(z.string()),
      primary: z.string(),
      becomes: z.string().nullable(),
      supersededBy: z.string().nullable(),
      flags: z.array(z.string()),
    }),
  ),
});

export const timelineView = z.strictObject({
  subject: z.string(),
  asOf: instant,
  confirmedAt: instant.nullable(),
  transitions: z.array(
    z.strictObject({
      at: instant,
      claim: z.string(),
      from: level,
      to: level,
      status,
      rule: z.string(),
      quiet: z.boolean(),
      evidence: z.array(z.string()),
    }),
  ),
  /** What a person took out of judgement or put back, the earliest first. */
  retractions: z.array(
    z.strictObject({ at: instant, kind: z.enum(['retract', 'restore']), ...retraction.shape }),
  ),
  sightings: z.array(
    z.strictObject({
      at: instant,
      publisher: z.string(),
      target: z.string(),
      evidence: z.string(),
      /** Hours after the first confirmation; negative before it, null while there is none. */
      /** Whether what was seen first there is a denial. */
      denies: z.boolean(),
      /** Hours, to the minute, before (negative) or after the first confirmation. */
      lag: z.number().nullable(),
    }),
  ),
});

export const changeRow = z.strictObject({
  id: z.string(),
  at: instant,
  kind: z.enum(['added', 'revised', 'withdrawn']),
  title: z.string(),
  target: z.string(),
  baseline: z.boolean(),
  technical: z.boolean(),
  snapshot: z.string(),
});

export const changesView = z.strictObject({
  changes: z.array(changeRow),
  next: z.string().nullable(),
});

export const changeDetail = z.strictObject({
  ...changeRow.shape,
  url: z.string(),
  diff: z.array(z.strictObject({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
});

export const sourcesView = z.strictObject({
  asOf: instant,
  sources: z.array(
    z.strictObject({
      target: z.string(),
      watcher: z.string(),
      kind: z.string(),
      url: z.string(),
      health: z.enum(['ok', 'failing', 'blocked', 'drifted', 'suspect', 'off', 'unchecked']),
      since: instant.nullable(),
      reason: z.string().nullable(),
      lastGoodAt: instant.nullable(),
      /** Seconds since then. */
      lastGoodAge: z.int().nullable(),
      lastCheckAt: instant.nullable(),
      lastChangeAt: instant.nullable(),
      /** Null when it was read since the moment that is asked for. */
      nextCheckAt: instant.nullable(),
      items: z.int().nullable(),
    }),
  ),
});

export type ClaimView = z.output<typeof claimView>;
export type StatusView = z.output<typeof statusView>;
export type BoardRow = z.output<typeof boardRow>;
export type BoardView = z.output<typeof boardView>;
export type ExplanationView = z.output<typeof explanationView>;
export type TimelineView = z.output<typeof timelineView>;
export type ChangeRow = z.output<typeof changeRow>;
export type ChangesView = z.output<typeof changesView>;
export type ChangeDetail = z.output<typeof changeDetail>;
export type SourcesView = z.output<typeof sourcesView>;
