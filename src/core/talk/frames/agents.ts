import type { Scene } from '../document/document.ts';
import type { ClauseSpan } from '../syntax/clauses.ts';
import type { Token } from '../syntax/tokens.ts';
import { nameAt, type ParsedSentence, wordAt } from './noun-phrases.ts';

/** Who does what a predicate says. */
export type Agent = 'maker' | 'people' | 'place' | 'channel' | 'unknown' | 'other';

/** Families of what a model can be found in. */
const PLACES = ['surface', 'place', 'api'] as const;
const PEOPLE =
  /^(?:users?|people|developers?|subscribers?|customers?|everyone|everybody|anyone|anybody|you|we|i|teams?|members?|accounts?|testers?|companies|businesses|enterprises?|organi[sz]ations?|partners?|creators?|designers?|someone|tiers?|plans?|plus|pro|enterprise|public|world|programmers|nobody|one)$/;
const CHANNEL =
  /^(?:docs?|documentation|pages?|list|changelog|catalog(?:ue)?|guide|notes|help|center|centre|site|website|picker|menu|reference|index|endpoint|\/v1\/models|papers|announcement|post|card|readme|spec|specification|sdk)$/;
const MAKER =
  /^(?:openai|company|lab|firm|vendor|maker|they|it|he|she|chatgpt|startup|microsoft|altman|who|which|team)$/;
const FULL_VERB =
  /^(?:is|are|was|were|has|have|had|will|can|may|does|did|do|would|could)$|ed$|^(?:put|brought|made|gave|let|came|went|took)$/;

/** What kind of agent stands in front of a verb group, by the word nearest to it that tells. */
export function agentBefore(
  scene: Scene,
  parsed: ParsedSentence,
  clause: ClauseSpan,
  groupFrom: number,
): Agent {
  const { clauses, tokens } = parsed;
  if (groupFrom > clause.from) return agentIn(scene, tokens, clause.from, groupFrom);
  const before = clause.before === null ? undefined : clauses[clause.before];
  if (clause.kind !== 'coordinated' || before === undefined) return 'unknown';
  return agentIn(scene, tokens, before.from, firstVerbIn(tokens, before));
}

function firstVerbIn(tokens: readonly Token[], { from, to }: ClauseSpan): number {
  const verb = tokens.findIndex(({ text }, k) => k > from && k < to && FULL_VERB.test(text));
  return verb < 0 ? to : verb;
}

function agentIn(scene: Scene, tokens: readonly Token[], from: number, to: number): Agent {
  if (/^(?:which|that|who)$/.test(wordAt(tokens, to - 1))) return agentDescribed(tokens, to - 1);
  for (let k = to - 1; k >= from; k--) {
    if (nameAt(tokens, k) !== null) return 'other';
    const agent = agentAt(scene, tokens, k);
    if (agent !== null) return agent;
    if (wordAt(tokens, k) === ',' && k < to - 1) return 'other';
  }
  return from < to ? 'other' : 'unknown';
}

/** "users who", "OpenAI, which": the noun a relative pronoun stands for. */
function agentDescribed(tokens: readonly Token[], at: number): Agent {
  const noun = wordAt(tokens, wordAt(tokens, at - 1) === ',' ? at - 2 : at - 1);
  if (PEOPLE.test(noun)) return 'people';
  return /^(?:openai|company|lab)$/.test(noun) ? 'maker' : 'other';
}

function agentAt(scene: Scene, tokens: readonly Token[], at: number): Agent | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const { text } = token;
  if (PEOPLE.test(text)) return 'people';
  if (CHANNEL.test(text)) return 'channel';
  if (text === 'chatgpt') return 'place';
  if (MAKER.test(text) || isWithin(scene, token, 'vendor')) return 'maker';
  return isWithin(scene, token, ...PLACES) ? 'place' : null;
}

/** How far around a word a cue that holds it may reach, in signs. */
const AROUND = 40;

function isWithin(scene: Scene, { start, end }: Token, ...families: readonly string[]): boolean {
  const around = { start: Math.max(0, start - AROUND), end: end + AROUND };
  return scene.hits.within(around, ...families).some((hit) => hit.start <= start && hit.end >= end);
}
