import * as z from 'zod';
import { QUIET_SWITCHES } from '../domain/quiet-switch.ts';
import { zoneSchema } from '../domain/route.ts';
import {
  address,
  cadence,
  duration,
  headerValue,
  host,
  hostOrRange,
  text,
  wait,
} from './config-words.ts';

const watcher = z.strictObject({
  off: z.boolean().default(false).describe('Leaves this watcher out.'),
  every: cadence
    .optional()
    .describe('How often, instead of what the watcher says: 5m, 6h, or a cron expression.'),
  zone: zoneSchema
    .optional()
    .describe('The time zone of a cron expression; that of the daemon when left out.'),
  pages: z
    .array(address)
    .default([])
    .describe('The addresses it reads, for watchers that take a list.'),
});

const secret = headerValue.optional().meta({ secret: true });

/** What identifies a person never stands in the file; other headers may. */
const headers = z
  .object({
    authorization: secret,
    cookie: secret,
    'proxy-authorization': secret,
    'x-api-key': secret,
  })
  .catchall(headerValue.optional())
  .superRefine((named, context) => {
    for (const name of Object.keys(named)) {
      if (/^[a-z0-9-]+$/.test(name)) continue;
      context.addIssue({
        code: 'custom',
        path: [name],
        message: 'is the name of a header in lower case',
      });
    }
  });

const fetching = z.strictObject({
  contact: headerValue
    .min(1)
    .default('https://github.com/firsthand')
    .describe('Where the owner of a site can reach you; part of the User-Agent.'),
  hosts: z
    .record(host, address)
    .default({})
    .describe(
      'Dials a local origin for a host, for demos and tests; address, host and publisher stay the public ones.',
    ),
  allowRemote: z
    .boolean()
    .default(false)
    .describe('Lets `hosts` name other machines: what they answer counts as the word of the host.'),
  allow: z
    .array(hostOrRange)
    .default([])
    .describe('Private hosts or addresses that may be asked, for intranets.'),
  headers: z
    .record(host, headers)
    .default({})
    .describe('Headers to send to a host, such as a token; by their names in lower case.'),
  gap: wait.default('2s').describe('The least time between two requests to one host.'),
  timeout: wait.default('30s').describe('The longest one answer may take.'),
});

/** Whoever answers for a host speaks with its voice: another machine takes a word of consent. */
function refuseRemoteHosts(
  { hosts, allowRemote }: z.output<typeof fetching>,
  context: z.RefinementCtx,
): void {
  if (allowRemote) return;
  for (const [host, origin] of Object.entries(hosts)) {
    // What is no address is told by its own schema.
    if (!URL.canParse(origin) || isLoopback(new URL(origin).hostname)) continue;
    context.addIssue({
      code: 'custom',
      path: ['hosts', host],
      message: `leads to another machine (${origin}); say \`allowRemote: true\` under fetch to have it speak for ${host}`,
    });
  }
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

const daemon = z.strictObject({
  zone: zoneSchema.default('UTC').describe('The time zone of cron expressions.'),
  concurrency: z
    .int()
    .min(1)
    .max(64)
    .default(8)
    .describe('How many addresses are read at once; of one host never more than one.'),
  deadline: wait
    .default('50s')
    .describe(
      'The longest one check may take. A killed process delays a target by this and ten seconds.',
    ),
  drain: wait
    .default('20s')
    .describe('How long checks and deliveries under way may take to end when it is stopped.'),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe('Answers /healthz, /readyz and /metrics here; nowhere when left out.'),
  host: text.default('127.0.0.1').describe('The address it listens on, when there is a port.'),
});

const alerting = z.strictObject({
  heartbeat: cadence
    .optional()
    .describe(
      'Says that it is alive, by a cron expression such as 0 9 * * *; never when left out.',
    ),
  reminders: z
    .array(z.int().min(1).max(365))
    .max(10)
    .default([30, 7, 1])
    .describe('How many days before a retirement people are reminded of it.'),
  coolDown: duration
    .default('1h')
    .describe('What takes something back must hold this long before it is told.'),
  gather: duration
    .default('1h')
    .describe('How long what adds to a story waits for more, so that one launch is one message.'),
  followUp: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'is not a time of day such as 08:00' })
    .default('08:00')
    .describe('When the rest of a day is told, in the zone of the daemon.'),
  atMost: z
    .int()
    .min(1)
    .max(100_000)
    .default(20)
    .describe(
      'How many messages a channel is given as they happen, within a day; the rest comes as one at `followUp`. What is followed by name is never held.',
    ),
  repeat: duration
    .default('7d')
    .describe('A level that comes and goes is told again only after this time.'),
  tellAlso: z
    .array(z.enum(QUIET_SWITCHES))
    .default([])
    .describe(
      'Quiet rules that are off; what they keep back is told with the rest of the day. "alerts explain" names them.',
    ),
});

const backup = z.strictObject({
  folder: text.describe('Where the copies lie, best on another disk.'),
  every: cadence.default('0 3 * * *').describe('When: a duration or a cron expression.'),
  keep: z.int().min(1).max(1_000).default(7).describe('How many copies are kept.'),
});

const retention = z.strictObject({
  snapshots: duration
    .default('90d')
    .describe(
      'Pages that nothing rests on are kept this long; what evidence or a change cites stays.',
    ),
  keep: z
    .int()
    .min(1)
    .max(10_000)
    .default(20)
    .describe('The newest pages of each target are kept, however old.'),
  checks: duration
    .default('180d')
    .describe(
      'Every check is kept this long; then one a day, and those that a judgement rests on.',
    ),
  every: cadence.default('30 4 * * *').describe('When what is too old is removed.'),
  backup: backup.optional().describe('Copies of the database while it runs; none when left out.'),
});

const channel = z.looseObject({ kind: text.describe('email, slack and so on.') });

const modelReading = z.strictObject({
  model: text.describe('The model that is asked what a page says, such as gpt-5.4-mini.'),
  tokensPerPage: z
    .int()
    .min(4_000)
    .max(200_000)
    .default(12_000)
    .describe(
      'What a question about a page may cost, a third of it for the answer; longer pages are cut. There are at most two.',
    ),
  tokensPerDay: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(300_000)
    .describe('What all pages of a day (UTC) may cost, whoever asks about them.'),
  timeout: wait.default('20s').describe('The longest one answer may take.'),
  baseUrl: address
    .optional()
    .describe('Another server that speaks the same API, such as one of your own.'),
  apiKey: headerValue
    .min(1)
    .optional()
    .meta({ secret: true })
    .describe('The key of that server, or one for reading alone; taken from the environment.'),
});

/** `config.yaml`, without the settings of each kind of channel, which the kinds check themselves. */
export const configFile = z.strictObject({
  store: text
    .default('sqlite:data/state/firsthand.db')
    .describe(
      'Where the database is kept: sqlite:PATH, or postgres://USER@HOST/NAME for several machines.',
    ),
  storeRead: text
    .optional()
    .describe(
      'A server that follows that of `store`: pages, API and MCP read there, as of the moment it has come to.',
    ),
  bodies: z
    .string()
    .regex(/^s3:\/\/[a-z0-9][a-z0-9.-]+(\/\S*)?$/, 'is not a place such as s3://bucket/prefix')
    .optional()
    .describe(
      'Where the bytes of pages are kept: s3://BUCKET/PREFIX, at anything that speaks S3; in the database when left out. Keys come from the environment (AWS_ACCESS_KEY_ID and so on).',
    ),
  s3: z
    .strictObject({
      endpoint: address.optional().describe('Another server that speaks S3; AWS when left out.'),
      region: text.optional().describe('The region of the bucket; AWS_REGION when left out.'),
    })
    .prefault({})
    .describe('How the place for bodies is reached.'),
  follow: z
    .strictObject({
      subjects: z.array(text).default([]).describe('Models and products you want to know about.'),
      discover: z
        .boolean()
        .default(true)
        .describe('Follows every model that a vendor reveals first-hand, too.'),
      leads: z
        .int()
        .min(0)
        .max(1_000)
        .default(40)
        .describe(
          'How many pages a day are read because an entry of a feed names a followed model, a fifth of them at one host; 0 for none.',
        ),
    })
    .prefault({}),
  watchers: z.record(z.string(), watcher).default({}).describe('Settings for watchers, by name.'),
  fetch: fetching.prefault({}).superRefine(refuseRemoteHosts).describe('How pages are asked for.'),
  openai: z
    .strictObject({
      apiKey: headerValue
        .min(1)
        .optional()
        .meta({ secret: true })
        .describe('Lets the model list be read; taken from the environment.'),
      baseUrl: address
        .default('https://api.openai.com/v1')
        .describe('Where the model list is asked for.'),
      reading: modelReading
        .optional()
        .describe('Lets a language model help to read pages of others; off when left out.'),
    })
    .prefault({}),
  channels: z
    .record(
      z.string().regex(/^[a-z0-9-]+$/, 'is no name: write lower case letters, digits and hyphens'),
      channel,
    )
    .default({})
    .describe('Ways to reach people.'),
  routes: z.array(z.looseObject({})).default([]).describe('Who is told what, and when.'),
  alerts: alerting.prefault({}).describe('What is told beside levels and changes.'),
  daemon: daemon.prefault({}).describe('How the daemon runs.'),
  retention: retention.prefault({}).describe('What is kept, and how long.'),
  telemetry: z
    .strictObject({
      on: z
        .boolean()
        .default(false)
        .describe('Sends traces and figures to a collector of OpenTelemetry.'),
      endpoint: address
        .optional()
        .describe(
          'Where the collector takes OTLP over HTTP; what OTEL_EXPORTER_OTLP_ENDPOINT says when left out.',
        ),
    })
    .prefault({})
    .describe('What others are told of its work.'),
  log: z
    .strictObject({
      level: z
        .enum(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info')
        .describe('What is logged, on standard error.'),
    })
    .prefault({})
    .describe('What the program says of its work.'),
});

export type ConfigFile = z.output<typeof configFile>;
