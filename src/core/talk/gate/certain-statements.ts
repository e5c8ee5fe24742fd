import type { Statement } from '../../../domain/evidence.ts';
import type { Facet } from '../../../domain/facet.ts';
import type { ClaimClass } from '../../../domain/gate.ts';
import { standingOf } from '../context/certainty.ts';
import { NOTHING_NAMED } from '../document/clause.ts';
import type { Scene } from '../document/document.ts';
import { quoteRange } from '../rules/quote.ts';
import { type Candidate, candidatesIn, classOf } from './candidates.ts';
import { featuresOf, textFacts } from './features.ts';
import type { Gate } from './gate.ts';

/** The language whose labelled pages it learned from; what is said in another one passes. */
const LEARNED = 'en';

/** The statements of a text that are certain enough: of those that rules propose, and of those they do not. */
export function certainOf(
  scene: Scene,
  statements: readonly Statement[],
  gate: Gate,
): readonly Statement[] {
  if (scene.language !== LEARNED) return statements;
  const facts = textFacts(scene, statements);
  const best = new Map<Statement, number>();
  const made: Statement[] = [];
  for (const candidate of candidatesIn(scene, statements)) {
    const probabilities = gate.probabilities(featuresOf(facts, candidate));
    const own = candidate.sentence.said.filter(({ claim }) => claim.subject === candidate.subject);
    // The title of a page says what the page is about; what it states stands below, or rules read it.
    const { kind, level } = candidate.sentence.block;
    const isTitle = kind === 'heading' && level === 1;
    for (const [at, learned] of gate.classes.entries()) {
      const probability = probabilities[at] ?? 0;
      const read = own.filter((one) => isOf(learned.class, one));
      for (const one of read) best.set(one, Math.max(best.get(one) ?? 0, probability));
      if (read.length > 0 || isTitle || learned.make === null || probability < learned.make)
        continue;
      made.push(madeOf(scene, candidate, learned.class));
    }
  }
  const kept = statements.filter((one) => {
    const learned = gate.classes.find((each) => isOf(each.class, one));
    return learned === undefined || (best.get(one) ?? 1) >= learned.keep;
  });
  return [...kept, ...made];
}

function isOf(kind: ClaimClass, { claim, polarity }: Statement): boolean {
  return classOf(claim.facet, polarity) === kind;
}

/** What no rule reads, in the words of its whole sentence. */
function madeOf(
  scene: Scene,
  { subject, mention, sentence }: Candidate,
  kind: ClaimClass,
): Statement {
  const { start, end } = sentence;
  const polarity = kind.endsWith('-') ? 'deny' : 'support';
  const clause = { start, end, sentence, memory: NOTHING_NAMED };
  const hit = { family: kind, start: end, end };
  return {
    claim: { subject, facet: facetOf(scene, sentence, kind), qualifiers: {}, value: null },
    polarity,
    ...standingOf(scene, hit, clause, polarity),
    effective: null,
    validTime: null,
    ...quoteRange(scene, sentence),
    silenceOf: null,
    aliasClaimed: mention?.claimed ?? false,
    rule: `gate.${kind}`,
  };
}

/** Of a class the facet that the sentence speaks of. */
function facetOf(scene: Scene, sentence: Candidate['sentence'], kind: ClaimClass): Facet {
  if (kind === 'end+') return scene.hits.has(sentence, 'deprecate') ? 'deprecated' : 'retired';
  if (scene.hits.has(sentence, 'api')) return 'api_listed';
  return scene.hits.has(sentence, 'surface') ? 'product_available' : 'released';
}
