import type { Block } from '../document/blocks.ts';
import type { Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';

/** Words before a quotation that pass it on as somebody's, by which it is theirs and not made fun of. */
const ATTRIBUTED =
  /\b(?:says?|said|wrote|writes|stated?|states|titled|reads?|announced|announces|tweeted|posted|according to|confirmed|told|explained|notes|replied|answered|responded|insisted|added)\b/;

/** What is said of words that are not so. */
const DISCREDITED =
  /\b(?:clickbait|fake[sd]?|false|hoax|misleading|wrong|scam|invented|nonsense|untrue|bait|thumbnails?|photoshopped|satire|parody|no such)\b/;

/** What carries headlines of anybody's. */
const SHOWN =
  /\b(?:videos?|clips?|threads?|tweets?|memes?|banners?|ads?|adverts?|headlines?|listings?|subject lines?|posters?)\b/;

function isOfSource({ hits }: Scene, sentence: Range, quotation: Range): boolean {
  return [
    { start: sentence.start, end: quotation.start },
    { start: quotation.end, end: sentence.end },
  ].some((outside) => hits.has(outside, 'vendor', 'attribution', 'outlet', 'source'));
}

const QUOTATION = /"([^"]{4,240})"/g;

/**
 * Whether a predicate stands in quotation marks that hold it at a distance: a headline shown as an example, a word
 * somebody else uses. A quotation passed on as somebody's words is theirs.
 */
export function isDistanced(scene: Scene, hit: Range, sentence: Range): boolean {
  const text = scene.folded.slice(sentence.start, sentence.end);
  for (const match of text.matchAll(QUOTATION)) {
    const start = sentence.start + match.index;
    const end = start + match[0].length;
    if (hit.start < start || hit.end > end) continue;
    const outside = text.slice(0, match.index) + text.slice(match.index + match[0].length);
    if (DISCREDITED.test(outside) || /[?？]"$/.test(match[0])) return true;
    if (SHOWN.test(outside) && !isOfSource(scene, sentence, { start, end })) return true;
    return !ATTRIBUTED.test(outside) && !IS_ANSWER.test(match[0]);
  }
  return false;
}

/** What a machine says is not made fun of. */
const IS_ANSWER = /not found|unknown|invalid|does not exist/;

/** A list of what is not so: its entries are examples of falsehoods. */
export function isNoise(block: Block): boolean {
  const heading = block.under.at(-1);
  if (heading === undefined || block.kind === 'heading') return false;
  return /^(?:the )?(?:noise|myths?|hoaxes|false (?:claims?|reports?|rumou?rs?)|fakes?|debunked|misinformation|not true)\W*$/i.test(
    heading,
  );
}
