import type { Statement } from '../../domain/evidence.ts';
import type { Block } from './blocks.ts';
import type { Scene } from './scene.ts';

/** Words before a quotation that pass it on as somebody's, by which it is theirs and not made fun of. */
const ATTRIBUTED =
  /\b(?:says?|said|wrote|writes|stated?|states|titled|called|named|headed|headline|reads?|announced|announces|tweeted|posted|post|quotes?|nickname|name|according to|words|confirmed|told|explained|note|notes)\b/;

/** Whether the part of a statement's quote that carries it stands in quotation marks that hold it at a distance. */
export function quotedPart(scene: Scene, { span }: Statement): 'own' | 'distanced' {
  const text = scene.folded.slice(...span);
  const match = /"([^"]{4,200})"/.exec(text);
  if (match?.[1] === undefined) return 'own';
  const outside = text.slice(0, match.index) + text.slice(match.index + match[0].length);
  const onlyInside =
    isWholeClaim(match[1]) && !hasPredicate(scene, span, match.index, match[0].length);
  return onlyInside && !ATTRIBUTED.test(outside) ? 'distanced' : 'own';
}

/** A quotation that is a claim by itself, and not a name or a single word. */
function isWholeClaim(inside: string): boolean {
  return (
    !/not found|unknown|invalid|does not exist/.test(inside) &&
    inside.trim().split(/\s+/).length >= 2
  );
}

function hasPredicate(
  scene: Scene,
  [start, end]: readonly [number, number],
  from: number,
  length: number,
): boolean {
  const families = [
    'release',
    'access',
    'announce',
    'deny',
    'document',
    'retire',
    'price',
    'test',
    'sight',
  ];
  return (
    scene.hits.has({ start, end: start + from }, ...families) ||
    scene.hits.has({ start: start + from + length, end }, ...families)
  );
}

/** A list of what is not so: its entries are examples of falsehoods. */
export function isNoise(scene: Scene, block: Block): boolean {
  const heading = block.under.at(-1);
  if (heading === undefined || block.kind === 'heading') return false;
  return /^(?:the )?(?:noise|myths?|hoaxes|false (?:claims?|reports?|rumou?rs?)|fakes?|debunked|misinformation|not true)\W*$/i.test(
    heading,
  );
}
