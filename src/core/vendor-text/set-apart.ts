import type { Item } from '../../domain/item.ts';
import { type Day, dayOf } from '../../domain/time.ts';
import { datesIn } from '../extract/dates-in-text.ts';
import type { ReadSentence } from '../language/read-sentence.ts';
import type { Words } from '../language/sentence-parts.ts';
import { foldText } from '../text/characters.ts';

/** A label stands within so many tokens of its sentence's beginning. */
const LONGEST_LABEL = 6;
/** A heading of more words, or more characters, says something of its own. */
const LONGEST_HEADING = 4;
const MOST_CHARACTERS = 80;

/**
 * The sentences of an item less those that stand where nobody says that it is so: in a sample or a block of quotation, under
 * a heading for what is to come or is untrue, behind a label that disowns them, under a cross, at the end of a wait, or
 * taken back in their own or the next words.
 */
export function heldSentences(
  item: Item,
  sentences: readonly ReadSentence[],
  said: Day,
): readonly ReadSentence[] {
  const blocks = item.document?.blocks ?? [];
  const distant = new Map<string, boolean>();
  const isCrossed = crossesAlong(item);
  let at = 0;
  return sentences.filter((sentence, index) => {
    // Both stand in the order of the text.
    while ((blocks[at]?.end ?? Number.POSITIVE_INFINITY) <= sentence.start) at++;
    const block = blocks[at];
    const here = block !== undefined && block.start <= sentence.start ? block : null;
    if (here?.kind === 'code' || here?.kind === 'quote') return false;
    return !(
      (here?.path ?? []).some((heading) => isDistantOnce(distant, heading, sentence, said)) ||
      isDisowned(sentence) ||
      isCrossed(sentence) ||
      isTakenBack(sentence) ||
      isAwaited(sentence) ||
      isCorrected(sentences[index + 1])
    );
  });
}

function isDistantOnce(
  known: Map<string, boolean>,
  heading: string,
  { phrases: { words } }: ReadSentence,
  said: Day,
): boolean {
  const found = known.get(heading) ?? isDistant(heading, words, said);
  known.set(heading, found);
  return found;
}

/** "Coming soon", "Myth", "Q1 2027": a heading that is no more than that. */
function isDistant(heading: string, words: Words, said: Day): boolean {
  if (heading.length > MOST_CHARACTERS) return false;
  const parts = foldText(heading).match(/[\p{L}\p{N}'-]+/gu) ?? [];
  if (parts.length === 0 || parts.length > LONGEST_HEADING) return false;
  const telling = parts.filter(
    (word) => !words.is(word, 'articles', 'possessives', 'place-prepositions', 'own'),
  );
  if (telling.length > 0 && telling.every((word) => words.is(word, 'distant-headings')))
    return true;
  const isLater = parts.some((part) => /^20\d\d$/.test(part) && part > said.slice(0, 4));
  return (
    isLater ||
    datesIn(foldText(heading), said).some(
      ({ hasYear, interval }) => hasYear && dayOf(interval.from) > said,
    )
  );
}

/** "Myth: …", "Embargoed until October: …", "Assistant: …" */
function isDisowned({ phrases: { list, words } }: ReadSentence): boolean {
  const colon = list.indexOf(':');
  if (colon < 1 || colon > LONGEST_LABEL || colon === list.length - 1) return false;
  return list.slice(0, colon).some((word) => words.is(word, 'disowning-labels'));
}

/** "❌ GPT-9 is available in the API": a cross holds to the end of its line. Asked of sentences in their order, once along the text. */
function crossesAlong({ text }: Item): (sentence: ReadSentence) => boolean {
  let seen = { line: -1, end: 0, isCrossed: false };
  return ({ line, end, phrases: { words } }) => {
    if (seen.line !== line) seen = { line, end: line, isCrossed: false };
    seen.isCrossed ||= [...text.slice(seen.end, end)].some((sign) => words.is(sign, 'crosses'));
    seen.end = end;
    return seen.isCrossed;
  };
}

/** "…, said no one", "… (not really)" */
function isTakenBack({ phrases }: ReadSentence): boolean {
  const { list, words, sentence } = phrases;
  const asides = sentence.asides.map(({ tokens }) => tokens.map(({ word }) => word));
  return (
    [list, ...asides].some((said) => hasAny(words, said, 'takes-back')) ||
    asides.some((said) => hasAny(words, said, 'disowning-asides'))
  );
}

function hasAny(words: Words, list: readonly string[], wordClass: string): boolean {
  return list.some((_, at) => words.phraseAt(list, at, wordClass) > 0);
}

/** "becomes available in two weeks" */
function isAwaited({ phrases: { list, words } }: ReadSentence): boolean {
  return list.some((word, at) => {
    const [count = '', unit = ''] = list.slice(at + 1, at + 3);
    const isCount = /^\d+$/.test(count) || words.is(count, 'counts', 'one', 'articles');
    return word === 'in' && isCount && words.is(unit, 'waits');
  });
}

/** "Correction: it is not." */
function isCorrected(next: ReadSentence | undefined): boolean {
  const [first, second] = next?.phrases.list ?? [];
  return second === ':' && next?.phrases.words.is(first ?? '', 'corrections') === true;
}
