// biome-ignore lint/correctness/useImportExtensions: a plain JavaScript file, with its types beside it
import { findChromium } from '../../scripts/chromium.mjs';

/** The Chromium of this machine; tests that need one fail with what to do where there is none. */
export async function chromiumPath(): Promise<string> {
  const found = await findChromium();
  if (found !== null) return found;
  throw new Error('These tests need a Chromium: run `node scripts/chromium.mjs` first.');
}
