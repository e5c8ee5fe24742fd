import type { Evidentiality, Force, Polarity, Statement } from '../../../domain/evidence.ts';
import type { Facet } from '../../../domain/facet.ts';
import type { Range } from '../../text/characters.ts';
import type { CueMatch } from '../cues/lexicon.ts';
import type { Clause } from '../document/clause.ts';
import { shows, type TextAnalysis, textOf } from '../document/document.ts';

/** How firmly, and on what, a statement rests by its own account. */
type Standing = Pick<Statement, 'force' | 'evidentiality' | 'relays'>;

/** Words that say something of a model, in the clause they stand in. */
interface Said {
  cueMatch: CueMatch;
  clause: Clause;
  polarity: Polarity;
}

/** By whom and how firmly a predicate is said, from the cues around it. The weakest cue decides. */
export function standingOf(
  analysis: TextAnalysis,
  cueMatch: CueMatch,
  clause: Clause,
  polarity: Polarity,
): Standing {
  const relays = outletIn(analysis, clause) ?? analysis.copyOf;
  const force = forceOf(analysis, { cueMatch, clause, polarity }, relays);
  return { force, evidentiality: evidentialityOf(analysis, clause, force), relays };
}

function forceOf(analysis: TextAnalysis, said: Said, relays: string | null): Force {
  const { cueMatch, clause, polarity } = said;
  const isReported = isHearsay(analysis, said);
  const isHeld = isHedged(analysis, said);
  const isVendors = analysis.cues.has(clause.sentence, 'attribution.vendor');
  if (cueMatch.family === 'date.set' && polarity === 'support') {
    if (isReported || isHeld) return 'report';
    return isVendors ? 'attributed' : 'forecast';
  }
  if (isHeld) return 'hedge';
  if (isReported) return 'report';
  if (relays !== null) return 'relayed';
  if (isVendors) return 'attributed';
  // Only those in the group can see an A/B rollout: told without a source, it is hearsay.
  if (RAN_FOR_SOME.test(textOf(analysis, clause))) return 'report';
  // What is there for some, or still on its way, is there.
  const isPartial = analysis.cues.has(clause, 'partial') || cueMatch.family.endsWith('ing');
  return polarity === 'support' && isPartial ? 'assert_partial' : 'assert';
}

const RAN_FOR_SOME = /\ba\/b[ -](?:rollouts?|test(?:s|ing)?)\b/;

/**
 * Told by nobody in particular: in the clause, or ahead of the predicate in its sentence. "Reuters reports that": what a
 * named outlet reports is its word, and no hearsay.
 */
function isHearsay({ cues }: TextAnalysis, { clause, cueMatch }: Said): boolean {
  const { sentence } = clause;
  const ahead = { start: sentence.start, end: cueMatch.start };
  const named = cues.within(sentence, 'source');
  return [clause, ahead]
    .flatMap((range) => cues.within(range, 'report'))
    .some((cue) => !named.some(({ start, end }) => cue.start < end && start < cue.end));
}

/** A hedge within the predicate itself is part of what is said; an identity is hedged by anything in its sentence. */
function isHedged({ cues }: TextAnalysis, { clause, cueMatch }: Said): boolean {
  const { family, start, end } = cueMatch;
  return cues
    .within(family.startsWith('identity') ? clause.sentence : clause, 'hedge')
    .some((cue) => !(cue.start >= start && cue.end <= end));
}

function evidentialityOf(analysis: TextAnalysis, clause: Clause, force: Force): Evidentiality {
  switch (force) {
    case 'report':
      return 'unnamed';
    case 'attributed':
      return isLinked(analysis, clause.sentence) ? 'link_to_primary' : 'named_quote';
    case 'assert':
    case 'assert_partial':
      return shows(analysis, 'certainty.own-eyes', clause) ? 'first_hand' : 'none';
    default:
      return 'none';
  }
}

/** Whether a sentence links to the vendor. */
function isLinked({ context, masked }: TextAnalysis, sentence: Range): boolean {
  const vendor = context.names.subjects()[0]?.vendor ?? '';
  return masked.links.some(
    ({ start, end, address }) =>
      start >= sentence.start && end <= sentence.end && vendor !== '' && address.includes(vendor),
  );
}

/** The outlet whose words a clause passes on, by name; null when it passes on none. */
function outletIn({ cues, masked }: TextAnalysis, clause: Clause): string | null {
  const ahead = { start: clause.sentence.start, end: clause.end };
  const outlet = cues.within(clause, 'outlet')[0] ?? cues.within(ahead, 'outlet').at(-1);
  return outlet === undefined ? null : masked.text.slice(outlet.start, outlet.end).trim();
}

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
