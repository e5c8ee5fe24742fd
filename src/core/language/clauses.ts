import { type Argument, argumentOf } from './arguments.ts';
import { firstWord, isSign, type Phrases, skip, wordsOf } from './phrases.ts';
import type { Chunk, Verb } from './sentence-parts.ts';
import { addedTo, closesAside, describedBefore, subjectBefore, takesObject } from './subjects.ts';

/** Where a verb stands in its sentence: with which subject, and whether the sentence itself says it. */
export interface Clause {
  subject: Argument | null;
  /** Index of the first phrase of the subject; of the verb where it has none, or another clause stands between. */
  start: number;
  /** Why the clause says nothing by itself; null for a main clause. */
  embedded: 'subordinate' | 'complement' | 'governed' | 'relative' | 'object' | 'imperative' | null;
  /** The helpers of the first of several verbs hold for the others: "are deprecated and will be removed". */
  verb: Verb;
  /** Something has only begun, goes on, is done no more, or is done: "began rolling out", "stopped offering". */
  phase: 'begins' | 'continues' | 'ceases' | 'ends' | null;
}

/** The clause of the verb at a phrase. */
export function clauseOf(phrases: Phrases, at: number): Clause {
  const verb = phrases.chunks[at]?.verb as Verb;
  const before = skip(phrases, at - 1, -1, 'adverb', 'time');
  const chunk = phrases.chunks[before];
  const described = verb.form === 'finite' ? describedBefore(phrases, before) : null;
  if (described !== null) {
    const embedded = embeddingOf(phrases, described.start);
    return { subject: described.argument, start: at, embedded, verb, phase: null };
  }
  if (verb.form === 'infinitive' || chunk?.kind === 'verb')
    return governed(phrases, at, before, verb);
  const isJoined =
    chunk?.kind === 'conjunction' || (isSign(phrases, chunk, ',') && isShared(phrases, at, before));
  const shared = isJoined ? sharedClause(phrases, before, verb) : null;
  return shared ?? ownClause(phrases, at, before, verb);
}

/** The clause of a verb that has its own subject, or none. */
function ownClause(phrases: Phrases, at: number, before: number, verb: Verb): Clause {
  const subject = subjectBefore(phrases, before) ?? addedTo(phrases, before);
  if (subject === null) return withoutSubject(phrases, at, before, verb);
  const isAdded = phrases.chunks[before]?.kind === 'subordinator';
  const embedded = isAdded ? joinedTo(phrases, before) : embeddingOf(phrases, subject.start);
  // "models released last year"; a pronoun of the vendor takes no such clause.
  const isRelative =
    verb.form === 'participle' &&
    subject.argument.kind !== 'vendor' &&
    !takesObject(phrases, at) &&
    !isOnlyVerb(phrases, at, subject.argument);
  return {
    ...{ subject: subject.argument, start: subject.start, verb, phase: null },
    embedded: embedded ?? (isRelative || isLoose(phrases, verb, subject.start) ? 'relative' : null),
  };
}

/** "X graduated to general availability": where no verb but this one is said of a name, it is no description. */
function isOnlyVerb({ chunks }: Phrases, at: number, { kind, isAccess }: Argument): boolean {
  return (
    (kind === 'names' || isAccess) &&
    chunks.every(({ verb }, index) => verb === null || index === at)
  );
}

/** A gerund describes its noun, but in a heading that has no other verb: "GPT-9 now rolling out". */
function isLoose(phrases: Phrases, { form }: Verb, start: number): boolean {
  if (form !== 'gerund') return false;
  const isHeading = !phrases.chunks.some(({ verb }) => verb?.form === 'finite');
  return !isHeading || start > skip(phrases, 0, 1, 'sign');
}

/** "are excited to announce", "began rolling out": a verb under another one, or under an adjective or noun. */
function governed(phrases: Phrases, at: number, before: number, verb: Verb): Clause {
  const governor = phrases.chunks[before];
  const none: Clause = { subject: null, start: at, embedded: 'governed', verb, phase: null };
  if (governor === undefined) return none;
  const list = wordsOf(phrases, governor);
  const isGlad = list.some((word) => phrases.words.is(word, 'glad'));
  const enabled = enabledBy(phrases, before, verb);
  if (enabled !== null) return enabled;
  const upper = governor.kind === 'verb' ? before : skip(phrases, before - 1, -1, 'adverb', 'time');
  if (phrases.chunks[upper]?.kind !== 'verb') return none;
  const above = clauseOf(phrases, upper);
  if (isUnsaid(phrases, above)) return { ...none, subject: above.subject };
  if (isGlad)
    return {
      ...above,
      verb: { ...above.verb, main: verb.main, copula: false, passive: false },
      start: above.start,
    };
  const main = phrases.list[above.verb.main] ?? '';
  const isPlan =
    governor.kind !== 'noun' && list.some((word) => phrases.words.is(word, 'planning'));
  if (isPlan && verb.form === 'infinitive' && above.verb.tense !== 'past') {
    const { passive, copula } = verb;
    return { ...above, verb: { ...above.verb, main: verb.main, passive, copula, tense: 'future' } };
  }
  // "Our deployment includes rolling out X": the vendor's own deed, told as a part of one.
  if (phrases.words.is(main, 'consisting') && isOwn(phrases, above)) {
    return { ...above, subject: null, verb: { ...above.verb, main: verb.main } };
  }
  const phase = phaseOf(phrases, main);
  if (governor.kind !== 'verb' || phase === null) return { ...none, subject: above.subject };
  return {
    ...above,
    verb: {
      ...{ ...above.verb, main: verb.main, copula: verb.copula, passive: verb.passive },
      ceased: phase === 'ceases',
      negated: phase === 'ceases',
    },
    phase,
  };
}

function isOwn({ chunks, list, words }: Phrases, { start }: Clause): boolean {
  return words.is(list[chunks[start]?.from ?? 0] ?? '', 'own');
}

/** "rolling out the ability for users to create images with X": who is enabled can do it. */
function enabledBy(phrases: Phrases, before: number, verb: Verb): Clause | null {
  const { chunks, words, list, predicates } = phrases;
  const [people, lead, ability] = [chunks[before], chunks[before - 1], chunks[before - 2]];
  if (people?.kind !== 'noun' || lead?.kind !== 'preposition' || ability?.kind !== 'noun')
    return null;
  if (!words.is(list[ability.to] ?? '', 'abilities')) return null;
  const giving = chunks.findLastIndex(({ kind }, index) => index < before - 2 && kind === 'verb');
  if (giving < 0) return null;
  const above = clauseOf(phrases, giving);
  const gives = predicates
    .verbs(list[above.verb.main] ?? '')
    .some(({ rule }) => rule.category === 'release' || rule.category === 'list');
  if (!gives || isUnsaid(phrases, above) || above.subject?.kind !== 'vendor') return null;
  return {
    ...above,
    subject: argumentOf(phrases, people),
    verb: { ...above.verb, main: verb.main },
  };
}

function phaseOf({ words }: Phrases, verb: string): Clause['phase'] {
  if (words.is(verb, 'begin')) return 'begins';
  if (words.is(verb, 'cease')) return 'ceases';
  if (words.is(verb, 'finish')) return 'ends';
  return words.is(verb, 'continue') ? 'continues' : null;
}

/** Whether the sentence leaves open, or denies, what stands in a clause. */
function isUnsaid({ words }: Phrases, { embedded, verb }: Clause): boolean {
  const { modal } = verb;
  const isOpen = modal !== null && verb.tense !== 'future' && !words.is(modal, 'ability');
  return embedded !== null || verb.negated || isOpen;
}

/** "X is here, and can be used": whether a comma is followed by a verb that shares the subject before it. */
function isShared(phrases: Phrases, at: number, comma: number): boolean {
  const { chunks } = phrases;
  if (closesAside(phrases, comma)) return false;
  return chunks[at]?.verb?.form === 'finite' && chunks[comma - 1]?.kind !== 'noun';
}

function sharedClause(phrases: Phrases, joint: number, verb: Verb): Clause | null {
  for (let at = joint - 1; at >= 0; at--) {
    const chunk = phrases.chunks[at] as Chunk;
    if (chunk.kind === 'subordinator' || isSign(phrases, chunk, ';', ':', '—')) return null;
    if (chunk.kind !== 'verb') continue;
    const first = clauseOf(phrases, at);
    const takesHelpers =
      verb.form === 'participle' || verb.form === 'base' || verb.form === 'gerund';
    const { main, copula } = verb;
    return { ...first, verb: takesHelpers ? { ...first.verb, main, copula } : verb };
  }
  return null;
}

/** Why what stands right before a subject takes its clause from the sentence; null where the clause is a main one. */
function embeddingOf(phrases: Phrases, start: number): Clause['embedded'] {
  const { chunks, words } = phrases;
  const at = skip(phrases, start - 1, -1, 'adverb', 'time');
  const lead = chunks[at];
  if (lead === undefined) return null;
  switch (lead.kind) {
    case 'sign':
      return frontedBy(phrases, at);
    case 'conjunction':
      return words.is(firstWord(phrases, lead), 'joints') ? joinedTo(phrases, at) : 'subordinate';
    case 'subordinator':
      return announcedBy(phrases, at);
    case 'verb':
      return isAnnouncing(phrases, at) ? null : 'complement';
    case 'adjective':
      return 'complement';
    case 'noun':
      return isFronted(phrases, at, start) ? null : 'relative';
    default:
      return 'object';
  }
}

/** "With a Pro plan you get": a phrase before the subject that begins its clause with a preposition. */
function isFronted(phrases: Phrases, at: number, start: number): boolean {
  const { chunks, words } = phrases;
  let first = at;
  while (chunks[first - 1]?.kind === 'noun' || chunks[first - 1]?.kind === 'preposition') first--;
  const isOpening = first === 0 || chunks[first - 1]?.kind === 'sign';
  return (
    isOpening &&
    chunks[first]?.kind === 'preposition' &&
    words.is(firstWord(phrases, chunks[start]), 'nominatives')
  );
}

/** A clause behind "and" is as main as the one before it. */
function joinedTo(phrases: Phrases, joint: number): Clause['embedded'] {
  for (let at = joint - 1; at >= 0; at--) {
    const chunk = phrases.chunks[at] as Chunk;
    if (isSign(phrases, chunk, ';', ':', '—')) return null;
    if (chunk.verb !== null && chunk.verb.form !== 'infinitive')
      return clauseOf(phrases, at).embedded;
  }
  return null;
}

/** "If X, Y is out": what stands before a comma or colon may take back what follows. */
function frontedBy(phrases: Phrases, sign: number): Clause['embedded'] {
  const { words } = phrases;
  const isColon = isSign(phrases, phrases.chunks[sign], ':');
  if (isSign(phrases, phrases.chunks[sign], ';', '.', '!', '—', '•')) return null;
  for (let at = sign - 1; at >= 0; at--) {
    const chunk = phrases.chunks[at] as Chunk;
    if (isSign(phrases, chunk, ';', '.', '!')) return null;
    const list = wordsOf(phrases, chunk);
    if (chunk.kind === 'subordinator' && list.some((word) => words.is(word, 'conditionals')))
      return 'subordinate';
    if (list.some((word) => words.is(word, 'reporting', 'unreal'))) return 'complement';
    if (
      isColon &&
      (chunk.verb?.negated === true || list.some((word) => words.is(word, 'delay', 'testimony')))
    )
      return 'complement';
  }
  return null;
}

/** "to announce that X is out": the clause an announcement of the vendor carries is its own. */
function announcedBy(phrases: Phrases, at: number): Clause['embedded'] {
  const { chunks, words } = phrases;
  const word = firstWord(phrases, chunks[at]);
  if (words.is(word, 'transparent')) return null;
  // ", after which it will be removed": what comes next, said as plainly.
  const isSequel =
    words.is(word, 'adding') && words.is(firstWord(phrases, chunks[at - 1]), 'sequels');
  if (isSequel && isSign(phrases, chunks[at - 2], ',')) return null;
  if (word !== 'that') return 'subordinate';
  if (at === 1 && words.is(firstWord(phrases, chunks[0]), 'noting')) return null;
  const before = skip(phrases, at - 1, -1, 'adverb', 'time');
  // "We've told developers that": whom it is said to stands between.
  const isTold = chunks[before]?.kind === 'noun' && isOfPeople(phrases, before);
  const governor = isTold ? skip(phrases, before - 1, -1, 'adverb', 'time') : before;
  return chunks[governor]?.kind === 'verb' && isAnnouncing(phrases, governor) ? null : 'complement';
}

function isOfPeople(phrases: Phrases, at: number): boolean {
  return argumentOf(phrases, phrases.chunks[at] as Chunk).kind === 'people';
}

function isAnnouncing(phrases: Phrases, at: number): boolean {
  const { words, list, chunks } = phrases;
  const verb = chunks[at]?.verb;
  if (verb === null || verb === undefined || !words.is(list[verb.main] ?? '', 'announcing'))
    return false;
  const clause = clauseOf(phrases, at);
  return (
    !isUnsaid(phrases, clause) && (clause.subject === null || clause.subject.kind === 'vendor')
  );
}

/** Entries and headings leave the vendor out: "Released X", "Introducing X", "Today, introducing X". */
function withoutSubject(phrases: Phrases, at: number, before: number, verb: Verb): Clause {
  const chunk = phrases.chunks[before];
  const clause: Clause = { subject: null, start: at, embedded: null, verb, phase: null };
  if (verb.form === 'base' && !phrases.words.is(phrases.list[verb.main] ?? '', 'greetings')) {
    return { ...clause, embedded: 'imperative' };
  }
  if (chunk === undefined || isSign(phrases, chunk, ':', ';', '.', '!', '•', '-', '—')) {
    return { ...clause, embedded: chunk === undefined ? null : frontedBy(phrases, before) };
  }
  if (
    isSign(phrases, chunk, ',') &&
    !phrases.chunks.slice(0, before).some(({ kind }) => kind === 'verb' || kind === 'noun')
  ) {
    return clause;
  }
  if (chunk.kind === 'subordinator') return { ...clause, embedded: 'subordinate' };
  return { ...clause, embedded: 'governed' };
}
