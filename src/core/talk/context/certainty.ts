import type { Evidentiality, Force, Polarity, Statement } from '../../../domain/evidence.ts';
import type { Facet } from '../../../domain/facet.ts';
import type { Range } from '../../text/characters.ts';
import type { CueMatch } from '../cues/lexicon.ts';
import type { Clause } from '../document/clause.ts';
import type { TextAnalysis } from '../document/document.ts';
import { BE, DETERMINERS, DO, HAVE, isAdverb, MODALS } from '../syntax/word-classes.ts';

/** How firmly, and on what, a statement rests by its own account. */
interface Standing {
  force: Force;
  evidentiality: Evidentiality;
  relays: string | null;
}

/** By whom and how firmly a predicate is said, from the cues around it. The weakest cue decides. */
export function standingOf(
  analysis: TextAnalysis,
  cueMatch: CueMatch,
  clause: Clause,
  polarity: Polarity,
): Standing {
  const relays = outletIn(analysis, clause) ?? analysis.copyOf;
  const force = forceOf(analysis, cueMatch, clause, polarity, relays);
  return { force, evidentiality: evidentialityOf(analysis, clause, force), relays };
}

function forceOf(
  analysis: TextAnalysis,
  cueMatch: CueMatch,
  clause: Clause,
  polarity: Polarity,
  relays: string | null,
): Force {
  const { cues } = analysis;
  const isReported = isHearsay(analysis, cueMatch, clause);
  if (cueMatch.family === 'date.set' && polarity === 'support') {
    if (isReported || isHedged(analysis, cueMatch, clause)) return 'report';
    return cues.has(clause.sentence, 'attribution.vendor') ? 'attributed' : 'forecast';
  }
  if (isHedged(analysis, cueMatch, clause)) return 'hedge';
  if (isReported) return 'report';
  if (relays !== null) return 'relayed';
  if (cues.has(clause.sentence, 'attribution.vendor')) return 'attributed';
  if (seenByFew(analysis, clause)) return 'report';
  return isPartial(analysis, cueMatch, clause, polarity) ? 'assert_partial' : 'assert';
}

/** What is there for some, or still on its way, is there. */
function isPartial(
  analysis: TextAnalysis,
  cueMatch: CueMatch,
  clause: Clause,
  polarity: Polarity,
): boolean {
  return (
    polarity === 'support' && (analysis.cues.has(clause, 'partial') || /ing$/.test(cueMatch.family))
  );
}

/** Told by nobody in particular: in the clause, or ahead of the predicate in its sentence. */
function isHearsay(analysis: TextAnalysis, cueMatch: CueMatch, clause: Clause): boolean {
  const ahead = { start: clause.sentence.start, end: cueMatch.start };
  return [clause, ahead].some((range) =>
    analysis.cues.within(range, 'report').some((cue) => !isOfNamed(analysis, cue, clause.sentence)),
  );
}

/** "Reuters reports that": what a named outlet reports is its word, and no hearsay. */
function isOfNamed(analysis: TextAnalysis, cue: CueMatch, sentence: Range): boolean {
  const isWithin = ({ start, end }: Range) => cue.start < end && start < cue.end;
  if (analysis.cues.within(sentence, 'source').some(isWithin)) return true;
  if (!analysis.folded.startsWith('report', cue.start)) return false;
  return analysis.cues
    .within(sentence, 'outlet')
    .some(({ end }) => end <= cue.start && areHelpers(analysis.folded.slice(end, cue.start)));
}

/** Nothing but helpers: auxiliaries, adverbs, determiners. */
function areHelpers(text: string): boolean {
  const classes = [BE, HAVE, DO, MODALS, DETERMINERS];
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.every(
    (word) => word === 's' || isAdverb(word) || classes.some((one) => one.has(word)),
  );
}

/** A hedge within the predicate itself is part of what is said; an identity is hedged by anything in its sentence. */
function isHedged(analysis: TextAnalysis, cueMatch: CueMatch, clause: Clause): boolean {
  const isIdentity = cueMatch.family.startsWith('identity');
  const around = isIdentity ? clause.sentence : clause;
  return analysis.cues
    .within(around, 'hedge')
    .some((cue) => !(cue.start >= cueMatch.start && cue.end <= cueMatch.end));
}

function evidentialityOf(analysis: TextAnalysis, clause: Clause, force: Force): Evidentiality {
  switch (force) {
    case 'report':
      return 'unnamed';
    case 'attributed':
      return groundOf(analysis, clause.sentence);
    case 'assert':
    case 'assert_partial':
      return firstHand(analysis, clause);
    default:
      return 'none';
  }
}

/** Only those in the group can see an A/B rollout: told without a source, it is hearsay. */
function seenByFew(analysis: TextAnalysis, clause: Range): boolean {
  return /\ba\/b[ -](?:rollouts?|test(?:s|ing)?)\b/.test(
    analysis.folded.slice(clause.start, clause.end),
  );
}

function groundOf(analysis: TextAnalysis, sentence: Range): Evidentiality {
  const vendor = analysis.context.names.subjects()[0]?.vendor ?? '';
  const linked = analysis.masked.links.some(
    ({ start, end, address }) =>
      start >= sentence.start && end <= sentence.end && vendor !== '' && address.includes(vendor),
  );
  return linked ? 'link_to_primary' : 'named_quote';
}

function firstHand(analysis: TextAnalysis, clause: Range): Evidentiality {
  return analysis.lists['certainty.own-eyes'].test(analysis.folded.slice(clause.start, clause.end))
    ? 'first_hand'
    : 'none';
}

/** The outlet whose words a stretch passes on, by name; null when it passes on none. */
function outletIn(
  analysis: TextAnalysis,
  { start, end, sentence }: Range & { sentence: Range },
): string | null {
  const own = analysis.cues.within({ start, end }, 'outlet')[0];
  const outlet = own ?? analysis.cues.within({ start: sentence.start, end }, 'outlet').at(-1);
  if (outlet === undefined) return null;
  return analysis.masked.text.slice(outlet.start, outlet.end).trim();
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
