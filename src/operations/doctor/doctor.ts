import { channelsOf } from '../../app/build-channels.ts';
import { fetcherOf } from '../../app/build-fetcher.ts';
import { type OpenPipeline, pipelineOver } from '../../app/build-pipeline.ts';
import { databaseOver } from '../../app/open-database.ts';
import { type AppOptions, configFor, readingPlaces, storePlaces } from '../../app/options.ts';
import { hostOf } from '../../daemon/check-loop.ts';
import { closeChannels } from '../../deliver/registry.ts';
import { systemClock } from '../../domain/clock.ts';
import { closing } from '../../domain/closing.ts';
import { ConfigError, faultLine } from '../../domain/errors.ts';
import { groupedBy } from '../../domain/groups.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { Fetcher } from '../../fetch/fetcher.ts';
import { targetsOf, watchedSubjects } from '../../pipeline/targets.ts';
import { isServerUrl, openStore, sqlitePath } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';
import { type ConfigFindings, checkConfig } from '../config-check.ts';
import {
  bodiesFinding,
  databaseFindings,
  openForDoctor,
  openServerForDoctor,
  replicaFinding,
} from './database.ts';
import { type Finding, note, ok, unlooked, wrong } from './finding.ts';
import { browserFinding, diskFindings } from './machine.ts';
import {
  channelFinding,
  clockFinding,
  dnsFinding,
  notAsked,
  type Primary,
  primaryLooked,
} from './network.ts';

export type { Finding };

export interface DoctorOptions {
  /** Told of each finding as it is made. */
  onFinding(finding: Finding): void;
}

/**
 * Looks at everything the program needs: config, database, clock, disk, browser, names, each primary, each channel, dead
 * letters. Nothing is sent, nothing is written but a probe at the place for bodies that goes at once, and nothing is waited for without end.
 */
export async function runDoctor(
  options: AppOptions,
  { onFinding }: DoctorOptions,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const tell = (finding: Finding) => {
    findings.push(finding);
    onFinding(finding);
  };
  const configured = await configFindings(options);
  for (const finding of configured) tell(finding);
  if (configured.some(({ state }) => state === 'wrong')) return findings;

  const config = await configFor(options);
  const places = storePlaces(options, config);
  const { url } = places;
  const place = isServerUrl(url) ? null : sqlitePath(url);
  for (const finding of await diskFindings(config, place)) tell(finding);
  const opened = await (place === null
    ? openServerForDoctor(places)
    : openForDoctor(place, places));
  tell(opened.finding);
  if (places.bodies !== undefined) tell(await bodiesFinding(places.bodies));
  const reading = readingPlaces(options, config);
  if (reading.url !== url) tell(await replicaFinding(reading));
  await closing(opened.store ?? (await openStore({ url: ':memory:' })), async (store) => {
    const open = await pipelineOver(await databaseOver(config, store));
    await lookAround({ open, store: opened.store, tell });
  });
  return findings;
}

async function configFindings(options: AppOptions): Promise<readonly Finding[]> {
  try {
    return configured(await checkConfig(options));
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    return thrown.faults.map((fault) =>
      wrong('config', faultLine(fault), 'mend it; the rest cannot be looked at before that'),
    );
  }
}

function configured(found: ConfigFindings): readonly Finding[] {
  const { file, watchers, targets, channels, routes, notes } = found;
  const says = `${file}: ${watchers.length} watchers, ${targets} addresses, ${channels.length} channels, ${routes} routes`;
  return [ok('config', says), ...notes.map((said) => note('config', said))];
}

interface Ground {
  open: OpenPipeline;
  /** Null when there is no database that could be looked at. */
  store: Store | null;
  tell(finding: Finding): void;
}

async function lookAround({ open, store, tell }: Ground): Promise<void> {
  const { config, context, watchlist } = open;
  const subjects = watchedSubjects(context.reader, watchlist);
  const targets = targetsOf(context.watchers.values(), subjects, watchlist);
  if (store !== null) {
    const wanted = new Set<TargetId>(targets.map(({ id }) => id));
    for (const finding of await databaseFindings(open, wanted, systemClock.now())) tell(finding);
  }
  const primaries = [...context.watchers.values()].flatMap((watcher): Primary[] => {
    const first = targets.find((target) => target.watcher === watcher.id);
    return watcher.vendor === null || first === undefined ? [] : [{ watcher, url: first.url }];
  });
  const read = primaries.filter(
    ({ watcher }) => watcher.via !== 'model-list' || config.openai.apiKey !== undefined,
  );
  tell(await dnsFinding(outsideHosts(read, config.fetch.hosts)));
  await Promise.all([
    primaryFindings(open, primaries, tell),
    channelFindings(open, tell),
    browserFinding().then(tell, (thrown) => tell(unlooked('browser', thrown))),
  ]);
}

/** The hosts that answer for themselves, each once. */
function outsideHosts(
  primaries: readonly Primary[],
  standIns: Readonly<Record<string, string>>,
): readonly string[] {
  const urls = primaries.map(({ url }) => new URL(url)).filter(({ host }) => host !== '');
  const outside = urls.filter(({ host }) => standIns[host] === undefined);
  return [...new Set(outside.map(({ hostname }) => hostname))];
}

async function primaryFindings(
  { config }: OpenPipeline,
  primaries: readonly Primary[],
  tell: Ground['tell'],
): Promise<void> {
  const fetcher = fetcherOf(config, systemClock);
  const skews: number[] = [];
  const amiss: Finding[] = [];
  const sort = (finding: Finding) => {
    if (finding.state === 'wrong') amiss.push(finding);
    else tell(finding);
  };
  const hosts = new Set(primaries.map(hostOf));
  const asked = [...hosts].map((host) =>
    ofOneHost(
      primaries.filter((primary) => hostOf(primary) === host),
      fetcher,
      skews,
      sort,
    ),
  );
  try {
    await Promise.all(asked);
    for (const finding of byCause(amiss)) tell(finding);
    tell(clockFinding(skews) ?? note('clock', 'no far side said what time it is'));
  } finally {
    await fetcher.close();
  }
}

/** So many sources with the same trouble have one cause, such as a line that is cut. */
const ONE_CAUSE = 4;

/** What ails many sources alike is told once, with the first of them for an example. */
function byCause(findings: readonly Finding[]): readonly Finding[] {
  const groups = groupedBy(findings, ({ todo }) => todo);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length < ONE_CAUSE) return group;
    const names = group.map(({ about }) => about.replace(/^source /, '')).join(', ');
    return { ...first, about: `${group.length} sources`, says: `${first.says} (${names})` };
  });
}

/** One after the other, as a host is asked in a check, too. */
async function ofOneHost(
  primaries: readonly Primary[],
  fetcher: Fetcher,
  skews: number[],
  tell: Ground['tell'],
): Promise<void> {
  let isUnreachable = false;
  for (const primary of primaries) {
    if (isUnreachable) {
      tell(notAsked(primary));
      continue;
    }
    try {
      const looked = await primaryLooked(primary, fetcher);
      isUnreachable = looked.isUnreachable;
      if (looked.skew !== null) skews.push(looked.skew);
      tell(looked.finding);
    } catch (thrown) {
      tell(unlooked(`source ${primary.watcher.id}`, thrown));
    }
  }
}

async function channelFindings({ config }: OpenPipeline, tell: Ground['tell']): Promise<void> {
  const channels = channelsOf(config);
  try {
    await Promise.all(
      [...channels].map(async ([name, channel]) => tell(await channelFinding(name, channel))),
    );
  } finally {
    await closeChannels(channels);
  }
}
