import type { WordLists } from '../cues/word-lists.ts';
import type { Token } from '../syntax/tokens.ts';
import type { VerbGroup } from '../syntax/verb-group.ts';
import { activeFrame, gapFrame } from './active-frames.ts';
import { agentBefore } from './agents.ts';
import { type Candidate, endOf, type Frame, isGap, type VerbBase } from './frame.ts';
import { modifierFrame } from './modifier-frames.ts';
import { type Filler, nameAt, namesStartingAt, wordAt } from './noun-phrases.ts';
import { objectBehind } from './objects.ts';
import type { VerbForm } from './predicates.ts';
import { subjectBefore } from './subjects.ts';

/** A verb in its forms: done to a model, or by it. */
export function verbFrame(
  lists: WordLists,
  candidate: Candidate,
  forms: ReadonlySet<VerbForm>,
): Frame | null {
  const { parsed, clause, at, wording } = candidate;
  // "the name", "its list": a noun of the same form.
  if (forms.has('base') && lists['verb-frames.determiner'].test(wordAt(parsed.tokens, at - 1)))
    return null;
  const adjacent = endOf(parsed.tokens, at + 1, wording.rest, clause.to);
  // "roll … out": what belongs to the verb stands behind its object, or nowhere.
  if (adjacent === null && !stands(parsed.tokens, at + 1, clause.to, wording.rest[0])) return null;
  if (wording.entry.object === 'model') return transitiveFrame(candidate, forms, adjacent);
  return adjacent === null ? null : intransitiveFrame(lists, candidate, forms, adjacent);
}

function stands(tokens: readonly Token[], from: number, to: number, word = ''): boolean {
  for (let at = from; at < to; at++) if (wordAt(tokens, at) === word) return true;
  return false;
}

const BEGINNING = /^(?:begun|began|begins|started|starts)/;

function intransitiveFrame(
  lists: WordLists,
  candidate: Candidate,
  forms: ReadonlySet<VerbForm>,
  to: number,
): Frame | null {
  const { parsed, clause, at, wording } = candidate;
  const { tokens } = parsed;
  const { entry } = wording;
  const group = candidate.groupTo(to);
  const form = formUsed(forms, group);
  const doer = form === 'participle' && group.hasBe ? doerBehind(lists, candidate, to) : null;
  if (doer !== null)
    return { entry, use: 'of-itself', form, at, to, clause, group, model: doer, agent: 'unknown' };
  if (!agrees(lists, tokens, at, form, group, forms)) return null;
  if (
    entry.id === 'release.of-itself' &&
    !isGap(lists, tokens, to) &&
    !lists['verb-frames.measured'].test(wordAt(tokens, to))
  )
    return null;
  const model = subjectBefore(parsed, clause, group.from);
  if (model === null || model.kind === 'ellipsis') return null;
  return { entry, use: 'of-itself', form, at, to, clause, group, model, agent: 'unknown' };
}

/** "ChatGPT is now powered by GPT-5.5": what a model does is told with it behind. */
function doerBehind(
  lists: WordLists,
  { parsed, clause, wording }: Candidate,
  to: number,
): Filler | null {
  if (wording.entry.says !== 'access' || wordAt(parsed.tokens, to) !== 'by') return null;
  const { mentions } = namesStartingAt(lists, parsed.tokens, to + 1, clause.to);
  return mentions.length === 0 ? null : { kind: 'named', mentions, isNegated: false };
}

/** Whether a form fits its helpers and its subject: "is rolling out", "have shipped", not "to release notes". */
function agrees(
  lists: WordLists,
  tokens: readonly Token[],
  at: number,
  form: VerbForm,
  group: VerbGroup,
  forms: ReadonlySet<VerbForm>,
): boolean {
  switch (form) {
    case 'ing':
      return (
        group.hasBe || BEGINNING.test(wordAt(tokens, group.from)) || nameAt(tokens, at - 1) !== null
      );
    case 'base':
      return (
        (!group.hasBe || group.governed === 'planned') &&
        (group.modal !== null ||
          group.hasDo ||
          group.governed !== null ||
          isPlural(tokens, group.from - 1))
      );
    default:
      return (
        !group.hasBe ||
        (forms.has('participle') && lists['verb-frames.with-be'].test(wordAt(tokens, at)))
      );
  }
}

function isPlural(tokens: readonly Token[], at: number): boolean {
  if (nameAt(tokens, at) !== null) {
    const before = wordAt(tokens, at - 1);
    return before === 'and' || (before === 'as' && wordAt(tokens, at - 2) === 'such');
  }
  return /s$|^(?:they|both|these)$/.test(wordAt(tokens, at));
}

function formUsed(forms: ReadonlySet<VerbForm>, group: VerbGroup): VerbForm {
  if (forms.has('ing')) return 'ing';
  if (forms.has('s')) return 's';
  if (group.hasBe || group.hasHave) return forms.has('participle') ? 'participle' : 'base';
  const isInfinitive = group.modal !== null || group.hasDo || group.governed !== null;
  if (isInfinitive) return forms.has('base') ? 'base' : 'past';
  return (['past', 'participle'] as const).find((form) => forms.has(form)) ?? 'base';
}

function transitiveFrame(
  candidate: Candidate,
  forms: ReadonlySet<VerbForm>,
  adjacent: number | null,
): Frame | null {
  const { analysis, parsed, clause, at, wording } = candidate;
  const group = candidate.groupTo(adjacent ?? at + 1);
  const form = formUsed(forms, group);
  const base: VerbBase = { entry: wording.entry, form, at, clause, group };
  if (group.hasBe && form === 'participle') {
    return adjacent === null ? null : passiveFrame(candidate, base, adjacent);
  }
  const object = objectBehind(parsed, clause, adjacent ?? at + 1);
  const to =
    object === null
      ? null
      : (adjacent ?? endOf(parsed.tokens, object.end, wording.rest, clause.to));
  const active =
    object === null || to === null ? null : activeFrame(analysis, parsed, base, object, to);
  if (active !== null || adjacent === null) return active;
  const gap = gapFrame(analysis, parsed, base, adjacent);
  if (gap !== null) return gap;
  return forms.has('participle') && !group.hasHave ? modifierFrame(parsed, base, adjacent) : null;
}

/** "GPT-5.5 was released", and "users were given GPT-5.5". */
function passiveFrame(
  { analysis, parsed, clause }: Candidate,
  base: VerbBase,
  to: number,
): Frame | null {
  const { entry, group } = base;
  const handed = entry.says === 'access' ? objectBehind(parsed, clause, to) : null;
  if (handed !== null && agentBefore(analysis, parsed, clause, group.from) === 'people') {
    return handed.isHead ? { ...base, use: 'active', to, model: handed, agent: 'people' } : null;
  }
  const model = subjectBefore(parsed, clause, group.from);
  if (model === null || model.kind === 'ellipsis') return null;
  return { ...base, use: 'passive', to, model, agent: 'unknown' };
}
