import { channelsOf, routesOf } from '../app/build-channels.ts';
import { openPipeline, quietRulesOf } from '../app/build-pipeline.ts';
import type { OpenDatabase } from '../app/open-database.ts';
import { type AppOptions, configFor } from '../app/options.ts';
import { explainRoutes } from '../core/alerts/route.ts';
import { composeTest } from '../core/alerts/system-messages.ts';
import { textBody } from '../core/render/text.ts';
import { deliverDue } from '../daemon/delivery-loop.ts';
import { closeChannels } from '../deliver/registry.ts';
import type { Alert, Delivery, Message, Routing, Silence } from '../domain/alert.ts';
import { systemClock } from '../domain/clock.ts';
import { closing } from '../domain/closing.ts';
import { DeliveryError, NotFoundError } from '../domain/errors.ts';
import { type DeliveryId, idOf } from '../domain/ids.ts';
import type { Route } from '../domain/route.ts';
import type { AlertRow } from '../read/alerts.ts';
import { alertNamed, alertRowOf } from '../read/alerts.ts';
import { type HeldBack, heldBackIn, type UntoldView, untoldOn } from '../read/held-back.ts';
import type { ReviveFilter } from '../store/ports/outbox.ts';

export interface ChannelTest {
  channel: string;
  kind: string;
  taken: boolean;
  /** What the far side answered, or why there was no answer. */
  said: string;
  /** Who refused it while others took it. */
  refused: readonly string[];
  /** Milliseconds it took. */
  took: number;
}

/** Sends a real message through a channel now, past routes and outbox. Throws `NotFoundError` for a channel the config does not have. */
export async function testChannel(
  options: AppOptions,
  name: string,
  signal: AbortSignal,
): Promise<ChannelTest> {
  const config = await configFor(options);
  const kind = config.channels[name]?.kind;
  if (kind === undefined) throw noChannel(name, Object.keys(config.channels), config.file);
  const channels = channelsOf(config);
  const message = composeTest(name, systemClock.now());
  const delivery = { id: idOf('dl', message.alert, name), receipt: null, replyTo: null };
  const started = performance.now();
  const tested = (said: string, refused: readonly string[], taken: boolean): ChannelTest => {
    const took = Math.round(performance.now() - started);
    return { channel: name, kind, taken, said, refused, took };
  };
  try {
    const open = channels.get(name);
    if (open === undefined) throw noChannel(name, [...channels.keys()], config.file);
    const { said, refused } = await open.channel.send(message, delivery, signal);
    return tested(said, refused, true);
  } catch (thrown) {
    if (!(thrown instanceof DeliveryError)) throw thrown;
    return tested(thrown.message, [], false);
  } finally {
    await closeChannels(channels);
  }
}

function noChannel(name: string, all: readonly string[], file: string): NotFoundError {
  const known = all.length === 0 ? ' It has none yet: see docs/alerts.md.' : '';
  return new NotFoundError(`${file} has no channel ${name}.${known}`, all);
}

export interface Retried {
  /** Deliveries that had been given up and were tried again, as they stand now. */
  deliveries: readonly (Pick<Delivery, 'id' | 'alert' | 'channel' | 'state' | 'error'> & {
    title: string;
  })[];
}

/** Which dead deliveries: one, those of an alert, those of a channel, or all. */
export interface RetryCommand {
  id: string | null;
  channel: string | null;
  signal: AbortSignal;
}

/** Queues dead deliveries again and sends what is due. Throws `NotFoundError` for an id nobody knows. */
export async function retryDeliveries(
  options: AppOptions,
  { id, channel, signal }: RetryCommand,
): Promise<Retried> {
  return closing(await openPipeline(options), async (open) => {
    const { store } = open;
    const filter = await filterOf(open, id, channel);
    const channels = channelsOf(open.config);
    try {
      const revived = await store.outbox.revive(filter, systemClock.now());
      if (revived.length > 0) await deliverDue(open.context, channels, systemClock, signal);
      return { deliveries: await Promise.all(revived.map((one) => asItStands(open, one.id))) };
    } finally {
      await closeChannels(channels);
    }
  });
}

async function filterOf(
  { store }: Pick<OpenDatabase, 'store'>,
  id: string | null,
  channel: string | null,
): Promise<ReviveFilter> {
  const within = channel === null ? {} : { channel };
  if (id === null) return within;
  const { alert } = await alertNamed(store, id);
  return id.startsWith('dl_')
    ? { id: id as DeliveryId, ...within }
    : { alert: alert.id, ...within };
}

async function asItStands(
  { store }: Pick<OpenDatabase, 'store'>,
  delivery: DeliveryId,
): Promise<Retried['deliveries'][number]> {
  const { alert, deliveries } = await alertNamed(store, delivery);
  const { title } = alert.message;
  const now = deliveries.find(({ id }) => id === delivery);
  const { channel = '', state = 'queued', error = null } = now ?? {};
  return { id: delivery, alert: alert.id, channel, state, error, title };
}

export interface AlertDetail extends AlertRow {
  message: Message;
  /** The message as a mail shows it. */
  text: string;
}

/** One alert as it was told. */
export async function showAlert(
  { store }: Pick<OpenDatabase, 'store'>,
  id: string,
): Promise<AlertDetail> {
  const { alert, deliveries } = await alertNamed(store, id);
  const { message } = alert;
  return { ...alertRowOf(alert, deliveries), message, text: textBody(message) };
}

export interface AlertExplanation extends AlertRow {
  /** What was decided when it was told; null for one that is older than the keeping of it. */
  routing: Routing | null;
  /** What the routes and silences of today would make of it. */
  today: Routing;
  /** What happened in its story and brought no message by itself, by the rule that kept it back. */
  held: readonly HeldBack[];
}

/** Why an alert went where it went, and what the routes of today would do. */
export async function explainAlert(
  { store, config }: Pick<OpenDatabase, 'store' | 'config'>,
  id: string,
): Promise<AlertExplanation> {
  const { alert, deliveries } = await alertNamed(store, id);
  const silences = await store.outbox.silences(systemClock.now());
  const story = await store.stories.ofAlert(alert.id);
  return {
    ...alertRowOf(alert, deliveries),
    routing: alert.routing,
    today: todays(alert, routesOf(config), silences),
    held: heldBackIn(story === null ? [] : [story], quietRulesOf(config)),
  };
}

/** What of a story or a model brought no message by itself, and which rule kept it back. */
export function explainSilence(
  { known, config }: Pick<OpenDatabase, 'known' | 'config'>,
  typed: string,
): Promise<UntoldView> {
  return untoldOn(known, typed, quietRulesOf(config));
}

/** As if it had happened with the routes and silences that stand now. */
function todays(
  { message }: Alert,
  routes: readonly Route[],
  silences: readonly Silence[],
): Routing {
  const standing = silences.map((silence) => ({ ...silence, from: message.at }));
  return explainRoutes(message, routes, standing, message.at);
}
