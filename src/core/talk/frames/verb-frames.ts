import type { ClauseSpan, ParsedSentence } from '../syntax/clauses.ts';
import type { VerbGroup } from '../syntax/verb-group.ts';
import { isAdverb } from '../syntax/word-classes.ts';
import { activeFrame, gapFrame } from './active-frames.ts';
import { agentBefore, type Candidate, endOf, type Frame, isGap, type VerbBase } from './frame.ts';
import { type Filler, isHead, namesEndingAt, namesStartingAt, naming } from './noun-phrases.ts';
import { objectBehind } from './objects.ts';
import type { VerbForm } from './predicates.ts';
import { subjectBefore } from './subjects.ts';

/** A verb in its forms: done to a model, or by it. */
export function verbFrame(candidate: Candidate, forms: ReadonlySet<VerbForm>): Frame | null {
  const { parsed, clause, at, wording } = candidate;
  // "the name", "its list": a noun of the same form.
  if (forms.has('base') && parsed.is('verb-frames.determiner', at - 1)) return null;
  const adjacent = endOf(parsed, at + 1, wording.rest, clause.to);
  if (wording.entry.object === 'model') return transitiveFrame(candidate, forms, adjacent);
  return adjacent === null ? null : intransitiveFrame(candidate, forms, adjacent);
}

const BEGINNING = /^(?:begun|began|begins|started|starts)/;

function intransitiveFrame(
  candidate: Candidate,
  forms: ReadonlySet<VerbForm>,
  to: number,
): Frame | null {
  const { parsed, clause, at, wording } = candidate;
  const { entry } = wording;
  const group = candidate.groupTo(to);
  const base: VerbBase = { entry, form: formUsed(forms, group), at, clause, group };
  if (!agrees(parsed, base, forms)) return null;
  const isAlone = isGap(parsed, to) || parsed.is('verb-frames.measured', to);
  if (entry.id === 'release.of-itself' && !isAlone) return null;
  const model = subjectBefore(parsed, clause, group.from);
  if (model === null || model.kind === 'ellipsis') return null;
  return { ...base, use: 'of-itself', to, model, agent: 'unknown' };
}

/** Whether a form fits its helpers and its subject: "is rolling out", "have shipped", not "to release notes". */
function agrees(
  parsed: ParsedSentence,
  { at, form, group }: VerbBase,
  forms: ReadonlySet<VerbForm>,
): boolean {
  switch (form) {
    case 'ing':
      return group.hasBe || BEGINNING.test(parsed.word(group.from)) || parsed.name(at - 1) !== null;
    case 'base':
      if (group.hasBe) return group.governed === 'planned';
      return isInfinitive(group) || isPlural(parsed, group.from - 1);
    default:
      return !group.hasBe || (forms.has('participle') && parsed.is('verb-frames.with-be', at));
  }
}

function isInfinitive({ modal, hasDo, governed }: VerbGroup): boolean {
  return modal !== null || hasDo || governed !== null;
}

function isPlural(parsed: ParsedSentence, at: number): boolean {
  if (parsed.name(at) !== null) {
    const before = parsed.word(at - 1);
    return before === 'and' || (before === 'as' && parsed.word(at - 2) === 'such');
  }
  return /s$|^(?:they|both|these)$/.test(parsed.word(at));
}

function formUsed(forms: ReadonlySet<VerbForm>, group: VerbGroup): VerbForm {
  if (forms.has('ing')) return 'ing';
  if (forms.has('s')) return 's';
  if (group.hasBe || group.hasHave) return forms.has('participle') ? 'participle' : 'base';
  if (isInfinitive(group)) return forms.has('base') ? 'base' : 'past';
  return (['past', 'participle'] as const).find((form) => forms.has(form)) ?? 'base';
}

function transitiveFrame(
  candidate: Candidate,
  forms: ReadonlySet<VerbForm>,
  adjacent: number | null,
): Frame | null {
  const { parsed, clause, at, wording } = candidate;
  const group = candidate.groupTo(adjacent ?? at + 1);
  const form = formUsed(forms, group);
  const base: VerbBase = { entry: wording.entry, form, at, clause, group };
  if (group.hasBe && form === 'participle') {
    return adjacent === null ? null : passiveFrame(candidate, base, adjacent);
  }
  const object = objectBehind(parsed, clause, adjacent ?? at + 1);
  const to = adjacent ?? (object && endOf(parsed, object.end, wording.rest, clause.to));
  const active = object && to !== null ? activeFrame(candidate, base, object, to) : null;
  if (active !== null || adjacent === null) return active;
  const gap = gapFrame(candidate, base, adjacent);
  if (gap !== null) return gap;
  return forms.has('participle') && !group.hasHave ? modifierFrame(parsed, base, adjacent) : null;
}

/** "GPT-5.5 was released", and "users were given GPT-5.5". */
function passiveFrame(candidate: Candidate, base: VerbBase, to: number): Frame | null {
  const { parsed, clause } = candidate;
  const { entry, group } = base;
  const handed = entry.says === 'access' ? objectBehind(parsed, clause, to) : null;
  if (handed !== null && agentBefore(candidate, group.from) === 'people') {
    return handed.isHead ? { ...base, use: 'active', to, model: handed, agent: 'people' } : null;
  }
  const model = subjectBefore(parsed, clause, group.from);
  if (model === null || model.kind === 'ellipsis') return null;
  return { ...base, use: 'passive', to, model, agent: 'unknown' };
}

/** A fragment is shorter than this, in tokens. */
const SHORT = 14;

/** "GPT Image 1.5, released in December", "Announced on Tuesday, it …": a participle that describes. */
function modifierFrame(parsed: ParsedSentence, base: VerbBase, to: number): Frame | null {
  const { group, at } = base;
  const isAlone = group.from === at || isAdverb(parsed.word(group.from)) || group.isNegated;
  if (!isAlone || !isGap(parsed, to)) return null;
  const model = describedBy(parsed, base, to);
  return model === null ? null : { ...base, use: 'modifier', to, model, agent: 'unknown' };
}

function describedBy(parsed: ParsedSentence, base: VerbBase, to: number): Filler | null {
  const { clause, group } = base;
  const from = group.from;
  if (clause.kind === 'inserted' && from === clause.from) {
    return subjectBefore(parsed, clause, from);
  }
  if (from <= clause.from) return describedBehind(parsed, base, to);
  const isComma = parsed.word(from - 1) === ',';
  const isBehindNoun = isComma && /^(?:models?|generator)$/.test(parsed.word(from - 2));
  const isBehindName =
    parsed.name(from - 1) !== null || (isComma && parsed.name(from - 2) !== null);
  if (!isBehindNoun && !isBehindName) return null;
  if (isComma && !isBehindNoun) return naming(...namesEndingAt(parsed, from - 2, 0));
  const verb = isBehindNoun ? copulaIn(parsed, clause, from) : from;
  const model = subjectBefore(parsed, clause, verb);
  return model?.kind === 'ellipsis' ? null : model;
}

function copulaIn(parsed: ParsedSentence, { from }: ClauseSpan, limit: number): number {
  const at = parsed.tokens.findIndex(
    ({ text }, k) => k >= from && k < limit && /^(?:is|was|are|were)$/.test(text),
  );
  return at < 0 ? from : at;
}

/** A participle that opens the sentence describes the subject behind its comma; one in a fragment what the text is about. */
function describedBehind(parsed: ParsedSentence, base: VerbBase, to: number): Filler | null {
  if (base.clause.from !== 0) return null;
  const isFragment =
    parsed.tokens.length < SHORT &&
    parsed.tokens.every(
      ({ text, mention }) => mention === null && !parsed.lists['modifier-frames.finite'].test(text),
    );
  if (isFragment && base.entry.says === 'release') return { kind: 'ellipsis' };
  const start =
    1 +
    parsed.tokens.findIndex(
      ({ text }, k) => k > to && text === ',' && isSubjectStart(parsed, k + 1),
    );
  if (start === 0) return null;
  if (parsed.name(start) === null) {
    return { kind: 'anaphor', isPlural: parsed.word(start) === 'they', isNegated: false };
  }
  const { mentions, end } = namesStartingAt(parsed, start, parsed.tokens.length);
  return isHead(parsed, end, parsed.tokens.length)
    ? { kind: 'named', mentions, isNegated: false }
    : null;
}

function isSubjectStart(parsed: ParsedSentence, at: number): boolean {
  const text = parsed.word(at);
  const isModel = /^(?:the|this)$/.test(text) && parsed.word(at + 1) === 'model';
  return parsed.name(at) !== null || text === 'it' || text === 'they' || isModel;
}
