import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Facet } from '../../../domain/facet.ts';
import type { Mention } from '../../names/mention.ts';
import { standingOf } from '../context/certainty.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Argument, Clause, Memory } from '../document/clause.ts';
import { mentionsWithin, type Scene } from '../document/document.ts';
import { clausesIn, type Range } from '../document/sentences.ts';
import { quoteOf } from '../rules/quote.ts';
import { argumentOf } from './resolve.ts';

/** Families of cues that say something of a model, with what they say; the first that a clause shows decides. */
const SAYS: readonly (readonly [string, Facet])[] = [
  ['deny.release', 'released'],
  ['deny.api', 'api_listed'],
  ['deny.announce', 'announced'],
  ['deny.date', 'date'],
  ['retire.past', 'retired'],
  ['deprecate', 'deprecated'],
  ['release', 'released'],
  ['access', 'product_available'],
  ['announce', 'announced'],
];

/** What a sentence in a language other than English says in plain words: one cue, one model, nothing that unsettles it. */
export function plainStatements(
  scene: Scene,
  sentence: Range,
  memory: Memory,
): readonly Statement[] {
  const text = scene.folded.slice(sentence.start, sentence.end);
  if (/[?？]\s*["'」』)]*$/.test(text)) return [];
  return clausesIn(scene.folded, sentence).flatMap((range) => {
    const clause: Clause = { ...range, sentence, memory };
    if (scene.hits.has(clause, 'conditional', 'prospective', 'counterfactual', 'unasserted'))
      return [];
    return saidIn(scene, clause);
  });
}

function saidIn(scene: Scene, clause: Clause): readonly Statement[] {
  const found = SAYS.flatMap(([family, facet]) => {
    const [hit] = scene.hits.within(clause, family);
    return hit === undefined ? [] : [{ hit, facet, family }];
  })[0];
  if (found === undefined) return [];
  const denies = found.family.startsWith('deny') || scene.hits.has(clause, 'negator');
  const polarity: Polarity = denies ? 'deny' : 'support';
  // "Der Start im Mai": a noun alone tells of no event.
  if (!denies && found.hit.family.endsWith('.noun')) return [];
  const subjects = subjectsOf(scene, clause);
  const facets =
    found.facet === 'released' || found.facet === 'product_available'
      ? placesIn(scene, clause, found.facet)
      : [found.facet];
  const standing = standingOf(scene, found.hit, clause, polarity);
  return facets.flatMap((facet) =>
    subjects.map((subject) =>
      statementOf(scene, clause, found.hit, facet, polarity, standing, subject),
    ),
  );
}

function subjectsOf(scene: Scene, clause: Clause): readonly Argument[] {
  const named = mentionsWithin(scene, clause);
  const subjects = new Map(named.map((mention) => [mention.subject, mention]));
  if (subjects.size > 0)
    return areJoined(scene, named) ? [...subjects.values()].map(argumentOf) : [];
  const inSentence = mentionsWithin(scene, clause.sentence);
  if (inSentence.length > 0 || scene.topic === null) return [];
  return [{ subject: scene.topic, aliasClaimed: false }];
}

const JOINT = /^\s*(?:,|、|，|und|y|e|et|and|和|与|と|와|과|및|&|\/)?\s*(?:und|y|e|et|and|和)?\s*$/;

/** Names side by side share what is said; of others it is not sure which is meant. */
function areJoined({ folded }: Scene, named: readonly Mention[]): boolean {
  return named.every((one, index) => {
    const before = named[index - 1];
    if (before === undefined || before.subject === one.subject) return true;
    return JOINT.test(folded.slice(before.span[1], one.span[0]));
  });
}

function placesIn(scene: Scene, clause: Clause, facet: Facet): readonly Facet[] {
  const found: Facet[] = [];
  if (scene.hits.has(clause, 'surface')) found.push('product_available');
  if (scene.hits.has(clause, 'api')) found.push('api_listed');
  return found.length > 0 ? found : [facet];
}

function statementOf(
  scene: Scene,
  clause: Clause,
  { family }: Hit,
  facet: Facet,
  polarity: Polarity,
  standing: ReturnType<typeof standingOf>,
  { subject, aliasClaimed }: Argument,
): Statement {
  return {
    claim: { subject, facet, qualifiers: {}, value: null },
    polarity,
    ...standing,
    effective: null,
    validTime: null,
    ...quoteOf(scene, clause),
    silenceOf: null,
    aliasClaimed,
    rule: family,
  };
}
