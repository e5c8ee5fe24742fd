import type { Page } from 'playwright';
import { FetchError } from '../domain/errors.ts';

/** Times in milliseconds. */
const POLL = 100;
const STEADY_POLLS = 3;
const LOADED_AT_LAST = 10_000;
const STEADY_AT_LAST = 6000;
const PASSED_AT_LAST = 12_000;

/** Taller pages are cut in a picture, in CSS pixels. */
const TALLEST = 12_000;

/**
 * Waits until a page has drawn itself: loaded, nothing more under way, its size the same for a while. A page that is
 * still a wall then gets some time (at most `timeout`, in milliseconds) to let us through by itself. Waiting has an end, and a page that never rests is
 * read as it stands.
 */
export async function settle(
  page: Page,
  underWay: () => number,
  isWall: (html: string) => boolean,
  timeout: number,
): Promise<void> {
  await page.waitForLoadState('load', { timeout: LOADED_AT_LAST }).catch(() => undefined);
  await untilSteady(page, underWay);
  const end = performance.now() + Math.min(timeout, PASSED_AT_LAST);
  while (performance.now() < end) {
    const html = await page.content().catch(() => null);
    if (html !== null && !isWall(html)) return;
    await page.waitForTimeout(POLL * STEADY_POLLS);
  }
}

/** Counts what a page is waiting for, from before it is opened. */
export function requestsUnderWay(page: Page): () => number {
  let count = 0;
  page.on('request', () => {
    count += 1;
  });
  for (const over of ['requestfinished', 'requestfailed'] as const) {
    page.on(over as 'requestfinished', () => {
      count -= 1;
    });
  }
  return () => count;
}

async function untilSteady(page: Page, underWay: () => number): Promise<void> {
  const end = performance.now() + STEADY_AT_LAST;
  let before = -1;
  let same = 0;
  while (same < STEADY_POLLS && performance.now() < end) {
    await page.waitForTimeout(POLL);
    const size = await sizeOf(page);
    same = size !== null && size === before && underWay() <= 0 ? same + 1 : 0;
    before = size ?? -1;
  }
}

/** Characters of markup; null while the page is between two documents. */
function sizeOf(page: Page): Promise<number | null> {
  return page.evaluate<number>('document.documentElement?.outerHTML.length ?? 0').catch(() => null);
}

/** The document as it stands, as UTF-8. Throws `FetchError` of kind too-large before it is fetched out of the browser. */
export async function renderedHtml(page: Page, limit: number): Promise<Uint8Array> {
  const size = await sizeOf(page);
  if ((size ?? 0) > limit) {
    throw new FetchError('too-large', `The page drew itself larger than ${limit} bytes.`);
  }
  return new TextEncoder().encode(await page.content());
}

/** A picture of the page as PNG; null when none could be taken, which spoils nothing. */
export async function pictureOf(page: Page): Promise<Uint8Array | null> {
  try {
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    await page.setViewportSize({ width: 1280, height: Math.min(Math.max(height, 600), TALLEST) });
    return await page.screenshot({ type: 'png', animations: 'disabled', timeout: 10_000 });
  } catch {
    return null;
  }
}
