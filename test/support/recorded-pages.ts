import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadRecording } from '../../src/config/recording.ts';
import type { PrintedPage } from '../../src/core/provenance/edges.ts';
import { printedPage, talkFromHtml } from './talk-pages.ts';

const FOLDER = fileURLToPath(new URL('../../data/recordings', import.meta.url));

/** Every page of somebody else in the recorded launch, once per text. */
export async function readRecordingPages(): Promise<readonly PrintedPage[]> {
  const { captures } = await loadRecording(join(FOLDER, 'gpt-image-2-launch'));
  const pages = new Map<string, PrintedPage>();
  for (const { url, outcome, body } of captures) {
    const isTalk = new URL(url).hostname.endsWith('.example');
    if (!isTalk || outcome.kind !== 'answer' || outcome.status !== 200) continue;
    const source = new TextDecoder().decode(await body());
    if (!outcome.contentType.includes('html')) continue;
    const page = printedPage(talkFromHtml(url, source));
    pages.set(page.item, page);
  }
  return [...pages.values()];
}
