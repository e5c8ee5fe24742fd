import { DAY, elapsed, type Instant } from '../../domain/time.ts';

/** A launch is over when nothing was told of its subject for three days, or two weeks after it began. */
const QUIET_AFTER = 3 * DAY;
const LONGEST_WINDOW = 14 * DAY;

/**
 * The conversation an alert belongs to: `<subject>@<start>`, where the start is that of the launch window its subject
 * is in. The window lasts while alerts follow each other closely; the next one begins a new conversation.
 */
export function threadOf(
  subject: string,
  at: Instant,
  last: { thread: string; at: Instant } | null,
): string {
  const start = last === null ? null : startOf(last.thread, subject);
  const lasts =
    last !== null &&
    start !== null &&
    elapsed(last.at, at) <= QUIET_AFTER &&
    elapsed(start, at) <= LONGEST_WINDOW;
  return lasts ? last.thread : `${subject}@${at}`;
}

function startOf(thread: string, subject: string): Instant | null {
  const prefix = `${subject}@`;
  const start = thread.slice(prefix.length);
  return thread.startsWith(prefix) && !Number.isNaN(Date.parse(start)) ? start : null;
}
