import type { Polarity } from '../../../domain/evidence.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';

function actOf({ family }: Hit): string {
  return family.split('.')[0] ?? family;
}

/** What can be looked for at a channel and not found there. */
const SEARCHED = new Set(['announce', 'document', 'api', 'price', 'release', 'access', 'deny']);

/**
 * The vendor's channel that a denial says shows nothing ("no post on openai.com/news"), or null. Such a statement
 * passes on somebody's look at a page that is looked at here anyway.
 */
export function silentChannel(
  scene: Scene,
  hit: Hit,
  sentence: Range,
  clause: Range,
  polarity: Polarity,
): string | null {
  if (polarity !== 'deny' || !SEARCHED.has(actOf(hit))) return null;
  const channel = scene.hits.within(clause, 'channel')[0];
  if (channel !== undefined) return nameOf(scene, channel);
  const nearby = scene.hits.within(sentence, 'channel');
  const isList = nearby.length > 1 && actOf(hit) === 'document';
  return isList ? nameOf(scene, hit) : null;
}

function nameOf(scene: Scene, { start, end }: Range): string {
  return scene.masked.text.slice(start, end).trim();
}
