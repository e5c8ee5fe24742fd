import type { Statement } from '../../../domain/evidence.ts';
import type { Facet } from '../../../domain/facet.ts';
import type { ClaimClass } from '../../../domain/language.ts';
import { standingOf } from '../context/certainty.ts';
import { isCriterion } from '../context/distance.ts';
import { NOTHING_NAMED, quoteRange, statementOf } from '../document/clause.ts';
import { shows, type TextAnalysis } from '../document/document.ts';
import { isQuestion } from '../document/sentences.ts';
import { isMeasure } from '../frames/coreference.ts';
import { type Candidate, candidatesIn, classOf } from './candidates.ts';
import { ownFeatures, sentenceFeatures, type TextFacts, textFacts } from './features.ts';
import type { Gate } from './gate.ts';

/** The language whose labelled pages it learned from; what is said in another one passes. */
const LEARNED = 'en';

/** The statements of a text that are certain enough: of those that rules propose, and of those they do not. */
export function certainOf(
  analysis: TextAnalysis,
  statements: readonly Statement[],
  gate: Gate,
): readonly Statement[] {
  if (analysis.language !== LEARNED) return statements;
  const facts = textFacts(analysis, statements, gate.knows);
  const best = new Map<Statement, number>();
  const made: Statement[] = [];
  const bySentence = new Map<Candidate['sentence'], readonly number[]>();
  for (const candidate of candidatesIn(analysis, statements)) {
    const probabilities = gate.probabilities(weightOf(facts, candidate, gate, bySentence));
    const own = candidate.sentence.said.filter(({ claim }) => claim.subject === candidate.subject);
    for (const [at, learned] of gate.classes.entries()) {
      const probability = probabilities[at] ?? 0;
      const read = own.filter((one) => isOf(learned.class, one));
      for (const one of read) best.set(one, Math.max(best.get(one) ?? 0, probability));
      const isSure = learned.make !== null && probability >= learned.make && read.length === 0;
      if (isSure && isMakeable(analysis, candidate, learned.class)) {
        made.push(madeOf(analysis, candidate, learned.class));
      }
    }
  }
  return [...statements.filter((one) => isKept(one, best, gate)), ...made];
}

/** What speaks for a candidate: what is so of its sentence is weighed once for all models it may speak of. */
function weightOf(
  facts: TextFacts,
  candidate: Candidate,
  gate: Gate,
  bySentence: Map<Candidate['sentence'], readonly number[]>,
): readonly number[] {
  const { sentence } = candidate;
  const known = bySentence.get(sentence) ?? gate.weighed(sentenceFeatures(facts, sentence));
  bySentence.set(sentence, known);
  return gate.weighed(ownFeatures(facts, candidate), known);
}

function isKept(one: Statement, best: ReadonlyMap<Statement, number>, gate: Gate): boolean {
  // A label and its value, a cell and its head: what they say hangs on no words around a name.
  if (one.rule === 'label') return true;
  const learned = gate.classes.find((each) => isOf(each.class, one));
  return learned === undefined || (best.get(one) ?? 1) >= learned.keep;
}

function isOf(kind: ClaimClass, { claim, polarity }: Statement): boolean {
  return classOf(claim.facet, polarity) === kind;
}
/** Shorter is no sentence, in characters. */
const SHORTEST = 12;

/** Whether a sentence can say what no rule reads: it is one, it leaves nothing open, and the model is no measure. */
function isMakeable(analysis: TextAnalysis, candidate: Candidate, kind: ClaimClass): boolean {
  const { mention, sentence } = candidate;
  const { block, start, end } = sentence;
  // The title of a page says what the page is about; what it states stands below, or rules read it.
  if (block.kind === 'heading' && block.level === 1) return false;
  if (end - start < SHORTEST || isQuestion(analysis.folded, sentence)) return false;
  if (mention !== null && isMeasure(analysis, mention)) return false;
  if (isSaidAlready(candidate, kind) || isCriterion(analysis, block)) return false;
  if (kind === 'launch+' && isForFew(analysis, candidate)) return false;
  if (mention === null && isOfOthers(analysis, sentence)) return false;
  return !shows(analysis, 'certain-statements.open', sentence);
}

/** Whether a sentence that names no model is about the writer's own offer, or a product nobody has listed. */
function isOfOthers(analysis: TextAnalysis, sentence: Candidate['sentence']): boolean {
  const { masked, lists } = analysis;
  return (
    shows(analysis, 'certain-statements.own-offer', sentence) ||
    lists['certain-statements.numbered'].test(masked.text.slice(sentence.start, sentence.end))
  );
}

/** What a few have in a closed preview is no launch, and a guess does not tell the two apart. */
function isForFew(analysis: TextAnalysis, { sentence }: Candidate): boolean {
  return sentence.said.some((one) => isOf('test+', one)) || shows(analysis, 'claims.few', sentence);
}

/** Where rules read the same of another model, or what of this one is denied, a guess adds nothing. */
function isSaidAlready({ subject, sentence }: Candidate, kind: ClaimClass): boolean {
  return sentence.said.some(
    (one) =>
      isOf(kind, one) ||
      (kind === 'launch-' && one.polarity === 'deny' && one.claim.subject === subject),
  );
}

/** What no rule reads, in the words of its whole sentence. */
function madeOf(
  analysis: TextAnalysis,
  { subject, mention, sentence }: Candidate,
  kind: ClaimClass,
): Statement {
  const { start, end } = sentence;
  const polarity = kind.endsWith('-') ? 'deny' : 'support';
  const clause = { start, end, sentence, memory: NOTHING_NAMED };
  const cueMatch = { family: kind, start: end, end };
  const claimed = { facet: facetOf(analysis, sentence, kind), qualifiers: {} };
  return statementOf({ subject, aliasClaimed: mention?.claimed ?? false }, claimed, {
    ...{ polarity, ...standingOf(analysis, cueMatch, clause, polarity) },
    ...{ ...quoteRange(analysis, sentence), rule: `gate.${kind}` },
  });
}

/** Of a class the facet that the sentence speaks of. */
function facetOf(analysis: TextAnalysis, sentence: Candidate['sentence'], kind: ClaimClass): Facet {
  if (kind === 'end+') return 'retired';
  if (analysis.cues.has(sentence, 'api')) return 'api_listed';
  return analysis.cues.has(sentence, 'surface') ? 'product_available' : 'released';
}
