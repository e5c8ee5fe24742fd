import type { Channel, DeliveryMetadata } from '../../src/deliver/channel.ts';
import { asError, DeliveryError } from '../../src/domain/errors.ts';
import { idOf } from '../../src/domain/ids.ts';
import {
  type ChatFlavour,
  type ChatServer,
  type ChatTurn,
  startChatServer,
} from './chat-server.ts';
import { endWithTest } from './endings.ts';

/** What a channel is asked to make first in a thread. */
export const FIRST_DELIVERY: DeliveryMetadata = {
  id: idOf('dl', 'chat'),
  receipt: null,
  replyTo: null,
};

export const signal = () => new AbortController().signal;

/** Starts servers that speak for the far side, each with a channel that posts to it; closes them after each test. */
export function chatStage() {
  return async (
    flavour: ChatFlavour,
    channel: (url: string) => Channel,
    turns: ChatTurn[] = [],
  ): Promise<{ server: ChatServer; chat: Channel }> => {
    const server = await startChatServer(flavour, turns);
    const chat = channel(server.url);
    endWithTest(() => server.close());
    endWithTest(() => chat.close());
    return { server, chat };
  };
}

/** The failure a sending ends in; throws when the message was taken. */
export async function failure(sending: Promise<unknown>): Promise<DeliveryError> {
  const thrown = await sending.then(
    () => new Error('It was taken.'),
    (error: unknown) => asError(error),
  );
  if (!(thrown instanceof DeliveryError)) throw thrown;
  return thrown;
}
