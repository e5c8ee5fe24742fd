import type {
  DiffPart,
  Message,
  SourceChange,
  StoryFact,
  StoryMessage,
} from '../../domain/alert.ts';
import { timeWords } from '../../domain/time.ts';
import {
  type Block,
  bullet,
  type Caps,
  command,
  line,
  link,
  note,
  type Span,
  section,
} from './block.ts';
import { plain, truncate } from './plain.ts';

/** What a story says, the most telling parts first: what happened, what is confirmed, what is open, and how to go on. */
export function storyBlocks(message: Message, story: StoryMessage, caps: Caps): readonly Block[] {
  const { changes, unchecked, moves } = message;
  const isFallen = moves.some(({ to }) => to === 'withdrawn' || to === 'contradicted');
  const confirmed = story.kind === 'rumor' ? 'Who says so' : 'What is confirmed';
  const known = isFallen ? 'What is known' : confirmed;
  const isAllNew = story.facts.every(({ isNew }) => isNew);
  return [
    ...sentences([story.lead]),
    ...section(known, bySentence(story.facts), caps.facts, (fact) =>
      factBlocks(isAllNew ? { ...fact, isNew: false } : fact, caps.quote),
    ),
    ...section('What changed', isOfFacts(story) ? [] : changes, caps.changes, (change) =>
      changeBlocks(change, caps.diff),
    ),
    ...sentences(story.also),
    ...section('Could not be checked', unchecked, caps.sentences, (text) => [bullet(text)]),
    ...section('Found wrong before', story.corrections, caps.sentences, (text) => [bullet(text)]),
    ...goingOn(message, story),
  ];
}

/** A launch is told by what is confirmed; the pages that show it stand below its facts. */
function isOfFacts({ kind, part, facts }: StoryMessage): boolean {
  return kind === 'launch' && (part !== 'follow-up' || facts.length > 0);
}

function factBlocks(
  { surface, words, proof, further = [], isNew }: StoryFact,
  cap: number,
): readonly Block[] {
  const said: Span[] = [{ text: plain(words) }, ...(isNew ? [{ text: ' (new)' }] : [])];
  const head: Block = { kind: 'fact', label: plain(surface), spans: said };
  const proofs = proof === null ? [] : [proof, ...further];
  return [
    head,
    ...proofs.flatMap(({ quote, url, publisher }, index): readonly Block[] => {
      const said: Block = {
        kind: 'quote',
        spans: [{ text: `“${truncate(plain(quote), cap)}”` }],
      };
      if (proofs[index + 1]?.url === url) return [said];
      // Where others speak, the label has named them.
      const words = surface === publisher ? 'source' : publisher;
      return [said, { kind: 'source', spans: [link(url, words)] }];
    }),
  ];
}

function changeBlocks({ title, url, parts }: SourceChange, cap: number): readonly Block[] {
  const name = truncate(plain(title), 200) || 'untitled';
  const head: Block = {
    kind: 'bullet',
    spans: [{ text: name, mark: 'strong' }, { text: ' ' }, link(url)],
  };
  return withDiff(head, parts, cap);
}

function goingOn({ subject, alert, at }: Message, { id, kind }: StoryMessage): readonly Block[] {
  const name = plain(subject);
  const isSource = kind === 'source';
  return [
    command('Why', isSource ? 'firsthand sources --trouble' : `firsthand explain ${name}`),
    command('Whole story', `firsthand stories show ${id}`),
    command('Mute', `firsthand silence ${isSource ? `"${name}"` : name} --for 7d`),
    note(`Alert ${alert}, ${timeWords(at)}.`),
  ];
}

function sentences(texts: readonly string[]): readonly Block[] {
  return texts.filter((text) => text !== '').map((text) => line([{ text: plain(text) }]));
}

/** Facts that one sentence proves are one fact: it is quoted once, for all of its places.
 * @public */
export function bySentence(facts: readonly StoryFact[]): readonly StoryFact[] {
  const merged: StoryFact[] = [];
  for (const fact of facts) {
    const at = merged.findIndex((one) => isOneSentence(one, fact));
    const home = merged[at];
    if (home === undefined) merged.push(fact);
    else merged[at] = together(home, fact);
  }
  return merged;
}

function isOneSentence(a: StoryFact, b: StoryFact): boolean {
  const [one, other] = [a.proof, b.proof];
  if (one === null || other === null || one.url !== other.url) return false;
  // A post is announced by its title and its first sentence, of which the other is a part.
  const isPart = one.quote.endsWith(other.quote) || other.quote.endsWith(one.quote);
  return isPart && a.words === b.words && a.isNew === b.isNew;
}

function together(a: StoryFact, b: StoryFact): StoryFact {
  const isShorter = (b.proof?.quote.length ?? 0) < (a.proof?.quote.length ?? 0);
  const places = [...a.surface.split(/, | and (?=in )/), lowerFirst(b.surface)];
  return { ...a, surface: listed(places), proof: isShorter ? b.proof : a.proof };
}

let list: Intl.ListFormat | undefined;

function listed(words: readonly string[]): string {
  list ??= new Intl.ListFormat('en-GB');
  return list.format(words);
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** A word diff as spans, of at most `cap` characters. */
function diffSpans(parts: readonly DiffPart[], cap: number): Span[] {
  const spans: Span[] = [];
  let room = cap;
  for (const part of parts) {
    if (room <= 0) break;
    const text = truncate(spaced(part.text), room);
    room -= text.length;
    if (text === '') continue;
    spans.push(part.kind === 'same' ? { text } : { text, mark: part.kind });
  }
  return spans;
}

/** A page that changed, with what changed in it below where anything is to show. */
export function withDiff(head: Block, parts: readonly DiffPart[], cap: number): readonly Block[] {
  const spans = diffSpans(parts, cap);
  return spans.length === 0 ? [head] : [head, { kind: 'quote', spans }];
}

/** Words of a diff keep the space between them, which `plain` would take from their ends. */
function spaced(text: string): string {
  const inner = plain(text);
  const before = /^\s/.test(text) ? ' ' : '';
  const after = inner !== '' && /\s$/.test(text) ? ' ' : '';
  return `${before}${inner}${after}`;
}
