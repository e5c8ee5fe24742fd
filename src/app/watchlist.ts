import type { Config } from '../config/config.ts';
import type { Names } from '../core/names/names.ts';
import type { Watchlist } from '../pipeline/targets.ts';
import type { Store } from '../store/store.ts';

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
