import type { Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';

/** The outlet whose words a stretch passes on, by name; null when it passes on none. */
export function outletIn(
  scene: Scene,
  { start, end, sentence }: Range & { sentence: Range },
): string | null {
  const own = scene.hits.within({ start, end }, 'outlet')[0];
  const outlet = own ?? scene.hits.within({ start: sentence.start, end }, 'outlet').at(-1);
  if (outlet === undefined) return null;
  return scene.masked.text.slice(outlet.start, outlet.end).trim();
}
