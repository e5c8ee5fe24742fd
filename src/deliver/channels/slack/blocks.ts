import type { Block, Span } from '../../../core/render/block.ts';
import { fitBlocks, shorten } from '../../../core/render/fit.ts';
import { CHAT_CAPS, outline } from '../../../core/render/outline.ts';
import { truncate } from '../../../core/render/plain.ts';
import type { Message } from '../../../domain/alert.ts';

/**
 * Limits of Slack's Block Kit, in characters and blocks.
 * @internal
 */
export const SLACK_LIMITS = { header: 150, section: 3_000, blocks: 50 };

/** What a message may take in all: beyond it nobody reads on in a chat. */
const MESSAGE_LIMIT = 9_000;

export interface SlackBody {
  /** What a notification shows, and what clients without blocks show. */
  text: string;
  blocks: readonly SlackBlock[];
}

export type SlackBlock =
  | { type: 'header'; text: { type: 'plain_text'; text: string; emoji: false } }
  | { type: 'section'; text: { type: 'mrkdwn'; text: string; verbatim: true } };

/** A message as Slack blocks. `verbatim` keeps Slack from making links and mentions out of bare text. */
export function slackBody(message: Message): SlackBody {
  const { title, blocks } = outline(message, CHAT_CAPS);
  const render = (block: Block) => sectionPiece(block);
  const pieces = fitBlocks(blocks, { render, limit: MESSAGE_LIMIT });
  const sections = inSections(pieces).map((text) => section(text));
  return {
    text: escapeMrkdwn(title),
    blocks: [header(title), ...sections.slice(0, SLACK_LIMITS.blocks - 1)],
  };
}

/**
 * Escapes what came from outside for mrkdwn. `&`, `<` and `>` are all that make mentions and links; a zero-width space
 * behind a formatting mark keeps it from opening one, as Slack wants the mark next to the text. An underscore inside a
 * word opens nothing and stays as it is, so that ids can be copied. One behind the first colon of `:name:` keeps it from
 * becoming a picture.
 * @internal
 */
export function escapeMrkdwn(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '$&\u{200b}')
    .replace(/:(?=[\w+'-]{1,100}:)/g, ':\u{200b}');
}

/** A header is plain text, where some clients still read entities and angle brackets: it carries neither. */
function header(title: string): SlackBlock {
  const text = truncate(title.replace(/</g, '‹').replace(/>/g, '›'), SLACK_LIMITS.header);
  return { type: 'header', text: { type: 'plain_text', text, emoji: false } };
}

function section(text: string): SlackBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

/** One block is never longer than one section. */
function sectionPiece(block: Block): string {
  const piece = slackBlock(block);
  if (piece.length <= SLACK_LIMITS.section) return piece;
  return shorten(block, slackBlock, SLACK_LIMITS.section) ?? '';
}

/** Joins pieces to as few sections as the limit allows. */
function inSections(pieces: readonly string[]): readonly string[] {
  const sections: string[] = [];
  for (const piece of pieces) {
    const last = sections.at(-1);
    const joined = `${last}\n${piece}`;
    if (last === undefined || joined.length > SLACK_LIMITS.section) sections.push(piece);
    else sections[sections.length - 1] = joined;
  }
  return sections.map((text) => text.trim()).filter((text) => text !== '');
}

function slackBlock(block: Block): string {
  const text = block.spans.map((span) => slackSpan(span)).join('');
  switch (block.kind) {
    case 'heading':
      return `\n*${text}*`;
    case 'bullet':
      return `• ${text}`;
    case 'quote':
      return `> ${text}`;
    case 'note':
    case 'line':
      return text;
  }
}

function slackSpan(span: Span): string {
  const text = escapeMrkdwn(span.text);
  if (span.url !== undefined) return `<${span.url.replace(/&/g, '&amp;')}|${text}>`;
  if (span.mark === undefined) return text;
  if (span.mark === 'strong') return `*${text}*`;
  return wrapped(text, span.mark === 'removed' ? '~' : '*');
}

/** Slack reads a mark only at the edge of a word, which a zero-width space makes wherever a word changed. */
function wrapped(text: string, mark: string): string {
  return text.replace(/\S(?:.*\S)?/, (inner) => `\u{200b}${mark}${inner}${mark}\u{200b}`);
}
