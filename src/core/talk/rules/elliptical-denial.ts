import type { Statement } from '../../../domain/evidence.ts';
import { argumentsOf } from '../arguments/arguments.ts';
import { actOf } from '../context/verb-form.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Clause } from '../document/clause.ts';
import type { Scene } from '../document/document.ts';
import { claimedBy } from './facets.ts';
import { quoteOf } from './quote.ts';
import { predicatesIn } from './statements.ts';

/** A clause that is nothing but a negation with where or when: ", though not on day one", ", but not yet in the API". */
const ELLIPTIC =
  /^(?:though|but|just|only|although|albeit|and|if|however)? ?not (?:yet )?(?:on|at|in|for|to|through|via|today|now|right|until|before|by|here|there|everywhere|everyone)\b/;

/** What a clause denies with the predicate of the one before it, whatever that said of the future. */
export function ellipticDenials(scene: Scene, clauses: readonly Clause[]): readonly Statement[] {
  return clauses.flatMap((clause, index) => {
    const before = clauses[index - 1];
    if (before === undefined || !ELLIPTIC.test(scene.folded.slice(clause.start, clause.end)))
      return [];
    const hit = predicatesIn(scene, before).find((one) =>
      /^(?:release|access|announce)/.test(one.family),
    );
    return hit === undefined
      ? offered(scene, before, clause)
      : denialOf(scene, hit, before, clause);
  });
}

/** "plans to offer it through its API, though not …": a place is enough where the verb is a plain one. */
function offered(scene: Scene, before: Clause, clause: Clause): readonly Statement[] {
  if (!scene.hits.has(before, 'api', 'surface')) return [];
  return denialOf(
    scene,
    { family: 'access.noun', start: before.end, end: before.end },
    before,
    clause,
  );
}

function denialOf(scene: Scene, hit: Hit, before: Clause, clause: Clause): readonly Statement[] {
  const where = scene.hits.has(clause, 'api', 'surface') ? clause : before;
  return claimedBy(scene, { ...hit, family: `${actOf(hit)}.noun` }, where, 'deny').flatMap(
    (claimed) =>
      argumentsOf(scene, hit, before).map(({ subject, aliasClaimed }) => ({
        claim: { subject, ...claimed, value: null },
        polarity: 'deny' as const,
        force: 'assert' as const,
        evidentiality: 'none' as const,
        effective: null,
        validTime: null,
        ...quoteOf(scene, clause),
        relays: null,
        silenceOf: null,
        aliasClaimed,
      })),
  );
}
