import { z } from 'zod';

const text = z.string().trim().min(1);

const cadence = z
  .string()
  .regex(
    /^([1-9]\d*[smhd]|\S+(\s+\S+){4,5})$/,
    'is a duration such as 5m, 6h or 1d, or a cron expression',
  );

const watcher = z.strictObject({
  off: z.boolean().default(false).describe('Leaves this watcher out.'),
  every: cadence
    .optional()
    .describe('How often, instead of what the watcher says: 5m, 6h, or a cron expression.'),
  pages: z
    .array(z.url('is not an address'))
    .default([])
    .describe('The addresses it reads, for watchers that take a list.'),
});

const fetching = z.strictObject({
  contact: text
    .default('https://github.com/firsthand')
    .describe('Where the owner of a site can reach you; part of the User-Agent.'),
  hosts: z
    .record(z.string(), z.url('is not an address such as http://127.0.0.1:8080'))
    .default({})
    .describe(
      'Dials a local origin for a host, for demos and tests; address, host and publisher stay the public ones.',
    ),
  allow: z
    .array(text)
    .default([])
    .describe('Private hosts or addresses that may be asked, for intranets.'),
  headers: z
    .record(z.string(), z.record(z.string(), z.string()))
    .default({})
    .describe('Headers to send to a host, such as a token.'),
  gap: cadence.default('2s').describe('The least time between two requests to one host.'),
  timeout: cadence.default('30s').describe('The longest one answer may take.'),
});

const channel = z.looseObject({ kind: text.describe('email, slack and so on.') });

/** `config.yaml`, without the settings of each kind of channel, which the kinds check themselves. */
export const configFile = z.strictObject({
  store: text.default('sqlite:data/state/firsthand.db').describe('Where the record is kept.'),
  follow: z
    .strictObject({
      subjects: z.array(text).default([]).describe('Models and products you want to know about.'),
      discover: z
        .boolean()
        .default(true)
        .describe('Follows every model that a vendor reveals first-hand, too.'),
    })
    .prefault({}),
  watchers: z.record(z.string(), watcher).default({}).describe('Settings for watchers, by name.'),
  fetch: fetching.prefault({}),
  openai: z
    .strictObject({
      apiKey: z
        .string()
        .min(1)
        .optional()
        .meta({ secret: true })
        .describe('Lets the model list be read; taken from the environment.'),
      baseUrl: z.url('is not an address').default('https://api.openai.com/v1'),
    })
    .prefault({}),
  channels: z
    .record(z.string().regex(/^[a-z0-9-]+$/, 'is lower case, without spaces'), channel)
    .default({})
    .describe('Ways to reach people.'),
  routes: z.array(z.looseObject({})).default([]).describe('Who is told what, and when.'),
  log: z
    .strictObject({ level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info') })
    .prefault({}),
});

export type ConfigFile = z.output<typeof configFile>;
