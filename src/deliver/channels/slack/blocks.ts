import { type Block, grouped, type Span } from '../../../core/render/block.ts';
import { fitBlocks } from '../../../core/render/fit.ts';
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

type Mrkdwn = { type: 'mrkdwn'; text: string; verbatim: true };

export type SlackBlock =
  | { type: 'header'; text: { type: 'plain_text'; text: string; emoji: false } }
  | { type: 'section'; text: Mrkdwn }
  | { type: 'context'; elements: readonly Mrkdwn[] }
  | { type: 'divider' };

/**
 * A message as Slack blocks: a section for what happened and for each place, small print for how to go on. `verbatim`
 * keeps Slack from making links and mentions out of bare text.
 */
export function slackBody(message: Message): SlackBody {
  const { title, blocks } = outline(message, CHAT_CAPS);
  const kept = fitBlocks(blocks, { render: slackBlock, limit: MESSAGE_LIMIT });
  const small = kept.findIndex(
    ({ kind }, at) => kind === 'command' || (kind === 'note' && at === kept.length - 1),
  );
  const main = small === -1 ? kept : kept.slice(0, small);
  const rest = small === -1 ? [] : kept.slice(small);
  const sections = inSections(main).slice(0, SLACK_LIMITS.blocks - 3);
  return {
    text: escapeMrkdwn(title),
    blocks: [
      header(title),
      ...sections.map((text): SlackBlock => ({ type: 'section', text: mrkdwn(text) })),
      ...(rest.length === 0 ? [] : smallPrint(rest)),
    ],
  };
}

function smallPrint(blocks: readonly Block[]): readonly SlackBlock[] {
  const elements = blocks.slice(0, 10).map((block) => mrkdwn(slackBlock(block)));
  return [{ type: 'divider' }, { type: 'context', elements }];
}

/**
 * Escapes what came from outside for mrkdwn. `&`, `<` and `>` are all that make mentions and links; a zero-width space
 * behind a formatting mark keeps it from opening one, as Slack wants the mark next to the text. An underscore inside a
 * word opens nothing and stays as it is, so that ids can be copied. One behind the first colon of `:name:` keeps it from
 * becoming a picture, one before a `>` that opens a text from making a quote of it.
 * @internal
 */
export function escapeMrkdwn(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/^(?=&gt;)/, '\u{200b}')
    .replace(/[*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '$&\u{200b}')
    .replace(/:(?=[\w+'-]{1,100}:)/g, ':\u{200b}');
}

/** A header is plain text, where some clients still read entities and angle brackets: it carries neither. */
function header(title: string): SlackBlock {
  const text = truncate(title.replace(/</g, '‹').replace(/>/g, '›'), SLACK_LIMITS.header);
  return { type: 'header', text: { type: 'plain_text', text, emoji: false } };
}

function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** A section for each place and each heading with what stands below it, none longer than one may be. */
function inSections(blocks: readonly Block[]): readonly string[] {
  const sections: Block[][] = [];
  for (const group of grouped(blocks)) {
    const opens = group[0]?.kind === 'heading' || group[0]?.kind === 'fact';
    const last = sections.at(-1);
    const isHeaded = last?.length === 1 && last[0]?.kind === 'heading';
    if (last !== undefined && (!opens || isHeaded)) last.push(...group);
    else sections.push([...group]);
  }
  const fit = { render: slackBlock, limit: SLACK_LIMITS.section };
  return sections
    .map((section) => fitBlocks(section, fit).map(slackBlock).join('\n').trim())
    .filter((text) => text !== '');
}

function slackBlock({ kind, label = '', spans }: Block): string {
  const text = spans.map((span) => slackSpan(span)).join('');
  switch (kind) {
    case 'heading':
      return `*${text}*`;
    case 'bullet':
      return `• ${text}`;
    case 'fact':
      return `*${escapeMrkdwn(label)}*  ${text}`;
    case 'quote':
      return `> ${text}`;
    case 'command':
      return `${escapeMrkdwn(label)} ${text}`;
    case 'source':
    case 'note':
    case 'line':
      return text;
  }
}

function slackSpan(span: Span): string {
  const text = escapeMrkdwn(span.text);
  if (span.url !== undefined) {
    return `<${span.url.replace(/&/g, '&amp;')}|${text.replaceAll('|', '/')}>`;
  }
  if (span.mark === undefined) return text;
  if (span.mark === 'strong') return `*${text}*`;
  if (span.mark === 'code')
    return `\`${span.text.replaceAll('`', "'").replace(/[&<>]/g, escapeMrkdwn)}\``;
  return wrapped(text, span.mark === 'removed' ? '~' : '*');
}

/** Slack reads a mark only at the edge of a word, which a zero-width space makes wherever a word changed. */
function wrapped(text: string, mark: string): string {
  return text.replace(/\S(?:.*\S)?/, (inner) => `\u{200b}${mark}${inner}${mark}\u{200b}`);
}
