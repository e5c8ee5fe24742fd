import type { z } from 'zod';
import type { Message } from '../domain/alert.ts';
import type { DeliveryId } from '../domain/ids.ts';

/** A way to reach people. Throws `DeliveryError`; the id lets the far side drop a second copy. */
export interface Channel {
  send(message: Message, delivery: DeliveryId, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** A kind of channel: its config as a schema, and how to open one. */
export interface ChannelKind<Schema extends z.ZodType = z.ZodType> {
  kind: string;
  config: Schema;
  open(config: z.output<Schema>): Channel;
}
