import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Mention } from '../../names/mention.ts';
import { isSpokenOf } from '../arguments/arguments.ts';
import { assertionOf } from '../context/assertion.ts';
import { standingOf } from '../context/certainty.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Argument, Clause, Memory } from '../document/clause.ts';
import { isCodename, mentionsWithin, type Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';
import { quoteOf } from './quote.ts';

/** What a sentence says of which name belongs to which model. A codename is never more than rumoured to be one. */
export function identityStatements(
  scene: Scene,
  clauses: readonly Clause[],
  memory: Memory,
): readonly Statement[] {
  return clauses.flatMap((clause) => {
    const named = mentionsWithin(scene, clause);
    const renamed = twoNames(scene, named);
    if (renamed !== null) return linked(scene, renamed, clause, memory);
    const hasCodename =
      named.some((one) => isCodename(scene, one)) || scene.hits.has(clause, 'nameless', 'venue');
    const families = hasCodename ? ['identity.link', 'identity.weak'] : ['identity.link'];
    const [link] = scene.hits.within(clause, ...families);
    return link === undefined ? [] : linked(scene, link, clause, memory);
  });
}

/** A product's name and an id of one model, with words that make them one: "X is called Y in the API". */
function twoNames(scene: Scene, named: readonly Mention[]): Hit | null {
  const [first, second] = named;
  if (first === undefined || second === undefined || first.subject !== second.subject) return null;
  if (first.alias === second.alias || first.text.toLowerCase() === second.text.toLowerCase())
    return null;
  const between = { start: first.span[1], end: second.span[0] };
  const isLinked =
    /\b(?:is|are|as|called|named|known|runs on|powered by|id|name|same|aka|underneath|behind)\b/.test(
      scene.folded.slice(between.start, between.end),
    );
  return isLinked ? { family: 'identity.link', ...between } : null;
}

function linked(scene: Scene, link: Hit, clause: Clause, memory: Memory): readonly Statement[] {
  if (leadsNowhere(scene, link, clause)) return [];
  const said = assertionOf(scene, { ...link, family: 'identity.past' }, clause);
  if (said === null) return [];
  const polarity = said === 'deny' || isDeniedBehind(scene, link, clause) ? 'deny' : 'support';
  const codename = codenameIn(scene, clause) ?? takenUp(scene, clause, memory);
  const model = modelOf(scene, link, clause, codename);
  return model === null ? [] : [statementOf(scene, link, clause, polarity, model, codename)];
}

/** "X is not Y": the negation stands right behind the link. */
function isDeniedBehind(scene: Scene, link: Hit, clause: Clause): boolean {
  return /^(?:n't| not| never)\b/.test(scene.folded.slice(link.end, clause.end));
}

/** "the form of a preview": a version of something that is no model. */
function leadsNowhere(scene: Scene, link: Hit, clause: Clause): boolean {
  if (!/ (?:of|for)$/.test(scene.folded.slice(link.start, link.end))) return false;
  const behind = { start: link.end, end: Math.min(clause.end, link.end + 40) };
  return mentionsWithin(scene, behind).length === 0 && !scene.hits.has(behind, 'anaphor');
}

function codenameIn(scene: Scene, range: Range): Mention | null {
  return mentionsWithin(scene, range).find((one) => isCodename(scene, one)) ?? null;
}

/** "the successor to X" is said of what stands before it; else of the family, the model of the clause, or the topic. */
function modelOf(
  scene: Scene,
  link: Hit,
  clause: Clause,
  codename: Mention | null,
): Argument | null {
  const isSuccession = /success|sequel|follow|heir|replacement|counterpart|sibling|evolution/.test(
    scene.folded.slice(link.start, link.end),
  );
  const models = mentionsWithin(scene, clause).filter((one) => !isCodename(scene, one));
  if (isSuccession) return predecessorOf(scene, link, clause);
  const family = models.find((one) => scene.context.names.subject(one.subject)?.kind === 'family');
  const model =
    (models.length > 1 ? family : undefined) ??
    models.find((one) => isSpokenOf(scene, one, clause));
  if (model !== undefined) return { subject: model.subject, aliasClaimed: model.claimed };
  const isTopic =
    codename !== null && link.family === 'identity.link' && scene.topic !== codename.subject;
  return isTopic && scene.topic !== null ? { subject: scene.topic, aliasClaimed: false } : null;
}

function predecessorOf(scene: Scene, link: Hit, clause: Clause): Argument | null {
  const ahead = { start: clause.sentence.start, end: link.start };
  const named = mentionsWithin(scene, ahead).at(-1);
  if (named !== undefined) return { subject: named.subject, aliasClaimed: named.claimed };
  return scene.topic === null ? null : { subject: scene.topic, aliasClaimed: false };
}

/** "linked them to GPT Image 2": the plural takes up the codename named last. */
function takenUp(scene: Scene, clause: Clause, memory: Memory): Mention | null {
  const inSentence = codenameIn(scene, clause.sentence);
  if (inSentence !== null) return inSentence;
  const text = scene.folded.slice(clause.start, clause.end);
  return /\b(?:they|them|those|these|all)\b/.test(text) ? memory.codename : null;
}

function statementOf(
  scene: Scene,
  link: Hit,
  clause: Clause,
  polarity: Polarity,
  model: Argument,
  codename: Mention | null,
): Statement {
  const standing = standingOf(scene, link, clause, polarity);
  const isFirm = standing.force === 'assert' || standing.force === 'assert_partial';
  return {
    claim: {
      subject: model.subject,
      facet: 'identity',
      qualifiers: {},
      value: codename?.subject ?? null,
    },
    polarity,
    ...standing,
    ...(codename !== null && isFirm
      ? { force: 'report' as const, evidentiality: 'none' as const }
      : {}),
    effective: null,
    validTime: null,
    ...quoteOf(scene, clause),
    silenceOf: null,
    aliasClaimed: model.aliasClaimed,
  };
}
