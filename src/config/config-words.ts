import * as z from 'zod';

/** The sorts of values that config.yaml is made of; each says in words what is wanted where something else stands. */
export const text = z
  .string()
  .trim()
  .min(1)
  .regex(/^\P{Cc}*$/u, 'holds a character that is no text');

/** Moments that many days off still are ones. */
const STRETCH = String.raw`[1-9]\d{0,4}[smhd]`;

const CADENCE =
  'is no duration up to 99999d, such as 5m, 6h or 1d, and no cron expression, such as 0 9 * * mon-fri';

export const cadence = worded(new RegExp(String.raw`^(${STRETCH}|\S+(\s+\S+){4,5})$`), CADENCE);

const DURATION = 'is no duration up to 99999d: write a number and s, m, h or d, such as 6h or 90d';

export const duration = worded(new RegExp(`^${STRETCH}$`), DURATION);

const WAIT = 'is no duration up to 9d: write a number and s, m, h or d, such as 30s or 5m';

/** What somebody waits out: the timers of Node run over after 24 days, and fire at once. */
export const wait = worded(/^[1-9](\d{0,4}s|\d{0,3}m|\d?h|d)$/, WAIT);

function worded(form: RegExp, error: string): z.ZodString {
  return z.string(saysUnlessMissing(error)).regex(form, error);
}

/** A key that is missing or empty is told as that. */
function saysUnlessMissing(error: string): { error: z.core.$ZodErrorMap } {
  return { error: ({ input }) => (input === undefined || input === null ? undefined : error) };
}

const ADDRESS = 'is no web address: it starts with http:// or https://';

export const address = z.url({ protocol: /^https?$/, hostname: /./, error: ADDRESS });

/** What a header can carry: visible ASCII, blanks and tabs. */
export const headerValue = z
  .string()
  .trim()
  .regex(/^[\t\x20-\x7e]*$/, 'goes into a header, which takes plain ASCII in one line');

/** Hosts are looked up as addresses write them. */
export const host = z
  .string()
  .refine(
    (name) => isHost(name),
    'is no host: leave out http://, path and blanks, as in api.x.com',
  );

function isHost(name: string): boolean {
  return /^[^\s/?#@\\]+$/.test(name) && URL.canParse(`https://${name}`);
}

/** `wiki.corp`, `10.0.0.7` or `10.0.0.0/8`. */
export const hostOrRange = text.regex(
  /^[^\s/@*]+(\/\d+)?$/,
  'is no host or range of addresses: leave out http://, path and *, as in wiki.corp or 10.0.0.0/8',
);
