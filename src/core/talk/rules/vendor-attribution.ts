import type { Statement } from '../../../domain/evidence.ts';
import { argumentsOf } from '../arguments/arguments.ts';
import { isExpected } from '../context/assertion.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Clause } from '../document/clause.ts';
import type { Scene } from '../document/document.ts';
import { quoteOf } from './quote.ts';

/** Words that make an attribution one to something the vendor published. */
const PUBLISHED =
  /\b(?:post|blog|announcement|tweet(?:ed)?|posted|title|titled|statement|press release|launch|release notes|@\S+)\b|@/;

/**
 * "Three names make the family, says @OpenAI": what a text attributes to the vendor's own post says that the vendor
 * spoke of the model. A lead to the post, and no proof.
 */
export function vendorWordIn(scene: Scene, clause: Clause): readonly Statement[] {
  const [cue] = scene.hits.within(clause, 'attribution.vendor');
  if (cue === undefined || !isPublished(scene, cue, clause)) return [];
  const hit: Hit = { ...cue, family: 'announce.past' };
  if (isExpected(scene, hit, clause) || scene.hits.has(clause, 'negator', 'conditional')) return [];
  return argumentsOf(scene, hit, clause).map(({ subject, aliasClaimed }) => ({
    claim: { subject, facet: 'announced' as const, qualifiers: {}, value: null },
    polarity: 'support' as const,
    force: 'attributed' as const,
    evidentiality: isLinked(scene, clause)
      ? ('link_to_primary' as const)
      : ('named_quote' as const),
    effective: null,
    validTime: null,
    ...quoteOf(scene, clause),
    relays: null,
    silenceOf: null,
    aliasClaimed,
  }));
}

function isPublished(scene: Scene, cue: Hit, clause: Clause): boolean {
  const said = scene.folded.slice(Math.max(clause.start, cue.start - 1), cue.end + 12);
  return PUBLISHED.test(said) || isLinked(scene, clause);
}

function isLinked(scene: Scene, { start, end }: Clause): boolean {
  return scene.masked.links.some(
    (link) => link.start >= start && link.end <= end + 1 && /openai/i.test(link.address),
  );
}
