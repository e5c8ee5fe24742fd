import * as z from 'zod';
import type { Config } from '../config/config.ts';
import { oneOf } from '../config/faults.ts';
import type { Channel, OpenChannel } from '../deliver/channel.ts';
import { channelsSchema, openChannels } from '../deliver/registry.ts';
import { ConfigError, DeliveryError, type Fault } from '../domain/errors.ts';
import { type Route, routeSchema } from '../domain/route.ts';
import { strikeOut } from '../log.ts';

/** The routes of a config; each may name only channels that the config has. */
export function routesOf(config: Config): readonly Route[] {
  const routes = config.part(['routes'], z.array(routeSchema).default([]));
  const channels = Object.keys(config.channels);
  const faults = routes.flatMap((route, index) =>
    route.to.flatMap((name, at): Fault[] => {
      if (channels.includes(name)) return [];
      const known = oneOf(name, channels) ?? 'there are no channels yet';
      return [config.faultAt(['routes', index, 'to', at], `there is no channel ${name}`, known)];
    }),
  );
  if (faults.length > 0) throw new ConfigError(faults);
  return routes;
}

/** Opens every channel of a config. Throws `ConfigError` with the line of every fault. */
export function channelsOf(config: Config): ReadonlyMap<string, OpenChannel> {
  const settings = config.part(['channels'], channelsSchema.default({}));
  const hide = strikeOut(config.secrets);
  return new Map(
    [...openedIn(config, settings)].map(([name, open]) => [
      name,
      { ...open, channel: discreet(open.channel, hide) },
    ]),
  );
}

function openedIn(config: Config, settings: unknown): ReturnType<typeof openChannels> {
  try {
    return openChannels(settings, config.file);
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    const placed = thrown.faults.map(({ path, message, suggestion }) =>
      config.faultAt(path.split('.'), message, suggestion),
    );
    throw new ConfigError(placed, { cause: thrown });
  }
}

/** The words of a far side are kept in the database; they may repeat what it was sent. */
function discreet(channel: Channel, hide: (text: string) => string): Channel {
  return {
    async send(message, delivery, signal) {
      try {
        const { receipt, refused, said } = await channel.send(message, delivery, signal);
        return { receipt, refused: refused.map(hide), said: hide(said) };
      } catch (thrown) {
        throw thrown instanceof DeliveryError ? hidden(thrown, hide) : thrown;
      }
    },
    async probe(signal) {
      try {
        return await channel.probe(signal);
      } catch (thrown) {
        throw thrown instanceof DeliveryError ? hidden(thrown, hide) : thrown;
      }
    },
    close: () => channel.close(),
  };
}

function hidden(error: DeliveryError, hide: (text: string) => string): DeliveryError {
  const { kind, permanent, retryAfter, receipt, cause } = error;
  return new DeliveryError(kind, hide(error.message), {
    ...{ permanent, cause },
    ...(retryAfter !== null && { retryAfter }),
    ...(receipt !== null && { receipt: hide(receipt) }),
  });
}
