import * as z from 'zod';
import { channelsOf, routesOf } from '../app/build-channels.ts';
import { readingKey } from '../app/build-fetcher.ts';
import { type OpenPipeline, openPipeline, timetablesOf } from '../app/build-pipeline.ts';
import { faultsOfAll, refuse, refuseIdleCalendar } from '../app/config-faults.ts';
import { lackIn } from '../app/lacking.ts';
import { type AppOptions, draftFor } from '../app/options.ts';
import { refuseIdleRoutes } from '../app/route-faults.ts';
import { refuseOddStore } from '../app/store-faults.ts';
import type { Config, ConfigPart } from '../config/config.ts';
import { configFile } from '../config/config-schema.ts';
import { oneOf } from '../config/faults.ts';
import { channelsSchema, closeChannels } from '../deliver/registry.ts';
import { closing } from '../domain/closing.ts';
import { ConfigError } from '../domain/errors.ts';
import { routeSchema } from '../domain/route.ts';
import type { Target } from '../domain/target.ts';
import type { Watcher } from '../domain/watcher.ts';
import { watchersFolder } from '../package-root.ts';
import { targetsOf, watchedSubjects } from '../pipeline/targets.ts';
import { catalogOf, openSubjectIndex } from '../reader/subject-index.ts';
import { openRegistry } from '../watch/registry.ts';

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
  const { config, faults: written } = await draftFor(options, PARTS);
  const [registry, catalog] = await Promise.all([openRegistry(watchersFolder()), catalogOf()]);
  const names = openSubjectIndex(catalog, []).names();
  const watchers = registry.watchers.map(({ id }) => id);
  const followed = config.follow.subjects.map((typed) => names.resolve(typed) ?? typed);
  const isOn = ({ id }: Watcher) => config.watchers[id]?.off !== true;
  const faults = await faultsOfAll([
    () => refuse(written),
    () => refuseOddStore(config),
    () => refuseIdleCalendar(config),
    () => timetablesOf(config, registry.watchers.filter(isOn)),
    () => refuseUnknownWatchers(config, watchers),
    () => closeChannels(channelsOf(config)),
    () => refuseIdleRoutes(config, { catalog, names, followed, watchers }),
  ]);
  if (faults.length > 0) throw new ConfigError(faults);
  return closing(await openPipeline({ ...options, db: ':memory:' }), async (open) =>
    findings(open),
  );
}

/** What the schema of the file leaves to others, so that all faults are told at once. */
const PARTS: readonly ConfigPart[] = [
  { path: ['channels'], schema: channelsSchema.default({}) },
  { path: ['routes'], schema: z.array(routeSchema).default([]) },
];

function refuseUnknownWatchers(config: Config, known: readonly string[]): void {
  const unknown = config.namesIn(['watchers']).filter((id) => !known.includes(id));
  refuse(unknown.map((id) => config.faultAt(['watchers', id], 'is no watcher', oneOf(id, known))));
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
    ...(watchlist.follow.length === 0 && !watchlist.discover
      ? ['nothing is followed: name models under follow.subjects']
      : []),
    ...untoldNotes(config),
    ...unsetNotes(config),
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

/** What is left out because its variable is not set, beside what other notes tell. */
function unsetNotes({ unset }: Config): readonly string[] {
  return unset
    .filter(({ path }) => !/^openai\.|^fetch\.headers\./.test(path))
    .map(({ path, name }) => `${path} is left out: ${name} is not set`);
}

/** Channels that no route names, and no other channel. */
function untoldNotes(config: Config): readonly string[] {
  const named = new Set([
    ...routesOf(config).flatMap(({ to }) => to),
    ...Object.values(config.channels).map(({ fallback }) => fallback),
  ]);
  return Object.keys(config.channels)
    .filter((name) => !named.has(name))
    .map((name) => `channel ${name} is told nothing: no route names it`);
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
