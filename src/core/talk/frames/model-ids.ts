import type { Mention } from '../../names/mention.ts';
import type { WordLists } from '../cues/word-lists.ts';
import type { ParsedSentence } from '../syntax/parsed-sentence.ts';
import type { Token } from '../syntax/tokens.ts';
import { nameAt, wordAt } from './noun-phrases.ts';

/** "The model ID is gpt-image-2": an id that is given as what the API is called with. */
export interface NamedId {
  at: number;
  to: number;
  mention: Mention;
}

const NOUNS = ['id', 'ids', 'identifier', 'string', 'slug', 'name'];
const ID_WORD = /^(?:ids?|identifier|string|slug)$/;
const NOT_GIVEN = /^(?:no|an?|not|wrong|fake|invented|your)$/;
/** How far behind its noun an id may stand, in tokens. */
const REACH = 5;

/** The ids a sentence gives as the names a model is called by. */
export function modelIdsIn({ tokens, words, lists }: ParsedSentence): readonly NamedId[] {
  if (!NOUNS.some((noun) => words.has(noun))) return [];
  return tokens.flatMap((_, at) => {
    if (!isIdNoun(tokens, at) || NOT_GIVEN.test(wordAt(tokens, at - 2))) return [];
    const found = idBehind(lists, tokens, at) ?? idBefore(tokens, at);
    return found === null ? [] : [found];
  });
}

function isIdNoun(tokens: readonly Token[], at: number): boolean {
  const text = wordAt(tokens, at);
  return ID_WORD.test(text) || (text === 'name' && /^(?:model|api)$/.test(wordAt(tokens, at - 1)));
}

function idBehind(lists: WordLists, tokens: readonly Token[], at: number): NamedId | null {
  for (let k = at + 1; k <= at + REACH; k++) {
    const mention = nameAt(tokens, k);
    if (mention !== null) return { at, to: k + 1, mention };
    if (!lists['model-ids.leads'].test(wordAt(tokens, k))) return null;
  }
  return null;
}

/** "in the API under the gpt-image-2 identifier" */
function idBefore(tokens: readonly Token[], at: number): NamedId | null {
  const mention = nameAt(tokens, at - 1);
  const isLed = /^(?:the|under|"|as)$/.test(wordAt(tokens, at - 2));
  const isOfApi = tokens.some(({ text }) => /^apis?$/.test(text));
  return mention !== null && isLed && isOfApi ? { at, to: at + 1, mention } : null;
}
