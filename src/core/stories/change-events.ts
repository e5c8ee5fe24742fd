import type { SourceChange } from '../../domain/alert.ts';
import type { Facet } from '../../domain/facet.ts';
import type { Item } from '../../domain/item.ts';
import type { StoryEvent, StoryWeight } from '../../domain/story.ts';
import type { StoryKind } from '../../domain/story-kind.ts';
import type { Instant } from '../../domain/time.ts';
import { type ItemChange, sourceChangesOf } from '../alerts/source-changes.ts';
import { type Interest, isSnapshot, type SubjectUpdate } from './family.ts';
import type { Candidate } from './level-events.ts';
import type { QuietReason } from './quiet-rules.ts';

/** A subject as a change names it. */
export interface Named {
  id: string;
  name: string;
  kind: 'model' | 'snapshot' | 'product' | 'family' | 'codename';
  interest: Interest;
}

export interface ChangeContext {
  at: Instant;
  /** What is known of the subject ids that a page names. */
  named: (id: string) => Named | null;
  /** The subjects one of whose levels was told at this check: the change is their proof, and no news of its own. */
  told: ReadonlySet<string>;
  /** What was judged at this check. */
  updates: readonly SubjectUpdate[];
}

/** What the changes at a vendor's own pages add to stories: at most one event each, whatever it names. */
export function changeEvents(
  changes: readonly ItemChange[],
  context: ChangeContext,
): readonly Candidate[] {
  const shown = new Map(sourceChangesOf(changes).map((change) => [change.change, change]));
  return changes.flatMap((changed) => {
    const change = shown.get(changed.change.id);
    return change === undefined ? [] : changeEvent(changed, change, context);
  });
}

function changeEvent(
  changed: ItemChange,
  change: SourceChange,
  context: ChangeContext,
): readonly Candidate[] {
  const mentions = (changed.after ?? changed.before)?.mentions ?? [];
  if (mentions.some((id) => context.told.has(id))) {
    return attached(change, mentions, context, 'told-before');
  }
  if (!isTitled(change.title, mentions, context)) {
    const launch = unnamedLaunch(changed, change, context);
    if (launch.length > 0 || mentions.length === 0) return launch;
  }
  const about = subjectOf(changed, mentions, context);
  if (about === null) return attached(change, mentions, context, 'mention');
  const { at } = context;
  if (!isSubstance(changed)) {
    return [candidate(about, change, at, 'documentation', 'notes', 'mention')];
  }
  const states = statedOf(about.id, changed, context);
  return [{ ...candidate(about, change, at, 'documentation', 'gathers'), states }];
}

/** What an entry states of a subject first-hand. */
function statedOf(
  subject: string,
  { after }: ItemChange,
  { updates }: ChangeContext,
): ReadonlySet<Facet> {
  const update = updates.find((one) => one.subject.id === subject);
  const pieces = [...(update?.evidence.values() ?? [])].filter(
    ({ item, artefact }) => item === after?.id && artefact !== null,
  );
  const claims = new Set(pieces.map(({ claim }) => claim));
  const verdicts = update?.verdicts.filter(({ claim }) => claims.has(claim.key)) ?? [];
  return new Set(verdicts.map(({ claim }) => claim.facet));
}

/** Whether a title names one of the models that its text names. */
function isTitled(title: string, mentions: readonly string[], { named }: ChangeContext): boolean {
  const words = title.toLowerCase();
  return mentions.some(
    (id) => words.includes(id) || words.includes((named(id)?.name ?? id).toLowerCase()),
  );
}

/** Shown beside what is told of the first model it names. */
function attached(
  change: SourceChange,
  mentions: readonly string[],
  { named, at }: ChangeContext,
  rule: QuietReason,
): readonly Candidate[] {
  const [first] = mentions.flatMap((id) => named(id) ?? []);
  return first === undefined ? [] : [candidate(first, change, at, 'documentation', 'notes', rule)];
}

/** The followed model that a page or an entry is about, itself before its snapshots; null where it only names others. */
function subjectOf(
  { target, change }: ItemChange,
  mentions: readonly string[],
  { named }: ChangeContext,
): Named | null {
  const all = mentions.flatMap((id) => named(id) ?? []);
  const followed = all.filter(({ interest }) => interest === 'followed');
  const models = [...followed].sort((a, b) => Number(isSnapshot(a)) - Number(isSnapshot(b)));
  if (target.subject !== null) return models.find(({ id }) => id === target.subject) ?? null;
  const title = change.title.toLowerCase();
  const titled = models.find(
    ({ id, name }) => title.includes(id) || title.includes(name.toLowerCase()),
  );
  return titled ?? (target.kind === 'changelog' ? (models[0] ?? null) : null);
}

/** An entry of the changelog, or the model's own page with other facts than before. */
function isSubstance({ change, target, before, after }: ItemChange): boolean {
  if (target.kind === 'changelog') return change.kind === 'added';
  if (target.kind !== 'model-page' || change.kind !== 'revised') return false;
  return before !== null && after !== null && statedOn(before.item) !== statedOn(after.item);
}

/** A line that gives one thing its value: `Input modalities: text, image`. */
const STATED = /^[^:|.\n]{2,40}: \S[^|\n]*$/gm;

/**
 * What the page of a model states of it: what its reader takes from it, and its lines of label and value. How it praises
 * the model, compares it with others and limits its use changes every few weeks and says nothing new of it.
 */
function statedOn({ fields: { prices: _, ...facts }, text }: Item): string {
  const lines = [...text.matchAll(STATED)].filter(([line]) => !STAMP.test(line));
  return JSON.stringify([facts, lines.map(([line]) => wordsOf(line)).sort()]);
}

/** When a page was touched is nothing that it states. */
const STAMP = /\b(?:updated|modified|as of|reviewed)\b/i;

/** What a reader takes in of a line: its words and figures, without marks and blanks. */
function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}$%.,]+/gu, ' ')
    .trim();
}

/** `Introducing X 2.0`: a name with a version behind a word that brings something out. */
const INTRODUCED =
  /^(?:introducing|announcing|meet|launching|say hello to)\s+((?:[\p{L}·.-]+\s+){0,3}[\p{L}-]*(?<!\d)\d{1,3}(?!\d)(?:\.\d+)?[\p{L}-]*)/iu;

/** `Introducing Lumen`: a name alone, of what its post calls a new model. */
const INTRODUCED_BY_NAME =
  /^(?:Introducing|Announcing|Meet)\s+(\p{Lu}[\p{L}\d-]*(?: \p{Lu}[\p{L}\d-]*){0,2})(?=$|[:,.!–—])/u;
const NEW_MODEL = /\b(?:new|newest|latest|next|first|most capable)\s(?:[\w-]+\s){0,3}models?\b/i;

function introducedIn(title: string, text: string): string | undefined {
  const byName = NEW_MODEL.test(text) ? INTRODUCED_BY_NAME.exec(title)?.[1] : undefined;
  return INTRODUCED.exec(title)?.[1] ?? byName;
}

/** A post of the newsroom that brings out something whose name is in no list; it is told by its title. */
function unnamedLaunch(
  { target, change, after }: ItemChange,
  shown: SourceChange,
  { at }: ChangeContext,
): readonly Candidate[] {
  if (target.kind !== 'newsroom' || change.kind !== 'added') return [];
  const name = introducedIn(change.title, after?.item.text ?? '');
  if (name === undefined) return [];
  const id = name.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-');
  const about: Named = { id, name, kind: 'product', interest: 'listed' };
  return [candidate(about, shown, at, 'launch', 'opens')];
}

function candidate(
  { id, name }: Named,
  change: SourceChange,
  at: Instant,
  kind: StoryKind,
  weight: StoryWeight,
  rule: QuietReason | null = null,
): Candidate {
  const event: StoryEvent = {
    ...{ ref: change.change, subject: id, name, at, weight, rule },
    ...{ move: null, change, day: null, alert: null },
  };
  return { kind, event };
}
