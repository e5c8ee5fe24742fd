import type { AlertKind, Message } from '../../domain/alert.ts';

/** A message that tells of no claim: everything that only a story has is empty in it. */
export function notice(
  parts: Pick<Message, 'at' | 'thread' | 'title' | 'because'> & {
    kind: AlertKind;
    id: Message['alert'];
  } & Partial<Pick<Message, 'subject' | 'name' | 'vendor' | 'entries'>>,
): Message {
  const { id, ...rest } = parts;
  return {
    subject: '',
    name: '',
    vendor: '',
    moves: [],
    proofs: [],
    changes: [],
    unchecked: [],
    entries: [],
    ...rest,
    alert: id,
  };
}
