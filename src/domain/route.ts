import * as z from 'zod';
import { ALERT_KINDS } from './alert.ts';
import { PUBLISHER_CLASSES } from './publisher.ts';
import { CONFIRMATION_LEVELS } from './verdict.ts';

export const zoneSchema = z
  .string()
  .refine(isZone, { error: 'is not a time zone such as Europe/Berlin or UTC' })
  .describe('An IANA time zone; daylight saving is its business.');

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: 'is not a time of day such as 08:30' });

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** One value or a list of them. */
function some<T extends z.ZodType>(value: T) {
  return z.union([value, z.array(value).min(1)]);
}

const pattern = z.string().min(1).max(200);

const match = z.strictObject({
  kind: some(z.enum(ALERT_KINDS)).optional(),
  vendor: some(pattern).optional(),
  subject: some(pattern).optional().describe('`*` stands for any run of characters.'),
  facet: some(pattern).optional(),
  level: some(z.enum(CONFIRMATION_LEVELS)).optional(),
  direction: z.enum(['up', 'down']).optional(),
  sourceClass: some(z.enum(PUBLISHER_CLASSES)).optional(),
});

const quietWindow = z
  .strictObject({
    from: timeOfDay,
    to: timeOfDay.describe('At or before `from` it is the next day.'),
    days: z
      .array(z.enum(WEEKDAYS))
      .min(1)
      .optional()
      .describe('The days on which it begins; all when left out.'),
  })
  .refine(({ from, to }) => from !== to && from !== '24:00', {
    error: 'A quiet window needs a beginning and an end that differ.',
  });

export const routeSchema = z.strictObject({
  name: z.string().min(1).max(80),
  match: match.default({}).describe('What is left out matches everything.'),
  minLevel: z
    .enum(['rumor', 'secondary', 'confirmed'])
    .optional()
    .describe('Moves that neither reach nor leave this level are not told.'),
  to: z.array(z.string().min(1)).min(1).describe('Names of channels.'),
  when: z
    .string()
    .regex(
      /^(at once|hourly|daily ([01]\d|2[0-3]):[0-5]\d|weekly (mon|tue|wed|thu|fri|sat|sun) ([01]\d|2[0-3]):[0-5]\d)$/,
      { error: 'is not one of: at once, hourly, daily 08:00, weekly mon 08:00' },
    )
    .default('at once'),
  quiet: z.array(quietWindow).max(20).default([]),
  zone: zoneSchema.default('UTC'),
  last: z.boolean().default(false).describe('When it matches, the routes below it are not asked.'),
});

/** What is told through which channels, and when. */
export type Route = z.output<typeof routeSchema>;

export type QuietWindow = Route['quiet'][number];

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
