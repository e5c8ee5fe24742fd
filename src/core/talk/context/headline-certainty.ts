import type { Statement } from '../../../domain/evidence.ts';
import type { Facet } from '../../../domain/facet.ts';
import type { TextAnalysis } from '../document/document.ts';

/** Facets that headlines run together: "is here", "launches", "announced". */
const LAUNCH = new Set<Facet>(['released', 'announced', 'api_listed', 'product_available']);

/**
 * A headline alone never says how firmly: it counts as far as the text below it says the same. Where the text denies it,
 * the headline falls away; where the text is silent, it is a report.
 */
export function weighHeadlines(
  analysis: TextAnalysis,
  statements: readonly Statement[],
): readonly Statement[] {
  const headlines = analysis.blocks.filter(({ kind, level }) => kind === 'heading' && level <= 1);
  const body = statements.filter((one) => !isIn(one, headlines));
  const hasBody = analysis.blocks.some(({ kind }) => kind !== 'heading');
  return statements.flatMap((one) => {
    if (!isIn(one, headlines) || !hasBody) return [one];
    const alike = body.filter((other) => isAlike(other, one));
    if (alike.some(({ polarity }) => polarity === one.polarity)) return [one];
    if (alike.length > 0) return [];
    return [
      one.force === 'assert' || one.force === 'assert_partial' ? { ...one, force: 'report' } : one,
    ];
  });
}

function isIn({ span }: Statement, blocks: TextAnalysis['blocks']): boolean {
  return blocks.some(({ start, end }) => span[0] >= start && span[1] <= end);
}

function isAlike({ claim }: Statement, { claim: headline }: Statement): boolean {
  if (claim.subject !== headline.subject) return false;
  return claim.facet === headline.facet || (LAUNCH.has(claim.facet) && LAUNCH.has(headline.facet));
}
