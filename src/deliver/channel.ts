import type { z } from 'zod';
import type { Message } from '../domain/alert.ts';
import type { DeliveryId } from '../domain/ids.ts';

/** What a channel needs to know of the delivery it makes. */
export interface DeliveryMetadata {
  /** Travels with the message, so that the far side can drop a second copy. */
  id: DeliveryId;
  /** What an earlier, failed attempt at this delivery left behind. */
  receipt: string | null;
  /** The receipt of the first message sent by this channel in the same thread. */
  replyTo: string | null;
}

/** How a message was taken. */
export interface Acceptance {
  /** What a later message of the thread needs to reply to this one. */
  receipt: string | null;
  /** Who refused it for good while others took it, a sentence each; empty when all did. */
  refused: readonly string[];
  /** What the far side answered, in its own words. */
  said: string;
}

/** A way to reach people. Throws `DeliveryError`, which may carry a receipt for the next attempt. */
export interface Channel {
  send(message: Message, delivery: DeliveryMetadata, signal: AbortSignal): Promise<Acceptance>;
  /** Tries the way there and sends nothing; says what that proved. Throws `DeliveryError` where the way is barred. */
  probe(signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

/** A kind of channel: its config as a schema, and how to open one. */
export interface ChannelKind<Schema extends z.ZodObject = z.ZodObject> {
  kind: string;
  config: Schema;
  /** The least time between two messages the far side puts up with, in milliseconds. */
  gap: number;
  open(config: z.output<Schema>): Channel;
}
