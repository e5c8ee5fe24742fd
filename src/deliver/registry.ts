import * as z from 'zod';
import { Bug, ConfigError, type Fault } from '../domain/errors.ts';
import { MINUTE, SECOND } from '../domain/time.ts';
import type { ChannelKind, OpenChannel } from './channel.ts';
import { discord } from './channels/discord/discord.ts';
import { email } from './channels/email/email.ts';
import { ntfy } from './channels/ntfy/ntfy.ts';
import { slack, slackBot } from './channels/slack/slack.ts';
import { teams } from './channels/teams/teams.ts';
import { telegram } from './channels/telegram/telegram.ts';
import { webhook } from './channels/webhook/webhook.ts';

/**
 * Every way to reach people; a new one is a file and a line here.
 * @internal
 */
export const CHANNEL_KINDS: readonly ChannelKind[] = [
  email,
  slack,
  slackBot,
  discord,
  teams,
  telegram,
  ntfy,
  webhook,
];

/** What every channel may be told, whatever its kind. */
const common = {
  fallback: z
    .string()
    .min(1)
    .optional()
    .describe('The channel that gets what this one cannot deliver.'),
  fallbackAfterMinutes: z
    .number()
    .min(1)
    .max(7 * 24 * 60)
    .default(15)
    .describe('How long this one is tried first; what it refuses goes over at once.'),
  gapSeconds: z
    .number()
    .min(0)
    .max(3_600)
    .optional()
    .describe('The least time between two messages; by default what the service asks for.'),
};

const [firstKind, ...otherKinds] = CHANNEL_KINDS.map((channelKind) =>
  channelKind.config.extend({ kind: z.literal(channelKind.kind), ...common }),
);

/** The `channels` of a config by name, each with its kind. Fields that hold secrets carry `secret: true` in their metadata. */
export const channelsSchema = z.record(
  z.string().min(1),
  z.discriminatedUnion('kind', [required(firstKind), ...otherKinds]),
);

/** One entry of `channels`: what all have, beside what its kind has. */
const shared = z.looseObject({ kind: z.string(), ...common });

/**
 * Opens the channels of a config, in which secrets stand resolved.
 *
 * @throws ConfigError with every fault of every channel, its path under `channels`.
 */
export function openChannels(settings: unknown, file: string): ReadonlyMap<string, OpenChannel> {
  const parsed = channelsSchema.safeParse(settings);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => faultOf(issue, file)));
  }
  const channels = Object.entries(parsed.data);
  const faults = channels.flatMap(([name, channel]) =>
    fallbackFaults(name, channel, Object.keys(parsed.data), file),
  );
  if (faults.length > 0) throw new ConfigError(faults);
  return new Map(channels.map(([name, channel]) => [name, openOne(channel)]));
}

export async function closeChannels(channels: ReadonlyMap<string, OpenChannel>): Promise<void> {
  await Promise.all([...channels.values()].map(({ channel }) => channel.close()));
}

function openOne(settings: Readonly<Record<string, unknown>>): OpenChannel {
  const { kind, fallback, fallbackAfterMinutes, gapSeconds } = shared.parse(settings);
  const channelKind = required(CHANNEL_KINDS.find((candidate) => candidate.kind === kind));
  return {
    channel: channelKind.open(settings),
    gap: gapSeconds === undefined ? channelKind.gap : gapSeconds * SECOND,
    fallback:
      fallback === undefined ? null : { to: fallback, after: fallbackAfterMinutes * MINUTE },
  };
}

function fallbackFaults(
  name: string,
  settings: Readonly<Record<string, unknown>>,
  names: readonly string[],
  file: string,
): readonly Fault[] {
  const { fallback } = shared.parse(settings);
  const others = names.filter((other) => other !== name);
  if (fallback === undefined || others.includes(fallback)) return [];
  return [
    {
      file,
      path: `channels.${name}.fallback`,
      line: null,
      message: fallback === name ? 'is the channel itself' : `there is no channel ${fallback}`,
      suggestion: others.length === 0 ? null : `one of ${others.join(', ')}`,
    },
  ];
}

function faultOf(issue: z.core.$ZodIssue, file: string): Fault {
  const isKind = issue.path.at(-1) === 'kind' && issue.code === 'invalid_union';
  return {
    file,
    path: ['channels', ...issue.path].join('.'),
    line: null,
    message: isKind ? 'names no kind of channel' : issue.message,
    suggestion: isKind ? `one of ${CHANNEL_KINDS.map(({ kind }) => kind).join(', ')}` : null,
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Bug('There is no kind of channel.');
  return value;
}
