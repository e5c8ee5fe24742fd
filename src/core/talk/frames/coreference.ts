import { type Mention, onePerSubject } from '../../names/mention.ts';
import type { Range } from '../../text/characters.ts';
import { type Argument, type Memory, NOTHING_NAMED } from '../document/clause.ts';
import { isCodename, mentionsWithin, type TextAnalysis } from '../document/document.ts';
import type { ParsedSentence } from '../syntax/clauses.ts';
import type { Frame } from './frame.ts';
import { type Filler, naming } from './noun-phrases.ts';
import type { ReadSentence } from './statement.ts';

/** The models a frame is said of: those it names, or the one its pronoun takes up. */
export function fillersOf(
  { analysis, parsed, sentence, memory }: ReadSentence,
  frame: Frame,
): readonly Argument[] {
  const model = nameGiven(parsed, frame) ?? frame.model;
  if (model.kind === 'named') return asFamily(analysis, model.mentions).map(argumentOf);
  if (model.kind === 'ellipsis') return takenUp(analysis, { ...memory, model: null }, false);
  const behind = model.isPlural ? null : namedBehind(parsed, frame);
  if (behind !== null) return [argumentOf(behind)];
  // "Google released it": somebody else's model, or its maker, stands ahead of the predicate.
  const end = parsed.tokens[frame.at]?.start ?? sentence.end;
  if (analysis.cues.has({ start: sentence.start, end }, 'rival')) return [];
  const ahead = onePerSubject(
    parsed.tokens
      .slice(0, frame.at)
      .flatMap(({ mention: one }) => (one === null || isCodename(analysis, one) ? [] : [one])),
  );
  if (ahead.length === 0) return takenUp(analysis, memory, model.isPlural);
  return model.isPlural === ahead.length > 1 ? asFamily(analysis, ahead).map(argumentOf) : [];
}

/** "released it as GPT-4.5", "which came out as GPT Image 1.5": the name under which a thing without one was released. */
function nameGiven(parsed: ParsedSentence, { entry, model, to }: Frame): Filler | null {
  if (model.kind === 'named' || entry.says !== 'release') return null;
  const as = parsed.word(to) === 'it' ? to + 1 : to;
  const name = parsed.word(as) === 'as' ? parsed.name(as + 1) : null;
  return name === null ? null : naming(name);
}

/** Three or more members of one family named together are the family. */
function asFamily(analysis: TextAnalysis, mentions: readonly Mention[]): readonly Mention[] {
  const [first] = mentions;
  if (first === undefined || mentions.length < 3) return mentions;
  const family = first.subject.slice(0, Math.max(0, first.subject.lastIndexOf('-')));
  const isOne = mentions.every(({ subject }) => subject.startsWith(`${family}-`));
  return isOne && analysis.context.names.subject(family)?.kind === 'family'
    ? [{ ...first, subject: family }]
    : mentions;
}

/** "As soon as it was out, GPT Image 1.5 took the lead": a pronoun ahead of its name. */
function namedBehind(parsed: ParsedSentence, { clause }: Frame): Mention | null {
  if (clause.kind !== 'subordinate' || clause.from > 1) return null;
  const next = parsed.clauses[parsed.clauses.indexOf(clause) + 1];
  return next?.kind === 'main' ? parsed.name(next.from) : null;
}

/** Whom "it" or "the model" takes up: the one model of the sentence before, else the one the page is about. */
function takenUp(analysis: TextAnalysis, memory: Memory, isPlural: boolean): readonly Argument[] {
  if (isPlural) {
    if (memory.several.length > 0) return asFamily(analysis, memory.several).map(argumentOf);
    return memory.codename === null ? [] : [argumentOf(memory.codename)];
  }
  if (memory.model !== null && !isCodename(analysis, memory.model))
    return [argumentOf(memory.model)];
  return memory.several.length > 0 ? [] : topicOf(analysis, memory);
}

/** The model that words without a name are about: the one of their section, else of the page; none behind a rival. */
export function topicOf(analysis: TextAnalysis, { section, isRival }: Memory): readonly Argument[] {
  if (isRival) return [];
  if (section !== null) return [argumentOf(section)];
  return analysis.topic === null ? [] : [{ subject: analysis.topic, aliasClaimed: false }];
}

export function argumentOf({ subject, claimed, span }: Mention): Argument {
  return { subject, aliasClaimed: claimed, named: span };
}

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
