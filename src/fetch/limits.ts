import { LARGEST_BODY } from '../domain/capture.ts';

/** What one fetch may cost at most. Times in milliseconds, sizes in bytes. */
export interface FetchLimits {
  /** To open a connection, the handshake of TLS included. */
  connect: number;
  /** From the request to the first line of the answer. */
  headers: number;
  /** Between two pieces of a body. */
  idle: number;
  /** The whole exchange, redirects included, the wait for the host's turn not. */
  total: number;
  /** As sent, compressed or not. */
  wireBytes: number;
  /** After decompression. */
  bodyBytes: number;
  /** The head of an answer: policies and cookies of large sites take more than the 16 KB that are usual. */
  headerBytes: number;
  /** Redirects followed. */
  redirects: number;
}

const SECOND = 1000;
const MEGABYTE = 1024 * 1024;

export const USUAL_LIMITS: FetchLimits = {
  connect: 10 * SECOND,
  headers: 20 * SECOND,
  idle: 15 * SECOND,
  total: 60 * SECOND,
  wireBytes: 10 * MEGABYTE,
  bodyBytes: LARGEST_BODY,
  headerBytes: 64 * 1024,
  redirects: 8,
};
