import type { Config } from '../config/config.ts';
import { discoveredSubject } from '../core/names/discovered.ts';
import type { Names } from '../core/names/names.ts';
import { DEFAULT_POLICY } from '../core/verdict/policy.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { Watchlist } from '../pipeline/targets.ts';
import type { Known } from '../read/known.ts';
import { catalogOf, openSubjectIndex, type SubjectIndex } from '../reader/subject-index.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { type AppOptions, configFor, readingPlaces, storePlaces } from './options.ts';

export interface Followed {
  /** The ids a person follows, by the config or by the command line. */
  follow: readonly string[];
  /** Subjects that would be followed by themselves and are not wanted. */
  except: readonly string[];
}

/** Who is followed: the config says it for good, `follow` and `unfollow` beside it. */
export async function followedIn(
  { follow }: Pick<Config, 'follow'>,
  store: Pick<Store, 'follows'>,
  names: Pick<Names, 'resolve'>,
): Promise<Followed> {
  const configured = follow.subjects.map((typed) => names.resolve(typed) ?? typed);
  const said = await store.follows.list();
  const added = said.filter(({ followed }) => followed).map(({ subject }) => subject);
  const kept = new Set([...configured, ...added]);
  const except = said.filter(({ followed, subject }) => !followed && !kept.has(subject));
  return { follow: [...kept], except: except.map(({ subject }) => subject) };
}

export function watchlistOf(config: Config, { follow, except }: Followed): Watchlist {
  return {
    follow,
    except,
    discover: config.follow.discover,
    pagesOf: (watcher) => config.watchers[watcher]?.pages ?? [],
  };
}

/** The database with what is needed to ask it: enough for every command that only reads. */
export interface OpenDatabase {
  config: Config;
  catalog: Catalog;
  store: Store;
  names: SubjectIndex;
  known: Known;
  close(): Promise<void>;
}

/** Opens the database for questions. Throws `ConfigError`, or `StoreError` when it cannot be opened. */
export function openDatabase(options: AppOptions): Promise<OpenDatabase> {
  return openAt(options, storePlaces);
}

/** The same where it is only read, and may be as of a moment ago. */
export function openDatabaseToRead(options: AppOptions): Promise<OpenDatabase> {
  return openAt(options, readingPlaces);
}

async function openAt(options: AppOptions, placesOf: typeof readingPlaces): Promise<OpenDatabase> {
  const config = await configFor(options);
  const store = await openStore(placesOf(options, config));
  try {
    return { ...(await databaseOver(config, store)), close: () => store.close() };
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

/** The database over a store that stays open when this is closed. */
export async function databaseOver(config: Config, store: Store): Promise<OpenDatabase> {
  const [catalog, discovered] = await Promise.all([catalogOf(), store.claims.subjects()]);
  const book = openSubjectIndex(catalog, discovered);
  const publishers = new Map(catalog.publishers.map(({ domain, name }) => [domain, name]));
  const vendors = new Map(catalog.vendors.map(({ vendor, name }) => [vendor, name]));
  const { follow, except } = await followedIn(config, store, book.names());
  let lacks: ReturnType<Known['lackOf']> | null = null;
  const known: Known = {
    store,
    policy: DEFAULT_POLICY,
    follow,
    except,
    subjects: () => book.names().subjects(),
    subject: (id) => book.names().subject(id),
    unlisted: (id, discovery) => {
      const vendor = book.names().vendorOf(id) ?? 'unknown';
      return discoveredSubject(id, vendor, book.names(), discovery);
    },
    resolve: (typed) => book.names().resolve(typed),
    near: (typed) => book.names().near(typed),
    lackOf() {
      // What fetches pages is loaded only when somebody asks.
      lacks ??= import('./lacking.ts').then(({ lacksIn }) => lacksIn(config));
      return lacks;
    },
    publisherName: (domain) => publishers.get(domain) ?? domain,
    vendorName: (id) => vendors.get(id) ?? id,
  };
  return { config, catalog, store, names: book, known, close: () => Promise.resolve() };
}
