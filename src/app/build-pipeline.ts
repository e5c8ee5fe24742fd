import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import type { Config } from '../config/config.ts';
import { parseDuration, type Timetable, timetableOf } from '../core/schedule/timetable.ts';
import { modelOf } from '../core/stories/family.ts';
import { DEFAULT_QUIET_RULES, type QuietRules } from '../core/stories/quiet-rules.ts';
import { DEFAULT_POLICY } from '../core/verdict/policy.ts';
import { type Clock, systemClock } from '../domain/clock.ts';
import { Bug, ConfigError, type Fault } from '../domain/errors.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import type { ModelApi } from '../fetch/model-api.ts';
import { type Logger, openLog } from '../log.ts';
import { watchersFolder } from '../package-root.ts';
import type { LinkRules, PipelineContext, Reader } from '../pipeline/context.ts';
import { interestIn, isWatched, type Watchlist } from '../pipeline/targets.ts';
import { openProposer, type Proposer } from '../reader/llm-client.ts';
import { openReaders } from '../reader/reader.ts';
import type { Store } from '../store/store.ts';
import { type Span, untraced } from '../tracing.ts';
import { openRegistry, type Registry } from '../watch/registry.ts';
import { routesOf } from './build-channels.ts';
import { CADENCE } from './config-faults.ts';
import { followedIn, type OpenDatabase, openDatabase, watchlistOf } from './open-database.ts';
import type { AppOptions } from './options.ts';

/** Everything of the line but where captures come from and what time it is. */
export interface OpenPipeline extends OpenDatabase {
  /** Its reader asks no model. */
  context: Omit<PipelineContext, 'fetcher' | 'clock'>;
  readerWith(propose: Proposer | null): Reader;
  registry: Registry;
  watchlist: Watchlist;
  log: Logger;
}

/** Opens the pipeline and its database. Throws `ConfigError` with the faults of config, catalogue and watchers. */
export async function openPipeline(options: AppOptions): Promise<OpenPipeline> {
  const database = await openDatabase(options);
  try {
    return await pipelineOver(database);
  } catch (thrown) {
    await database.close();
    throw thrown;
  }
}

/** The pipeline over a database that is open; its checks are traced as parts of `trace`. */
export async function pipelineOver(
  database: OpenDatabase,
  trace: Span = untraced,
): Promise<OpenPipeline> {
  const { config, catalog, store, known, names } = database;
  const registry = await openRegistry(watchersFolder());
  const routes = routesOf(config);
  const log = await openLog({ level: config.log.level, secrets: config.secrets });
  const watchers = new Map(
    registry.watchers
      .filter(({ id }) => config.watchers[id]?.off !== true)
      .map((watcher) => [watcher.id, watcher]),
  );
  const watchlist = watchlistOf(config, await followedIn(config, store, names.names()));
  const readers = openReaders(catalog, names);
  const { proposals } = store;
  const model = config.openai.reading?.model;
  const readerWith: OpenPipeline['readerWith'] = (propose) =>
    readers({ proposals, log, helper: model === undefined ? null : { model, propose } });
  const context: OpenPipeline['context'] = {
    store,
    log,
    policy: DEFAULT_POLICY,
    reader: readerWith(null),
    alertPolicy: {
      routes,
      quiet: quietRulesOf(config),
      flood: {
        atMost: config.alerts.atMost,
        slot: `daily ${config.alerts.followUp}`,
        zone: config.daemon.zone,
      },
      isRehearsal: false,
      nameOf: known.publisherName,
      vendorName: known.vendorName,
      // Asked anew each time: who is followed may change while the line runs.
      interestIn: (id) => interestIn(id, open.known.subject, open.watchlist),
      isFollowed: (id) => open.watchlist.follow.some((one) => one === id || one === modelOf(id)),
    },
    watchers,
    links: null,
    timetable: timetablesOf(config, watchers.values()),
    jitter: () => randomInt(2 ** 32) / 2 ** 32,
    owner: OWNER,
    trace,
  };
  const open: OpenPipeline = { ...database, context, readerWith, registry, watchlist, log };
  return open;
}

/** What a config says of the rules that keep alerts few. */
export function quietRulesOf({ alerts, daemon }: Config): QuietRules {
  return {
    ...DEFAULT_QUIET_RULES,
    gather: parseDuration(alerts.gather) ?? DEFAULT_QUIET_RULES.gather,
    hold: parseDuration(alerts.coolDown) ?? DEFAULT_QUIET_RULES.hold,
    followUp: `daily ${alerts.followUp}`,
    repeat: parseDuration(alerts.repeat) ?? DEFAULT_QUIET_RULES.repeat,
    zone: daemon.zone,
    tellAlso: alerts.tellAlso,
  };
}

/** One name a process; its number alone may come again, as in a container that starts anew. */
export const OWNER = `${hostname()}:${process.pid}:${randomInt(2 ** 32).toString(36)}`;

/** Throws `ConfigError` with every cadence that never comes. */
export function timetablesOf(
  config: Config,
  watchers: Iterable<Watcher>,
): PipelineContext['timetable'] {
  const timetables = new Map<string, Timetable>();
  const faults: Fault[] = [];
  for (const { id, every } of watchers) {
    const { every: configured = every, zone = config.daemon.zone } = config.watchers[id] ?? {};
    const timetable = timetableOf(configured, zone);
    if (timetable !== null) timetables.set(id, timetable);
    else
      faults.push(
        config.faultAt(['watchers', id, 'every'], `"${configured}" never comes`, CADENCE),
      );
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return ({ id }) => required(timetables.get(id), id);
}

function required(timetable: Timetable | undefined, watcher: string): Timetable {
  if (timetable === undefined) throw new Bug(`${watcher} is not among the watchers that run.`);
  return timetable;
}

/** The line on the live web. */
export function livePipeline(
  open: OpenPipeline,
  fetcher: Fetcher & { model?: ModelApi | null },
  clock: Clock = systemClock,
): PipelineContext {
  const { context, config } = open;
  const propose = proposerOf(config, context.store, fetcher.model ?? null, clock);
  const reader = propose === null ? context.reader : open.readerWith(propose);
  const links: LinkRules = {
    // Asked anew each time: who is followed may change while the line runs.
    isWatched: (id) => isWatched(id, context.reader.subject(id), open.watchlist),
    aDay: config.follow.leads,
    aHost: Math.ceil(config.follow.leads / HOSTS_A_DAY),
  };
  return { ...context, fetcher, clock, links, reader };
}

/** Asks the model that the config names, where there is one to be asked. */
export function proposerOf(
  { openai: { reading } }: Pick<Config, 'openai'>,
  { proposals }: Pick<Store, 'proposals'>,
  api: ModelApi | null,
  clock: Clock,
): Proposer | null {
  if (reading === undefined || api === null) return null;
  const { model, tokensPerPage, tokensPerDay } = reading;
  return openProposer({ proposals, clock, model, tokensPerPage, tokensPerDay, api });
}

/** No single host takes more than this share of the pages that a day may link to. */
const HOSTS_A_DAY = 5;
