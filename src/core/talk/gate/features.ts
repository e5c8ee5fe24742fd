import type { Statement } from '../../../domain/evidence.ts';
import type { Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';
import type { PredicateIndex } from '../frames/predicates.ts';
import { type Candidate, classOf, type SentenceInPlace } from './candidates.ts';

/** What candidates of one text have in common. */
export interface TextFacts {
  scene: Scene;
  /** The models the text names. */
  models: number;
  /** By model, where rules found a class of claims: offsets of the quotes. */
  said: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<number>>>;
}

export function textFacts(scene: Scene, statements: readonly Statement[]): TextFacts {
  const said = new Map<string, Map<string, Set<number>>>();
  for (const statement of statements) {
    const { claim, span } = statement;
    const kind = kindOf(statement);
    const ofModel = said.get(claim.subject) ?? new Map<string, Set<number>>();
    said.set(claim.subject, ofModel.set(kind, (ofModel.get(kind) ?? new Set()).add(span[0])));
  }
  const models = new Set(scene.mentions.map(({ subject }) => subject)).size;
  return { scene, models, said };
}

function kindOf({ claim, polarity }: Statement): string {
  return classOf(claim.facet, polarity) ?? 'other';
}

/** What is so of a candidate, each fact by a name: nothing that tells the page, the model or the vendor. */
export function featuresOf(facts: TextFacts, candidate: Candidate): readonly string[] {
  const { sentence, link, subject } = candidate;
  const features = new Set<string>([
    `link:${link}`,
    `block:${blockName(sentence)}`,
    `models:${atMost(facts.models, 1, 3)}`,
    `named:${Math.min(3, new Set(sentence.mentions.map((one) => one.subject)).size)}`,
  ]);
  if (facts.scene.topic === subject) features.add('topic');
  for (const hit of facts.scene.hits.all(sentence)) {
    if (!isInName(sentence, hit)) features.add(`cue:${hit.family}`);
  }
  addWords(features, facts.scene, candidate);
  addRules(features, candidate);
  addElsewhere(features, facts, candidate);
  return [...features];
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
  /** It is the model's name. */
  isName: boolean;
}

const PIECE = /[$€£]?[\p{L}\p{N}]+(?:[.,'/&-][\p{L}\p{N}]+)*%?|\S/gu;
const CONTRACTED = /^(.+?)(n't|'ll|'s|'re|'ve|'d|'m)$/;
const NAME = '<name>';

function wordsOf(scene: Scene, { start, end, mentions }: SentenceInPlace, own: number): Word[] {
  const words: Word[] = [];
  let at = start;
  for (const { span } of mentions) {
    if (span[0] < at) continue;
    pushPlain(words, scene.folded.slice(at, span[0]));
    words.push({ text: NAME, isName: span[0] === own });
    at = span[1];
  }
  pushPlain(words, scene.folded.slice(at, end));
  return words;
}

function pushPlain(words: Word[], text: string): void {
  for (const [piece] of text.matchAll(PIECE)) {
    const [, stem = piece, ending = ''] = CONTRACTED.exec(piece) ?? [];
    words.push({ text: UNCONTRACTED[stem] ?? stem, isName: false });
    if (ending !== '') words.push({ text: UNCONTRACTED[ending] ?? ending, isName: false });
  }
}

const UNCONTRACTED: Readonly<Record<string, string>> = {
  ca: 'can',
  wo: 'will',
  "n't": 'not',
  "'ll": 'will',
};

function addWords(features: Set<string>, scene: Scene, { mention, sentence }: Candidate): void {
  const own = mention?.span[0] ?? -1;
  const words = wordsOf(scene, sentence, own);
  const at = words.findIndex(({ isName }) => isName);
  features.add(`length:${atMost(words.length, 7, 15, 27)}`);
  if (at >= 0) {
    features.add(`place:${atMost(at, 1, 5)}`);
    if (sentence.mentions[0] !== mention) features.add('named-later');
    for (const offset of [-2, -1, 1, 2]) {
      features.add(`word${offset}:${stemOf(words[at + offset]?.text ?? '|')}`);
    }
  }
  const last = scene.folded.slice(sentence.end - 3, sentence.end);
  if (last.includes('?')) features.add('question');
  const { before } = sentence;
  if (before !== null && scene.folded.slice(before.end - 3, before.end).includes('?')) {
    features.add('behind-question');
  }
  for (const { text } of words) if (/^[":;—(!]$/.test(text)) features.add(`sign:${text}`);
  addPredicates(features, words, at, scene.context.predicates);
}

const ENDINGS = ['ing', 'ed', 'ly', 'es', 's', 'e'];

/** A word by its stem, a figure by its kind. */
function stemOf(word: string): string {
  if (/\d/.test(word)) return /^[$€£]/.test(word) ? '<price>' : '<number>';
  const ending = ENDINGS.find((one) => word.length > one.length + 2 && word.endsWith(one));
  return ending === undefined ? word : word.slice(0, -ending.length);
}

const NEGATION = /^(?:not|no|never|none|nobody|nothing|neither|nor|without|yet|hardly)$/;
/** How many words before a predicate a negation acts on it. */
const REACH = 4;

/** What kinds of things are said in the sentence, in which form, and how far from the name. */
function addPredicates(
  features: Set<string>,
  words: readonly Word[],
  name: number,
  predicates: PredicateIndex,
): void {
  for (const [at, { text }] of words.entries()) {
    const wording = predicates
      .get(text)
      ?.find(({ rest }) => rest.every((word, offset) => words[at + 1 + offset]?.text === word));
    if (wording === undefined) continue;
    const { says } = wording.entry;
    const [form = 'state'] = wording.forms ?? [];
    const isNegated = words
      .slice(Math.max(0, at - REACH), at)
      .some((one) => NEGATION.test(one.text));
    features.add(`says:${says}${isNegated ? ':not' : ''}`).add(`says:${says}:${form}`);
    if (name < 0) continue;
    const side = at < name ? 'before' : 'behind';
    features.add(`says:${says}:${side}:${atMost(Math.abs(at - name), 3, 9)}`);
  }
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
  const ofModel = said.get(subject);
  for (const kind of ['launch+', 'launch-', 'end+', 'test+']) {
    const here = new Set(
      sentence.said
        .filter((one) => one.claim.subject === subject && kindOf(one) === kind)
        .map(({ span }) => span[0]),
    );
    const away = (ofModel?.get(kind)?.size ?? 0) - here.size;
    features.add(`elsewhere:${kind}:${atMost(away, 0, 1, 3)}`);
  }
}
