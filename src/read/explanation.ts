import { isRetracted } from '../core/claims/source-history.ts';
import { explain, uncheckedLines } from '../core/verdict/explanation.ts';
import { facetLabel } from '../domain/claim.ts';
import { UsageError } from '../domain/errors.ts';
import type { Evidence, Retraction } from '../domain/evidence.ts';
import { FACETS, isFacet } from '../domain/facet.ts';
import { type Instant, timeWords } from '../domain/time.ts';
import type { Verdict } from '../domain/verdict.ts';
import { type Answer, answerNamed, type Known } from './known.ts';
import { channelsRead } from './surface-words.ts';
import type { ExplanationView } from './views.ts';

/**
 * Why each claim stands where it stands. Without a facet: every claim anybody has spoken of, the headline first;
 * a facet may be written short (`announced@2026-04-16`, `product_available:chatgpt`).
 */
export async function explanationOf(
  known: Known,
  typed: string,
  facet: string | null,
  asOf: Instant,
): Promise<ExplanationView> {
  return explanationIn(known, await answerNamed(known, typed, asOf), facet);
}

/** The explanation of a judgement. */
export function explanationIn(known: Known, answer: Answer, facet: string | null): ExplanationView {
  const { subject, asOf, verdicts, record } = answer;
  const evidence = new Map(record.evidence.map((piece) => [piece.id, piece]));
  const chosen = facet === null ? spokenOf(verdicts) : matching(verdicts, facet);
  const claims = new Map(verdicts.map(({ claim }) => [claim.key, claim]));
  const sources = {
    ...{ evidence, verdicts, claimOf: claims.get.bind(claims), nameOf: known.publisherName },
  };
  const out = record.evidence.filter((piece) => isRetracted(piece, record.retractions, asOf));
  return {
    subject: subject.id,
    asOf,
    claims: chosen.map((verdict) => {
      const { claim, level, status } = verdict;
      const words = explain(verdict, sources);
      return {
        claim: facetLabel(claim),
        level,
        status,
        headline: words.headline,
        rule: words.rule,
        voices: words.voices,
        for: [...words.for],
        against: [...words.against],
        unchecked: [...uncheckedLines(channelsRead(answer, verdict, known.policy))],
        setAside: [...words.setAside],
        retracted: out
          .filter((piece) => piece.claim === claim.key)
          .map((piece) => retractedLine(piece, record.retractions, known)),
        primary: words.primary,
        becomes: words.becomes,
        supersededBy: words.supersededBy,
        flags: [...words.flags],
      };
    }),
  };
}

function retractedLine(
  { id, publisher, quote }: Evidence,
  retractions: readonly Retraction[],
  known: Known,
): string {
  const last = retractions.filter(({ evidence }) => evidence === id).at(-1);
  const who = last === undefined ? '' : `, by ${last.by}, ${timeWords(last.at)}: ${last.because}`;
  return `${known.publisherName(publisher)}: “${quote}” ${id}${who}`;
}

function spokenOf(verdicts: readonly Verdict[]): readonly Verdict[] {
  return verdicts
    .filter(
      ({ claim, rule, setAside }) =>
        claim.facet === 'released' || rule !== '7' || setAside.length > 0,
    )
    .sort((a, b) => FACETS.indexOf(a.claim.facet) - FACETS.indexOf(b.claim.facet));
}

/** The claims a person means by a facet. Throws `UsageError` for a word that is no facet. */
export function matching(verdicts: readonly Verdict[], facet: string): readonly Verdict[] {
  const bare = facet.split(/[@:]/)[0] ?? '';
  if (!isFacet(bare)) {
    throw new UsageError(`"${facet}" is no facet. The facets are: ${FACETS.join(', ')}.`);
  }
  const exact = verdicts.filter(({ claim }) => facetLabel(claim) === facet);
  if (exact.length > 0) return exact;
  const near = verdicts.filter(({ claim }) => facetLabel(claim).startsWith(facet));
  return near.length > 0 ? near : verdicts.filter(({ claim }) => claim.facet === bare);
}
