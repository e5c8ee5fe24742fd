import type { Extraction, LastCount } from '../core/extract/extraction.ts';
import type { Capture } from '../domain/capture.ts';
import {
  asError,
  type Block,
  ExtractError,
  type ExtractFailure,
  FetchError,
  type FetchFailure,
} from '../domain/errors.ts';
import { given } from '../domain/given.ts';
import type { Item } from '../domain/item.ts';
import type { Subject } from '../domain/subject.ts';
import type { Entry, EntryReading, PageSource } from '../pipeline/context.ts';

/** What a reading thread can be asked. Watchers go by their id: a thread has its own copy of each. */
export type Question = Asked & {
  /** The subjects that are known and not catalogued. */
  learned: readonly Subject[];
};

export type Asked =
  | { kind: 'extract'; watcher: string; capture: Capture; before: LastCount }
  | { kind: 'read'; watcher: string; entries: readonly Entry[] }
  | { kind: 'origin'; page: PageSource };

export type Answer =
  | { kind: 'items'; items: readonly Item[] }
  | { kind: 'unreadable'; error: SentError; suspect: Unreadable['suspect'] }
  | { kind: 'readings'; readings: readonly EntryReading[] }
  | { kind: 'origin'; fields: Item['fields'] }
  /** Something broke that nobody thought of. */
  | { kind: 'failed'; error: SentError };

type Unreadable = Extract<Extraction, { kind: 'unreadable' }>;

/** An error as plain values: between threads it would lose its class and what it carries. */
export type SentError =
  | { family: 'extract'; kind: ExtractFailure; message: string }
  | {
      family: 'fetch';
      kind: FetchFailure;
      message: string;
      status: number | null;
      block: Block | null;
    }
  | { family: 'other'; message: string; stack: string };

export function sentError(thrown: unknown): SentError {
  const error = asError(thrown);
  const { message } = error;
  if (error instanceof ExtractError) return { family: 'extract', kind: error.kind, message };
  if (error instanceof FetchError) {
    const { kind, status, block } = error;
    return { family: 'fetch', kind, message, status, block };
  }
  return { family: 'other', message, stack: error.stack ?? '' };
}

export function receivedError(sent: SentError): Error {
  switch (sent.family) {
    case 'extract':
      return new ExtractError(sent.kind, sent.message);
    case 'fetch': {
      const { kind, message, status, block } = sent;
      return new FetchError(kind, message, given({ status, block }));
    }
    case 'other':
      // Where it happened is in the other thread.
      return Object.assign(new Error(sent.message), { stack: sent.stack });
  }
}
