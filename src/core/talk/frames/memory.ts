import { type Mention, onePerSubject } from '../../names/mention.ts';
import { type Memory, NOTHING_NAMED } from '../document/clause.ts';
import { isCodename, mentionsWithin, type TextAnalysis } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';

/** How far into a sentence its subject begins at the latest, in characters. */
const SUBJECT_REACH = 60;

/** What is remembered behind a sentence: whom it was about, or, by a pronoun, whom the one before was about. */
export function remember(analysis: TextAnalysis, memory: Memory, sentence: Range): Memory {
  const named = mentionsWithin(analysis, sentence).filter((one) => !isMeasure(analysis, one));
  const models = familyFirst(
    analysis,
    named.filter((one) => !isCodename(analysis, one)),
  );
  const only = new Set(models.map(({ subject }) => subject)).size === 1 ? models[0] : undefined;
  const first = only ?? models.find(({ span }) => span[0] - sentence.start <= SUBJECT_REACH);
  const carried = analysis.cues.has(sentence, 'anaphor') ? memory.model : null;
  const isRival = analysis.cues.has(sentence, 'rival');
  return {
    ...memory,
    model: first ?? (isRival ? null : carried),
    several: severalOf(models),
    isRival: models.length === 0 && (isRival || memory.isRival),
    codename: named.find((one) => isCodename(analysis, one)) ?? memory.codename,
  };
}

/** "the first since GPT-2", "faster than GPT-5": a model that another one is measured by. */
export function isMeasure({ folded, lists }: TextAnalysis, { span }: Mention): boolean {
  return lists['memory.measure'].test(folded.slice(Math.max(0, span[0] - 40), span[0]));
}

/** A family that is named with its own members is what the sentence is about. */
function familyFirst(analysis: TextAnalysis, models: readonly Mention[]): readonly Mention[] {
  const family = models.find(
    ({ subject }) =>
      analysis.context.names.subject(subject)?.kind === 'family' &&
      models.every((one) => one.subject === subject || one.subject.startsWith(`${subject}-`)),
  );
  return family === undefined ? models : [family];
}

/** Two or three models that stand side by side. */
function severalOf(models: readonly Mention[]): readonly Mention[] {
  const distinct = onePerSubject(models);
  return distinct.length === 2 || distinct.length === 3 ? distinct : [];
}

/** What is remembered below a heading. */
export function rememberHeading(analysis: TextAnalysis, heading: Range, level: number): Memory {
  const named = level <= 1 ? undefined : mentionsWithin(analysis, heading)[0];
  const isRival = named === undefined && analysis.cues.has(heading, 'rival');
  const isListOfEnds = analysis.cues.has(heading, 'phrase.listed');
  return { ...NOTHING_NAMED, section: named ?? null, isRival, isListOfEnds };
}
