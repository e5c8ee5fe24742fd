import { type Mention, onePerSubject } from '../../names/mention.ts';
import type { Argument, Clause, Memory } from '../document/clause.ts';
import { isCodename, type TextAnalysis } from '../document/document.ts';
import type { ParsedSentence } from '../syntax/parsed-sentence.ts';
import type { Frame } from './frame.ts';
import { type Filler, nameAt, naming, wordAt } from './noun-phrases.ts';

/** The models a frame is said of: those it names, or the one its pronoun takes up. */
export function fillersOf(
  analysis: TextAnalysis,
  parsed: ParsedSentence,
  frame: Frame,
  clause: Clause,
  memory: Memory,
): readonly Argument[] {
  const model = nameGiven(parsed, frame) ?? frame.model;
  if (model.kind === 'named') return asFamily(analysis, model.mentions).map(argumentOf);
  if (model.kind === 'ellipsis') {
    return clauseOpensText(parsed, frame)
      ? takenUp(analysis, { ...memory, model: null }, false)
      : [];
  }
  const behind = model.isPlural ? null : namedBehind(parsed, frame);
  if (behind !== null) return [argumentOf(behind)];
  const ahead = namedAhead(analysis, parsed, frame);
  if (isBehindRival(analysis, parsed, frame, clause)) return [];
  if (ahead === null) return takenUp(analysis, memory, model.isPlural);
  return model.isPlural === ahead.length > 1 ? asFamily(analysis, ahead).map(argumentOf) : [];
}

/** "Google released it": somebody else's model, or its maker, stands ahead of the predicate. */
function isBehindRival(
  analysis: TextAnalysis,
  { tokens }: ParsedSentence,
  { at }: Frame,
  { sentence }: Clause,
): boolean {
  return analysis.cues.has(
    { start: sentence.start, end: tokens[at]?.start ?? sentence.end },
    'rival',
  );
}

/** "released it as GPT-4.5", "which came out as GPT Image 1.5": the name under which a thing without one was released. */
function nameGiven({ tokens }: ParsedSentence, { entry, model, to }: Frame): Filler | null {
  if (model.kind === 'named' || entry.says !== 'release') return null;
  const as = wordAt(tokens, to) === 'it' ? to + 1 : to;
  const name = wordAt(tokens, as) === 'as' ? nameAt(tokens, as + 1) : null;
  return name === null ? null : naming(name);
}

/** The models named ahead of a predicate in its own sentence; null for none. */
function namedAhead(
  analysis: TextAnalysis,
  { tokens }: ParsedSentence,
  { at }: Frame,
): readonly Mention[] | null {
  const named = tokens
    .slice(0, at)
    .flatMap(({ mention }) => (mention === null || isCodename(analysis, mention) ? [] : [mention]));
  if (named.length === 0) return null;
  return onePerSubject(named);
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

function clauseOpensText({ tokens }: ParsedSentence, { clause, group }: Frame): boolean {
  return clause.from === 0 && group.from <= 1 && tokens.length > 0;
}

/** "As soon as it was out, GPT Image 1.5 took the lead": a pronoun ahead of its name. */
function namedBehind({ tokens, clauses }: ParsedSentence, { clause }: Frame): Mention | null {
  if (clause.kind !== 'subordinate' || clause.from > 1) return null;
  const next = clauses[clauses.indexOf(clause) + 1];
  return next?.kind === 'main' ? (tokens[next.from]?.mention ?? null) : null;
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
