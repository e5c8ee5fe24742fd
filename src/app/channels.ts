import { z } from 'zod';
import type { Config } from '../config/config.ts';
import type { OpenChannel } from '../deliver/pass.ts';
import { channelsSchema, openChannels } from '../deliver/registry.ts';
import { ConfigError, type Fault } from '../domain/errors.ts';
import { type Route, routeSchema } from '../domain/route.ts';

/** The routes of a config; each may name only channels that the config has. */
export function routesOf(config: Config): readonly Route[] {
  const routes = config.part(['routes'], z.array(routeSchema).default([]));
  const channels = Object.keys(config.channels);
  const faults = routes.flatMap((route, index) =>
    route.to.flatMap((name, at): Fault[] => {
      if (channels.includes(name)) return [];
      const known =
        channels.length === 0 ? 'there are no channels yet' : `one of ${channels.join(', ')}`;
      return [config.faultAt(['routes', index, 'to', at], `there is no channel ${name}`, known)];
    }),
  );
  if (faults.length > 0) throw new ConfigError(faults);
  return routes;
}

/** Opens every channel of a config. Throws `ConfigError` with the line of every fault. */
export function channelsOf(config: Config): ReadonlyMap<string, OpenChannel> {
  return openChannels(config.part(['channels'], channelsSchema.default({})), config.file);
}
