import type { Message, Move, Proof, SourceChange } from '../../domain/alert.ts';
import { timeWords } from '../../domain/time.ts';
import {
  type Block,
  bullet,
  type Caps,
  command,
  heading,
  line,
  link,
  note,
  type Span,
  section,
} from './block.ts';
import { plain, safeUrl, truncate } from './plain.ts';
import { storyBlocks, withDiff } from './story-outline.ts';
import { classWords, counted, facetWords, statusWords } from './words.ts';

/** What a message looks like in every channel, before any of them spells it. */
export interface Outline {
  title: string;
  /** What the message is about at a glance: colour, priority. */
  tone: Tone;
  /** The most telling parts first, so that cutting at the end costs least. */
  blocks: readonly Block[];
  /** The page that proves it. */
  link: string | null;
}

export type Tone = 'confirmed' | 'secondary' | 'rumor' | 'fallen' | 'operator' | 'neutral';

export const MAIL_CAPS: Caps = {
  moves: 40,
  facts: 20,
  proofs: 12,
  quote: 1_200,
  changes: 12,
  diff: 8_000,
  sentences: 20,
  entries: 100,
};

export const CHAT_CAPS: Caps = {
  moves: 12,
  facts: 8,
  proofs: 3,
  quote: 500,
  changes: 3,
  diff: 1_200,
  sentences: 8,
  entries: 25,
};

const TITLE_LIMIT = 200;

export function outline(message: Message, caps: Caps): Outline {
  return {
    title: truncate(plain(message.title), TITLE_LIMIT),
    tone: toneOf(message),
    blocks: [...lateNote(message), ...bodyBlocks(message, caps)],
    link: firstLink(message),
  };
}

function bodyBlocks(message: Message, caps: Caps): readonly Block[] {
  const { story, kind, entries } = message;
  if (story !== undefined) return storyBlocks(message, story, caps);
  const body = kind === 'digest' ? entryBlocks(entries, caps) : subjectBlocks(message, caps);
  return [...body, ...footer(message)];
}

/** Said first, so that nobody takes old news for new. */
function lateNote({ late }: Message): readonly Block[] {
  return late === undefined ? [] : [line([{ text: plain(late), mark: 'strong' }])];
}

function subjectBlocks(message: Message, caps: Caps): Block[] {
  return [
    line(aboutLine(message)),
    ...section('Levels', message.moves, caps.moves, (move) => [moveBullet(move)]),
    ...section('Proof', message.proofs, caps.proofs, (proof) => proofBlocks(proof, caps.quote)),
    ...section('Not checked', message.unchecked, caps.sentences, (text) => [bullet(text)]),
    ...section('What changed', message.changes, caps.changes, (change) =>
      changeBlocks(change, caps.diff),
    ),
    ...section(reasonHeading(message), message.because, caps.sentences, (text) => [bullet(text)]),
  ];
}

function entryBlocks(entries: readonly Message[], caps: Caps): Block[] {
  const shown = entries.slice(0, caps.entries);
  const rest = entries.length - shown.length;
  const more = rest > 0 ? [note(`and ${counted(rest, 'more alert')}`)] : [];
  return [...shown.flatMap((entry) => entryBlock(entry)), ...more];
}

function entryBlock(entry: Message): Block[] {
  const [proof] = entry.proofs;
  const url = firstLink(entry);
  const source: Span[] = url === null ? [] : [link(url, proof?.publisher), { text: ', ' }];
  return [
    heading(truncate(plain(entry.title), TITLE_LIMIT)),
    ...(entry.story === undefined
      ? entry.moves.slice(0, 6).map((move) => moveBullet(move))
      : [line([{ text: plain(entry.story.lead) }])]),
    { kind: 'source', spans: [...source, { text: timeWords(entry.at) }] },
  ];
}

function aboutLine(message: Message): Span[] {
  const time: Span = { text: timeWords(message.at) };
  if (message.name === '' && message.subject === '') return [time];
  const name = plain(message.name);
  const subject = plain(message.subject);
  const isNamed = subject === '' || subject === name || message.kind === 'health';
  const id = isNamed ? '' : ` (${subject})`;
  const vendor = message.vendor === '' ? '' : `, ${plain(message.vendor)}`;
  return [
    { text: name === '' ? subject : `${name}${id}`, mark: 'strong' },
    { text: `${vendor}. ` },
    time,
  ];
}

/** `confirmed, scheduled: retired (was rumor)`. */
function moveBullet(move: Move): Block {
  const status = statusWords(move.status);
  const now = status === null ? move.to : `${move.to}, ${status}`;
  const before = move.from === move.to ? 'level as before' : `was ${move.from}`;
  return {
    kind: 'bullet',
    spans: [
      { text: now, mark: 'strong' },
      { text: `: ${plain(facetWords(move.facet))} (${before})` },
    ],
  };
}

function proofBlocks(proof: Proof, cap: number): readonly Block[] {
  const { publisher, publisherClass, observedAt, snapshot } = proof;
  const who = `, ${classWords(publisherClass)}, seen ${timeWords(observedAt)}, kept as ${snapshot}${pictured(proof)}`;
  return [
    { kind: 'quote', spans: [{ text: truncate(plain(proof.quote), cap) }] },
    { kind: 'source', spans: [link(proof.url, publisher), { text: who }] },
  ];
}

/** A picture is known by the start of its hash, as the database keeps it. */
function pictured({ picture }: Proof): string {
  return picture === undefined ? '' : `, with a picture (${picture.slice(0, 12)})`;
}

function changeBlocks(change: SourceChange, cap: number): readonly Block[] {
  const title = truncate(plain(change.title), TITLE_LIMIT) || 'untitled';
  const head = line([
    { text: `${plain(change.watcher)} ${change.kind}: ` },
    { text: title, mark: 'strong' },
    { text: ' ' },
    link(change.url),
  ]);
  return withDiff(head, change.parts, cap);
}

function reasonHeading(message: Message): string {
  return message.kind === 'level' || message.kind === 'source' ? 'Why' : 'What is known';
}

function footer({ kind, subject, alert }: Message): readonly Block[] {
  const why = kind === 'level' ? [command('More', `firsthand explain ${subject}`)] : [];
  return [...why, note(`Alert ${alert}.`)];
}

function firstLink(message: Message): string | null {
  for (const { url } of [...message.proofs, ...message.changes]) {
    const safe = safeUrl(url);
    if (safe !== null) return safe;
  }
  return null;
}

/** The tone of the move that is told first. */
function toneOf(message: Message): Tone {
  if (message.kind === 'health') return 'operator';
  const level = message.moves[0]?.to ?? 'unknown';
  if (level === 'withdrawn' || level === 'contradicted') return 'fallen';
  return level === 'unknown' ? 'neutral' : level;
}
