import type { Message, StoryFact, StoryMessage } from '../../domain/alert.ts';
import type { Block, Caps, Span } from './block.ts';
import { diffSpans } from './diff-spans.ts';
import { plain, safeUrl, truncate } from './plain.ts';
import { counted } from './words.ts';

/** What a story says, the most telling parts first: what happened, what is confirmed, what is open, and how to go on. */
export function storyBlocks(message: Message, story: StoryMessage, caps: Caps): readonly Block[] {
  return [
    ...lines([story.lead]),
    ...factBlocks(story, caps),
    ...changeBlocks(message, caps),
    ...lines(story.also),
    ...bullets('Could not be checked', message.unchecked, caps.sentences),
    ...bullets('Found wrong', story.corrections, caps.sentences),
    footer(message, story),
  ];
}

function factBlocks({ facts, kind }: StoryMessage, caps: Caps): readonly Block[] {
  if (facts.length === 0) return [];
  const shown = facts.slice(0, caps.proofs);
  const rest = facts.length - shown.length;
  return [
    heading(kind === 'rumor' ? 'Who says so' : 'What is confirmed'),
    ...shown.flatMap((fact) => factBlock(fact, caps.quote)),
    ...(rest > 0 ? [note(`and ${counted(rest, 'more line')}`)] : []),
  ];
}

function factBlock({ surface, words, proof, isNew }: StoryFact, cap: number): readonly Block[] {
  const colon = words.includes(':') || /^(since|on|shut|sched)/.test(words) ? ' ' : ': ';
  const head: Span[] = [
    { text: plain(surface), mark: 'strong' },
    { text: `${colon}${plain(words)}` },
    ...(isNew ? [{ text: ' (new)' }] : []),
  ];
  if (proof === null) return [{ kind: 'bullet', spans: head }];
  const quote = truncate(plain(proof.quote), cap);
  return [
    { kind: 'bullet', spans: head },
    {
      kind: 'quote',
      spans: [{ text: `“${quote}” ${plain(proof.publisher)}, ` }, link(proof.url)],
    },
  ];
}

function changeBlocks({ changes, story }: Message, caps: Caps): readonly Block[] {
  if (changes.length === 0 || story?.kind === 'launch') return [];
  const shown = changes.slice(0, caps.changes);
  return [
    heading('What changed'),
    ...shown.flatMap((change): readonly Block[] => {
      const title = truncate(plain(change.title), 200) || 'untitled';
      const head: Block = {
        kind: 'bullet',
        spans: [{ text: title, mark: 'strong' }, { text: ` (${change.kind}) ` }, link(change.url)],
      };
      const spans = diffSpans(change.parts, caps.diff);
      return spans.length === 0 ? [head] : [head, { kind: 'quote', spans }];
    }),
    ...(changes.length > shown.length
      ? [note(`and ${counted(changes.length - shown.length, 'more page')}`)]
      : []),
  ];
}

function bullets(title: string, sentences: readonly string[], cap: number): readonly Block[] {
  if (sentences.length === 0) return [];
  const rest = sentences.length - cap;
  return [
    heading(title),
    ...sentences
      .slice(0, cap)
      .map((text): Block => ({ kind: 'bullet', spans: [{ text: plain(text) }] })),
    ...(rest > 0 ? [note(`and ${counted(rest, 'more line')}`)] : []),
  ];
}

function footer({ subject, alert }: Message, { id }: StoryMessage): Block {
  const name = plain(subject);
  return note(
    `Why: firsthand explain ${name}. Whole story: firsthand stories show ${id}. ` +
      `Mute: firsthand silence ${name} --for 7d. This is alert ${alert}.`,
  );
}

function link(address: string): Span {
  const url = safeUrl(address);
  return url === null ? { text: truncate(plain(address), 300) } : { text: 'source', url };
}

function heading(text: string): Block {
  return { kind: 'heading', spans: [{ text }] };
}

function note(text: string): Block {
  return { kind: 'note', spans: [{ text }] };
}

function lines(texts: readonly string[]): readonly Block[] {
  return texts
    .filter((text) => text !== '')
    .map((text) => ({ kind: 'line', spans: [{ text: plain(text) }] }));
}
