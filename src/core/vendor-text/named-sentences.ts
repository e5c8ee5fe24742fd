import type { ReadSentence } from '../language/read-sentence.ts';
import type { Mention } from '../names/mention.ts';
import { type Identified, identifiedIn } from './identities.ts';
import { introducedNames } from './introduced-names.ts';
import { namesIn, type PrimaryContext } from './statement.ts';

/** The sentences of a text, with the names in them: those that are known, and those that the text makes known itself. */
export function namedSentences(
  text: string,
  context: PrimaryContext,
): Identified & { sentences: readonly ReadSentence[] } {
  const known = namesIn(text, context);
  const first = readWith(text, known, context);
  const introduced = introducedNames(text, first.sentences, known, context);
  if (introduced.length === 0) return first;
  const all = [...known, ...introduced].sort((a, b) => a.span[0] - b.span[0]);
  return readWith(text, all, context);
}

function readWith(
  text: string,
  names: readonly Mention[],
  context: PrimaryContext,
): Identified & { sentences: readonly ReadSentence[] } {
  const identified = identifiedIn(text, names, context);
  const ranges = identified.mentions.map(({ span }) => ({ start: span[0], end: span[1] }));
  return { ...identified, sentences: context.english.read(text, ranges) };
}
