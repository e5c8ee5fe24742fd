import type { Mention } from '../../names/mention.ts';
import type { Argument, Clause, Memory } from '../document/clause.ts';
import { isCodename, type Scene } from '../document/document.ts';
import type { Frame } from './frame.ts';
import type { ParsedSentence } from './noun-phrases.ts';

/** The models a frame is said of: those it names, or the one its pronoun takes up. */
export function fillersOf(
  scene: Scene,
  parsed: ParsedSentence,
  frame: Frame,
  clause: Clause,
  memory: Memory,
): readonly Argument[] {
  const { model } = frame;
  if (model.kind === 'named') return asFamily(scene, model.mentions).map(argumentOf);
  if (model.kind === 'ellipsis')
    return clauseOpensText(parsed, frame)
      ? takenUp(scene, clause, { ...memory, model: null }, false)
      : [];
  const ahead = model.isPlural ? null : namedBehind(parsed, frame);
  if (ahead !== null) return [argumentOf(ahead)];
  return takenUp(scene, clause, memory, model.isPlural);
}

/** Three or more members of one family named together are the family. */
function asFamily(scene: Scene, mentions: readonly Mention[]): readonly Mention[] {
  const [first] = mentions;
  if (first === undefined || mentions.length < 3) return mentions;
  const family = first.subject.slice(0, Math.max(0, first.subject.lastIndexOf('-')));
  const isOne = mentions.every(({ subject }) => subject.startsWith(`${family}-`));
  return isOne && scene.context.names.subject(family)?.kind === 'family'
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
function takenUp(
  scene: Scene,
  _clause: Clause,
  memory: Memory,
  isPlural: boolean,
): readonly Argument[] {
  if (isPlural) {
    if (memory.codename !== null) return [argumentOf(memory.codename)];
    return [];
  }
  if (memory.model !== null && !isCodename(scene, memory.model)) return [argumentOf(memory.model)];
  const { section } = memory;
  if (section !== null) return [argumentOf(section)];
  return scene.topic === null ? [] : [{ subject: scene.topic, aliasClaimed: false }];
}

export function argumentOf({ subject, claimed }: Mention): Argument {
  return { subject, aliasClaimed: claimed };
}
