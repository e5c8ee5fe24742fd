import type { Statement } from '../../../domain/evidence.ts';
import type { Mention } from '../../names/mention.ts';
import { standingOf } from '../context/certainty.ts';
import type { Clause, Memory } from '../document/clause.ts';
import { isCodename, type Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';
import { quoteOf } from '../rules/quote.ts';
import type { ParsedSentence } from './noun-phrases.ts';

/** Words between two names that make them one. */
const LINK =
  /\b(?:is|are|was|were|be|as|aka|a\.k\.a|called|named|known|codenamed|code-named|nicknamed|dubbed|under|linked|tied|identified|believed|thought|builds?|variants?|versions?|really|same|name|id|became|to be|now)\b|[(=]/;
const BROKEN =
  /[;?]|, and |\band (?:that|no)\b|\b(?:than|like|beats?|against|unlike|while|and then|after|before|seven|months?|weeks?|success\w*|replac\w*|over|vs|versus|from)\b/;
/** How far apart the two names may stand, in signs. */
const REACH = 90;

/** What a sentence says of which name belongs to which model. A codename is never more than rumoured to be one. */
export function identityStatements(
  scene: Scene,
  { tokens }: ParsedSentence,
  sentence: Range,
  memory: Memory,
): readonly Statement[] {
  if (tokens.at(-1)?.text === '?' || tokens.some(({ text }) => /^(?:if|whether)$/.test(text)))
    return [];
  const named = tokens.flatMap(({ mention }) => (mention === null ? [] : [mention]));
  const taken = takenUp(scene, tokens, memory);
  if (taken !== null)
    return [statementOf(scene, taken, [taken.model, taken.model], sentence, memory)];
  for (const [index, first] of named.entries()) {
    const second = named[index + 1];
    if (second === undefined) break;
    const pair = pairOf(scene, first, second);
    if (pair !== null) return [statementOf(scene, pair, [first, second], sentence, memory)];
  }
  return [];
}

/** "linked them to what people call GPT Image 2": a plural takes up the codename named last. */
function takenUp(
  scene: Scene,
  tokens: ParsedSentence['tokens'],
  { codename }: Memory,
): Pair | null {
  const models = tokens.filter(({ mention }) => mention !== null && !isCodename(scene, mention));
  const [only] = models;
  if (
    codename === null ||
    only?.mention == null ||
    tokens.some(({ mention }) => mention !== null && isCodename(scene, mention))
  )
    return null;
  const at = tokens.indexOf(only);
  const ahead = tokens.slice(0, at).map(({ text }) => text);
  const isPlural = ahead.some((text) => /^(?:they|them|these|those|it)$/.test(text));
  const isLinked = ahead.some((text) =>
    /^(?:linked|tied|identified|believed|thought|variants?|builds?|versions?|checkpoints?)$/.test(
      text,
    ),
  );
  if (!isPlural || !isLinked) return null;
  return {
    model: only.mention,
    codename,
    isDenied: ahead.some((text) => /^(?:not|never|no)$/.test(text)),
  };
}

interface Pair {
  model: Mention;
  codename: Mention | null;
  isDenied: boolean;
}

function pairOf(scene: Scene, first: Mention, second: Mention): Pair | null {
  const between = scene.folded.slice(first.span[1], second.span[0]);
  if (between.length > REACH || !LINK.test(between) || BROKEN.test(between)) return null;
  const isDenied = /\b(?:not|n't|never|no)\b/.test(between);
  const [a, b] = [isCodename(scene, first), isCodename(scene, second)];
  if (a !== b) return { model: a ? second : first, codename: a ? first : second, isDenied };
  if (a || first.subject !== second.subject || first.alias === second.alias) return null;
  return first.text.toLowerCase() === second.text.toLowerCase()
    ? null
    : { model: first, codename: null, isDenied };
}

function statementOf(
  scene: Scene,
  { model, codename, isDenied }: Pair,
  [first, second]: readonly [Mention, Mention],
  sentence: Range,
  memory: Memory,
): Statement {
  const clause: Clause = { ...sentence, sentence, memory };
  const polarity = isDenied ? 'deny' : 'support';
  const standing = standingOf(
    scene,
    { family: 'identity.link', start: first.span[1], end: second.span[0] },
    clause,
    polarity,
  );
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
    ...(codename !== null && isFirm && !isDenied
      ? { force: 'report' as const, evidentiality: 'none' as const }
      : {}),
    effective: null,
    validTime: null,
    ...quoteOf(scene, clause),
    silenceOf: null,
    aliasClaimed: model.claimed,
    rule: 'identity.link',
  };
}
