import type { AlertKind, Message } from '../../domain/alert.ts';
import { idOf } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { counted } from './words.ts';

/** Gathers messages into one, the oldest first. */
export function composeDigest(entries: readonly Message[], at: Instant): Message {
  const sorted = [...entries].sort((a, b) => (a.at < b.at ? -1 : 1));
  const alert = idOf('al', 'digest', ...sorted.map((entry) => entry.alert));
  const subjects = new Set(sorted.map((entry) => entry.subject));
  return notice({
    kind: 'digest',
    id: alert,
    at,
    // A digest answers nothing and nothing answers it.
    thread: `digest@${alert}`,
    title: `Digest: ${counted(sorted.length, 'alert')} on ${counted(subjects.size, 'subject')}`,
    because: [],
    entries: sorted,
  });
}

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
