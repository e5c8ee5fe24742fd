import type { Statement } from '../../../domain/evidence.ts';
import { groupedBy } from '../../../domain/groups.ts';
import type { Range } from '../../text/characters.ts';
import type { TextAnalysis } from '../document/document.ts';
import type { PredicateIndex } from '../frames/predicates.ts';
import type { WordLists } from '../syntax/word-classes.ts';
import { type Candidate, classOf, type SentenceInPlace } from './candidates.ts';

/** What candidates of one text have in common. */
export interface TextFacts {
  analysis: TextAnalysis;
  /** The models the text names. */
  models: number;
  /** Which stems count; all where that is still to be learned. */
  knows: (stem: string) => boolean;
  /** What is so of a sentence, whichever of its models is asked about. */
  shared: Map<SentenceInPlace, SharedFacts>;
  /** What rules read of each model. */
  said: ReadonlyMap<string, readonly Statement[]>;
}

export function textFacts(
  analysis: TextAnalysis,
  statements: readonly Statement[],
  knows: TextFacts['knows'] = () => true,
): TextFacts {
  const models = new Set(analysis.mentions.map(({ subject }) => subject)).size;
  const said = groupedBy(statements, ({ claim }) => claim.subject);
  return { analysis, models, knows, said, shared: new Map() };
}

function kindOf({ claim, polarity }: Statement): string {
  return classOf(claim.facet, polarity) ?? 'other';
}

interface SharedFacts {
  features: readonly string[];
  words: readonly Word[];
  said: readonly SaidAt[];
}

/** A predicate among the words of a sentence. */
interface SaidAt {
  at: number;
  says: string;
}

function sharedFacts(
  { analysis, models, shared, knows }: TextFacts,
  sentence: SentenceInPlace,
): SharedFacts {
  const known = shared.get(sentence);
  if (known !== undefined) return known;
  const words = wordsOf(analysis, sentence);
  const features = new Set<string>([
    `block:${blockName(sentence)}`,
    `models:${atMost(models, 1, 3)}`,
    `named:${Math.min(3, new Set(sentence.mentions.map((one) => one.subject)).size)}`,
    `length:${atMost(words.length, 7, 15, 27)}`,
  ]);
  for (const cueMatch of analysis.cues.all(sentence)) {
    if (!isInName(sentence, cueMatch)) features.add(`cue:${cueMatch.family}`);
  }
  addStems(analysis.lists, features, words, knows);
  const said = addPredicates(analysis.lists, features, words, analysis.context.predicates);
  const facts = { features: [...features], words, said };
  shared.set(sentence, facts);
  return facts;
}

/** What is so of a candidate, each fact by a name: nothing that tells the page, the model or the vendor.
 * @public */
export function featuresOf(facts: TextFacts, candidate: Candidate): readonly string[] {
  return [...sentenceFeatures(facts, candidate.sentence), ...ownFeatures(facts, candidate)];
}

/** What is so of a sentence, whichever of its models is asked about. */
export function sentenceFeatures(facts: TextFacts, sentence: SentenceInPlace): readonly string[] {
  return sharedFacts(facts, sentence).features;
}

/** What is so of a sentence as far as one model is asked about. */
export function ownFeatures(facts: TextFacts, candidate: Candidate): ReadonlySet<string> {
  const { sentence, link, subject } = candidate;
  const { words, said } = sharedFacts(facts, sentence);
  const features = new Set<string>([`link:${link}`]);
  if (facts.analysis.topic === subject) features.add('topic');
  const at = placeOf(candidate, words);
  addPlace(features, candidate, words, at);
  for (const one of said) addDistance(features, one, at);
  addRules(features, candidate);
  addElsewhere(features, facts, candidate);
  return features;
}

/** What stands in a name tells of that model, and of nothing that is said. */
function isInName({ mentions }: SentenceInPlace, { start, end }: Range): boolean {
  return mentions.some(({ span }) => span[0] < end && start < span[1]);
}

function blockName({ block }: SentenceInPlace): string {
  return block.kind === 'heading' && block.level <= 1 ? 'title' : block.kind;
}

/** 0, 1, up to a number, or more: counts that differ little act alike. */
function atMost(count: number, ...steps: readonly number[]): string {
  return String(steps.find((step) => count <= step) ?? 'more');
}

interface Word {
  text: string;
  /** Where the model it names stands; null for a word. */
  named: number | null;
  /** It stands for a name: of a model, a vendor, a product or an outlet. */
  isStandIn: boolean;
}

const NAME = '<name>';
/** Families of names: which one it is tells nothing. */
const NAMES = ['vendor', 'surface', 'outlet'] as const;

interface StandIn extends Range {
  text: string;
  named: number | null;
}

/** The tokens of a sentence, what names somebody or something as its kind. */
function wordsOf(analysis: TextAnalysis, sentence: SentenceInPlace): readonly Word[] {
  const words: Word[] = [];
  const standIns = standInsOf(analysis, sentence);
  let next = 0;
  let covered = sentence.start;
  for (const { text, start, end } of analysis.parse(sentence.range).tokens) {
    for (; (standIns[next]?.start ?? sentence.end) < end; next++) {
      const one = standIns[next];
      if (one === undefined || one.start < covered) continue;
      words.push({ text: one.text, named: one.named, isStandIn: true });
      covered = one.end;
    }
    if (start >= covered) words.push({ text, named: null, isStandIn: text.startsWith('@') });
  }
  return words;
}

function standInsOf(analysis: TextAnalysis, sentence: SentenceInPlace): readonly StandIn[] {
  const models = sentence.mentions.map(({ span: [start, end] }) => ({
    ...{ start, end, text: NAME, named: start },
  }));
  const others = analysis.cues.within(sentence, ...NAMES).map(({ family, start, end }) => ({
    ...{ start, end, text: `<${family.split('.')[0]}>`, named: null },
  }));
  return [...models, ...others].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Where among the words the model of a candidate is named first; -1 for nowhere. */
function placeOf({ mention }: Candidate, words: readonly Word[]): number {
  return mention === null ? -1 : words.findIndex(({ named }) => named === mention.span[0]);
}

function addPlace(
  features: Set<string>,
  candidate: Candidate,
  words: readonly Word[],
  at: number,
): void {
  if (at < 0) return;
  features.add(`place:${atMost(at, 1, 5)}`);
  if (candidate.sentence.mentions[0] !== candidate.mention) features.add('named-later');
  for (const offset of [-2, -1, 1, 2]) {
    features.add(`word${offset}:${stemOf(words[at + offset]?.text ?? '|')}`);
  }
}

const ENDINGS = ['ing', 'ed', 'ly', 'es', 's', 'e'];

/** A word by its stem, a figure by its kind. */
function stemOf(word: string): string {
  if (/\d/.test(word)) return /^[$€£]/.test(word) ? '<price>' : '<number>';
  const ending = ENDINGS.find((one) => word.length > one.length + 2 && word.endsWith(one));
  return ending === undefined ? word : word.slice(0, -ending.length);
}

/** A word as one of its kind: what differs between one day, price or plan and the next tells nothing. */
function kindOfWord(lists: WordLists, { text, isStandIn }: Word): string {
  if (isStandIn) return text;
  if (lists['features.month-or-day'].test(text)) return '<day>';
  return lists['features.plan'].test(text) ? '<plan>' : stemOf(text);
}

/** The words, their pairs and what stands close behind a negation. An unknown word is in no known pair. */
function addStems(
  lists: WordLists,
  features: Set<string>,
  words: readonly Word[],
  knows: TextFacts['knows'],
): void {
  const all = words
    .filter(({ text }) => IS_TELLING.test(text))
    .map((word) => kindOfWord(lists, word));
  const stems = all.map((stem) => (knows(stem) ? stem : null));
  let negated = 0;
  for (const [at, stem] of stems.entries()) {
    if (stem !== null) addPairs(features, stems, at, stem);
    if (stem !== null && negated > 0) features.add(`not:${stem}`);
    negated = lists['features.negation'].test(all[at] ?? '') ? REACH + 1 : negated - 1;
  }
}

function addPairs(
  features: Set<string>,
  stems: readonly (string | null)[],
  at: number,
  stem: string,
): void {
  const before = at === 0 ? '|' : stems[at - 1];
  const first = stems[at - 2];
  features.add(`stem:${stem}`);
  if (before != null) features.add(`pair:${before} ${stem}`);
  if (first != null) features.add(`around:${first} ${stem}`);
}

const IS_TELLING = /[\p{L}\p{N}?!:;"(]/u;
/** How many words before a predicate a negation acts on it. */
const REACH = 4;

/** What kinds of things are said in the sentence, and in which form. */
function addPredicates(
  lists: WordLists,
  features: Set<string>,
  words: readonly Word[],
  predicates: PredicateIndex,
): readonly SaidAt[] {
  const found: SaidAt[] = [];
  for (const [at, { text }] of words.entries()) {
    const wording = predicates.get(text)?.find(({ rest }) => stands(words, at + 1, rest));
    if (wording === undefined) continue;
    const { says } = wording.entry;
    const [form = 'state'] = wording.forms ?? [];
    const isNegated = words
      .slice(Math.max(0, at - REACH), at)
      .some((one) => lists['features.negation'].test(one.text));
    features.add(`says:${says}${isNegated ? ':not' : ''}`).add(`says:${says}:${form}`);
    found.push({ at, says });
  }
  return found;
}

function stands(words: readonly Word[], from: number, rest: readonly string[]): boolean {
  for (let at = 0; at < rest.length; at++) if (words[from + at]?.text !== rest[at]) return false;
  return true;
}

/** How far from the name of the model something is said. */
function addDistance(features: Set<string>, { at, says }: SaidAt, name: number): void {
  if (name < 0) return;
  const side = at < name ? 'before' : 'behind';
  features.add(`says:${says}:${side}:${atMost(Math.abs(at - name), 3, 9)}`);
}

/** What rules read in the sentence: of this model, or of another one. */
function addRules(features: Set<string>, { sentence, subject }: Candidate): void {
  if (sentence.said.length === 0) features.add('no-rule');
  for (const statement of sentence.said) {
    const { claim, force, rule } = statement;
    const kind = kindOf(statement);
    if (claim.subject !== subject) {
      features.add(`of-other:${kind}`);
      continue;
    }
    features
      .add(`read:${kind}`)
      .add(`force:${force}`)
      .add(`rule:${rule ?? 'none'}`);
  }
}

/** What rules read of the model in the rest of the text. */
function addElsewhere(features: Set<string>, { said }: TextFacts, candidate: Candidate): void {
  const { subject, sentence } = candidate;
  const all = said.get(subject) ?? [];
  for (const kind of ['launch+', 'launch-', 'end+', 'test+']) {
    const places = new Set(all.filter((one) => kindOf(one) === kind).map(({ span }) => span[0]));
    const own = sentence.said.filter(
      (one) => one.claim.subject === subject && kindOf(one) === kind,
    );
    const away = places.size - new Set(own.map(({ span }) => span[0])).size;
    features.add(`elsewhere:${kind}:${atMost(away, 0, 1, 3)}`);
  }
}
