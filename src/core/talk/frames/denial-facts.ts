import type { Statement } from '../../../domain/evidence.ts';
import type { Argument, Clause } from '../document/clause.ts';
import type { Token } from '../syntax/tokens.ts';
import { type Claimed, namesPlace, placesIn } from './claims.ts';
import { nounDenialsIn } from './noun-denials.ts';
import { wordAt } from './noun-phrases.ts';
import { argumentOf, topicOf } from './resolve.ts';
import { type ReadSentence, rangeOf, statementsFor } from './statement.ts';

/** What a sentence denies by its nouns: what there is not, what was not said, where it is not. */
export function denialFacts(
  read: ReadSentence,
  framed: readonly Statement[],
): readonly Statement[] {
  return [...missing(read), ...silence(read), ...leftOut(read, framed)];
}

/** The model that a sentence without a name of its own is about: the one of its section, or of the page. */
export function topicArguments({ scene, sentence, memory }: ReadSentence): readonly Argument[] {
  const { model, section } = memory;
  const isMember =
    model !== null && scene.topic !== null && model.subject.startsWith(`${scene.topic}-`);
  const isOther = section === null && model !== null && model.subject !== scene.topic && !isMember;
  return isOther || scene.hits.has(sentence, 'rival') ? [] : topicOf(scene, memory);
}

/** "No launch date has been given": what a released model has, and this one has not. */
function missing(read: ReadSentence): readonly Statement[] {
  const { scene, parsed, sentence, memory } = read;
  if (parsed.clauses.some(({ opener }) => opener === 'if' || opener === 'unless')) return [];
  const clause: Clause = { ...sentence, sentence, memory };
  return nounDenialsIn(parsed).flatMap(({ facet, at, to, mentions }) => {
    const subjects = mentions.length > 0 ? mentions.map(argumentOf) : topicArguments(read);
    const hit = { family: 'deny.past', ...rangeOf(parsed, at, to) };
    const claimed =
      facet === 'released' ? placesIn(scene, sentence, facet) : [{ facet, qualifiers: {} }];
    return statementsFor(read, clause, hit, 'deny', claimed, subjects);
  });
}

const SAY =
  /^(?:said|say|says|announced?|confirmed?|disclosed|revealed|shared|published|released|shipped|commented)$/;
const MAKER = /^(?:openai|company|lab|firm|it)$/;

/** "OpenAI has said nothing about it", "Nothing has been announced". */
function silence(read: ReadSentence): readonly Statement[] {
  const { parsed, sentence, memory } = read;
  const { tokens } = parsed;
  const at = tokens.findIndex(({ text }) => text === 'nothing');
  if (at < 0 || tokens.some(({ text }) => /^(?:if|unless|whether)$/.test(text))) return [];
  const verb = verbOfNothing(tokens, at);
  if (verb === null || /^(?:new|else|more|but)$/.test(wordAt(tokens, at + 1))) return [];
  const facet = /^(?:shipped|released)$/.test(verb) ? 'released' : 'announced';
  const named = tokens.find(({ mention }) => mention !== null)?.mention ?? null;
  const subjects = named === null ? topicArguments(read) : [argumentOf(named)];
  const hit = { family: 'deny.announce', ...rangeOf(parsed, at, at + 1) };
  const clause: Clause = { ...sentence, sentence, memory };
  return statementsFor(read, clause, hit, 'deny', [{ facet, qualifiers: {} }], subjects);
}

function verbOfNothing(tokens: readonly Token[], at: number): string | null {
  const before = wordAt(tokens, at - 1);
  if (SAY.test(before))
    return tokens.slice(0, at).some(({ text }) => MAKER.test(text)) ? before : null;
  if (at > 3) return null;
  return tokens.slice(at + 1, at + 6).find(({ text }) => SAY.test(text))?.text ?? null;
}

const LEFT_OUT =
  /(?:,|\bbut|\bthough|\bjust|\balthough|\band) not (?:yet )?(?:in|on|via|through|for|to|over) (?:the )?[^.;,]{2,60}/;
const PRESENT = /^(?:released|announced|product_available|api_listed)$/;

/** "…, but not in the API yet": what the sentence says holds, denied for a place. */
function leftOut(read: ReadSentence, framed: readonly Statement[]): readonly Statement[] {
  const { scene, sentence, memory } = read;
  const found = LEFT_OUT.exec(scene.folded.slice(sentence.start, sentence.end));
  const said = framed.find(
    ({ claim, polarity }) => polarity === 'support' && PRESENT.test(claim.facet),
  );
  if (found === null || said === undefined) return [];
  const start = sentence.start + found.index;
  const where = { start, end: start + found[0].length };
  if (!namesPlace(scene, where)) return [];
  const subjects = [{ subject: said.claim.subject, aliasClaimed: said.aliasClaimed }];
  const places: readonly Claimed[] = placesIn(scene, where, 'product_available');
  const hit = { family: 'deny.place', ...where };
  return statementsFor(read, { ...where, sentence, memory }, hit, 'deny', places, subjects);
}
