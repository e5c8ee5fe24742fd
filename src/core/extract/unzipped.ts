import { Gunzip } from 'fflate';
import { unreadable } from './failure.ts';

/** A file that holds more than this is no sitemap and no page, in bytes. */
const MOST = 64 * 1024 * 1024;
const STEP = 64 * 1024;

/** A body that is a gzip file (`sitemap.xml.gz`) as what it holds; any other body as it is. */
export function unzipped(body: Uint8Array): Uint8Array {
  if (body[0] !== 0x1f || body[1] !== 0x8b || body[2] !== 0x08) return body;
  const parts: Uint8Array[] = [];
  let size = 0;
  let isWhole = false;
  const gunzip = new Gunzip((part, isLast) => {
    parts.push(part);
    size += part.length;
    isWhole ||= isLast;
  });
  try {
    // In steps, so that a small file that unpacks to gigabytes is given up in time.
    for (let at = 0; at < body.length && size <= MOST; at += STEP) {
      gunzip.push(body.subarray(at, at + STEP), at + STEP >= body.length);
    }
  } catch (cause) {
    throw unreadable('binary', 'The packed answer is damaged or was cut off.', cause);
  }
  if (size > MOST) throw unreadable('binary', `The packed answer holds more than ${MOST} bytes.`);
  if (!isWhole || size === 0) throw unreadable('binary', 'The packed answer was cut off.');
  return joined(parts, size);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
