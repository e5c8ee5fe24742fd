import * as z from 'zod';
import { channelsOf, routesOf } from '../app/build-channels.ts';
import { readingKey } from '../app/build-fetcher.ts';
import { type OpenPipeline, openPipeline } from '../app/build-pipeline.ts';
import {
  faultsOfAll,
  type Matchable,
  refuseIdleCalendar,
  refuseIdleRoutes,
  refuseOddStore,
} from '../app/config-faults.ts';
import { lackIn } from '../app/lacking.ts';
import { type AppOptions, configFor } from '../app/options.ts';
import type { Config, ConfigPart } from '../config/config.ts';
import { configFile } from '../config/config-schema.ts';
import { channelsSchema, closeChannels } from '../deliver/registry.ts';
import { ConfigError } from '../domain/errors.ts';
import { type Route, routeSchema } from '../domain/route.ts';
import type { Target } from '../domain/target.ts';
import { targetsOf, watchedSubjects } from '../pipeline/targets.ts';

export interface ConfigFindings {
  file: string;
  follow: readonly string[];
  discover: boolean;
  watchers: readonly string[];
  targets: number;
  channels: readonly string[];
  routes: number;
  /** What is no fault and may still surprise. */
  notes: readonly string[];
}

/**
 * Reads everything a configuration leads to: channels, routes, watchers, subjects. Throws `ConfigError` with every fault
 * that can be seen without asking anybody.
 */
export async function checkConfig(options: AppOptions): Promise<ConfigFindings> {
  const config = await configFor(options, PARTS);
  const open = await openPipeline({ ...options, db: ':memory:' }).catch((thrown: unknown) => {
    if (thrown instanceof ConfigError) return thrown;
    throw thrown;
  });
  try {
    const faults = await faultsOfAll([
      () => refuseOddStore(config),
      () => refuseIdleCalendar(config),
      () => closeChannels(channelsOf(config)),
      () => routesOf(config),
      () => {
        if (open instanceof ConfigError) throw open;
        refuseUnknownWatchers(open);
        refuseIdleRoutes(config, openRoutes(config), matchable(open));
      },
    ]);
    if (faults.length > 0 || open instanceof ConfigError) throw new ConfigError(faults);
    return findings(open);
  } finally {
    if (!(open instanceof ConfigError)) await open.close();
  }
}

/** What the schema of the file leaves to others, so that all faults are told at once. */
const PARTS: readonly ConfigPart[] = [
  { path: ['channels'], schema: channelsSchema.default({}) },
  { path: ['routes'], schema: z.array(routeSchema).default([]) },
];

function openRoutes(config: Config): readonly Route[] {
  return config.part(['routes'], z.array(routeSchema).default([]));
}

function matchable({ catalog, names, watchlist }: OpenPipeline): Matchable {
  return { catalog, names: names.names(), followed: watchlist.follow };
}

function refuseUnknownWatchers({ config, registry }: OpenPipeline): void {
  const unknown = Object.keys(config.watchers).filter((id) => registry.get(id) === null);
  if (unknown.length === 0) return;
  const known = `known: ${registry.watchers.map(({ id }) => id).join(', ')}`;
  throw new ConfigError(
    unknown.map((id) => config.faultAt(['watchers', id], 'is no watcher', known)),
  );
}

function findings(open: OpenPipeline): ConfigFindings {
  const { config, context, watchlist } = open;
  const watched = watchedSubjects(context.reader, watchlist);
  const unheard = watchlist.follow.filter((id) => context.reader.subject(id) === null);
  const channels = Object.keys(config.channels);
  const targets = targetsOf(context.watchers.values(), watched, watchlist);
  const notes = [
    ...unheard.map(
      (id) => `follow: ${id} is in no catalogue; it is followed from its first mention on`,
    ),
    ...(channels.length === 0 ? ['no channel is configured: alerts are kept and go nowhere'] : []),
    ...(config.openai.apiKey === undefined ? ['no API key: the model list is not read'] : []),
    ...headerNotes(open, targets),
    ...readingNotes(config.openai),
  ];
  return {
    file: config.file,
    follow: watchlist.follow,
    discover: watchlist.discover,
    watchers: [...context.watchers.keys()],
    targets: targets.length,
    channels,
    routes: routesOf(config).length,
    notes,
  };
}

/** Channels that stay off until the config brings what their hosts ask for, each once. */
function headerNotes(
  { config, context }: OpenPipeline,
  targets: readonly Target[],
): readonly string[] {
  const notes = targets.flatMap(({ watcher: id, url }) => {
    const watcher = context.watchers.get(id);
    const lack = watcher?.needs === undefined ? null : lackIn(config, watcher, url);
    return lack === null ? [] : [`${id} is off: ${lack}`];
  });
  return [...new Set(notes)];
}

/** Whether a model helps to read, which costs money. */
function readingNotes(openai: Config['openai']): readonly string[] {
  const { reading } = openai;
  if (reading === undefined) return [];
  const { model, tokensPerDay } = reading;
  return readingKey(openai) === null
    ? [`openai.reading: no key is set, so ${model} is not asked and pages are read by rules alone`]
    : [`${model} helps to read pages of others, for at most ${tokensPerDay} tokens a day`];
}

/** `${NAME}`; a header may have a word before it. */
const REFERENCE = String.raw`\$\{[A-Z_][A-Z0-9_]*\}$`;

/** The JSON Schema of config.yaml with the settings of every kind of channel, for editors. */
export function configSchema(): unknown {
  const whole = configFile.extend({
    channels: channelsSchema.default({}),
    routes: z.array(routeSchema).default([]),
  });
  return {
    title: 'config.yaml of firsthand',
    ...z.toJSONSchema(whole, {
      io: 'input',
      unrepresentable: 'any',
      override({ zodSchema, jsonSchema }) {
        if (z.globalRegistry.get(zodSchema)?.['secret'] !== true) return;
        // What the file holds is the name of a variable, whatever its value must look like.
        const { description } = jsonSchema;
        for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
        Object.assign(jsonSchema, { type: 'string', pattern: REFERENCE, description });
      },
    }),
  };
}
