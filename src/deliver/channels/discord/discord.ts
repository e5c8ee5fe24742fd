import * as z from 'zod';
import { type Block, grouped, type Span } from '../../../core/render/block.ts';
import { fitBlocks } from '../../../core/render/fit.ts';
import { CHAT_CAPS, outline, type Tone } from '../../../core/render/outline.ts';
import { truncate } from '../../../core/render/plain.ts';
import { counted } from '../../../core/render/words.ts';
import type { Message } from '../../../domain/alert.ts';
import type { Instant } from '../../../domain/time.ts';
import { SECOND } from '../../../domain/time.ts';
import type { Channel, ChannelKind } from '../../channel.ts';
import { fieldsOf, openPoster, saidBy, secretUrl, timeoutSeconds } from '../../post.ts';

const config = z.strictObject({
  url: secretUrl('The webhook, from the integrations of a Discord channel.'),
  timeoutSeconds,
});

/** Discord by a webhook, as one embed a message. */
export const discord: ChannelKind<typeof config> = {
  kind: 'discord',
  config,
  // A webhook may post 30 messages a minute.
  gap: 2 * SECOND,
  open,
};

function open(settings: z.output<typeof config>): Channel {
  const poster = openPoster('Discord', settings.timeoutSeconds, (fields) => fields['retry_after']);
  const address = new URL(settings.url);
  // Asked to wait, Discord answers when the message stands, with its id.
  address.searchParams.set('wait', 'true');
  return {
    async send(message, _delivery, signal) {
      const body = JSON.stringify(discordBody(message));
      const answer = poster.accepted(await poster.post({ url: address.href, body }, signal));
      const { id } = fieldsOf(answer);
      return { receipt: typeof id === 'string' ? id : null, refused: [], said: saidBy(answer) };
    },
    async probe(signal) {
      poster.accepted(await poster.ask({ url: settings.url }, signal));
      return 'Discord knows the webhook';
    },
    close: () => poster.close(),
  };
}

/** Limits of a Discord webhook, in characters; `embed` is what all texts of one come to. */
const DISCORD_LIMITS = { title: 256, description: 4_096, name: 256, value: 1_024, embed: 6_000 };

/** Fields of one embed at most. */
const MOST_FIELDS = 25;

const COLORS: Readonly<Record<Tone, number>> = {
  confirmed: 0x1a7f37,
  secondary: 0x9a6700,
  rumor: 0x57606a,
  fallen: 0xcf222e,
  operator: 0x8250df,
  neutral: 0x0969da,
};

interface Field {
  name: string;
  value: string;
}

export interface DiscordBody {
  embeds: readonly [
    {
      title: string;
      description: string;
      fields: readonly Field[];
      color: number;
      url?: string;
      /** Shown in the zone of whoever reads it. */
      timestamp: Instant;
    },
  ];
  /** Nothing in a message may notify anybody, whatever it says. */
  allowed_mentions: { parse: readonly never[] };
}

/**
 * A message as an embed: what happened as its text, each place and each heading as a field.
 * @internal
 */
export function discordBody(message: Message): DiscordBody {
  const { title, tone, blocks, link } = outline(message, CHAT_CAPS);
  const { text, sections } = partsOf(blocks);
  const shown = escapedTo(title, DISCORD_LIMITS.title);
  const description = spelled(text, DISCORD_LIMITS.description);
  return {
    embeds: [
      {
        title: shown,
        description,
        fields: fieldsWithin(sections, DISCORD_LIMITS.embed - shown.length - description.length),
        color: COLORS[tone],
        ...(link === null ? {} : { url: link }),
        timestamp: message.at,
      },
    ],
    allowed_mentions: { parse: [] },
  };
}

interface Section {
  name: string;
  blocks: readonly Block[];
}

/** What stands before the first heading, and a section for each place and heading; how to go on is the last. */
function partsOf(blocks: readonly Block[]): { text: readonly Block[]; sections: Section[] } {
  const text: Block[] = [];
  const sections: { name: string; blocks: Block[] }[] = [];
  for (const group of grouped(blocks)) {
    const [first, ...below] = group;
    const last = sections.at(-1);
    if (first?.kind === 'heading') {
      sections.push({ name: first.spans.map((span) => span.text).join(''), blocks: below });
    } else if (first?.kind === 'fact') {
      const said: Block = { kind: 'line', spans: first.spans };
      sections.push({ name: first.label ?? '', blocks: [said, ...below] });
    } else if (first?.kind === 'command' && last?.name !== GO_ON) {
      sections.push({ name: GO_ON, blocks: [...group] });
    } else if (last === undefined) text.push(...group);
    else last.blocks.push(...group);
  }
  return { text, sections: sections.filter((section) => section.blocks.length > 0) };
}

const GO_ON = 'How to go on';

/** As many fields as an embed holds, with a word about those it does not, and always the last, which says how to go on. */
function fieldsWithin(sections: readonly Section[], room: number): readonly Field[] {
  const all = sections.map(({ name, blocks }) => ({
    name: escapedTo(name, DISCORD_LIMITS.name),
    value: spelled(blocks, DISCORD_LIMITS.value),
  }));
  const lengthOf = (fields: readonly Field[]) =>
    fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  if (all.length <= MOST_FIELDS && lengthOf(all) <= room) return all;
  const end = all.slice(-1);
  const kept: Field[] = [];
  for (const field of all.slice(0, -1)) {
    const isOver = lengthOf([...kept, field, leftOut(all.length), ...end]) > room;
    if (isOver || kept.length === MOST_FIELDS - 2) break;
    kept.push(field);
  }
  const left = all.length - kept.length - end.length;
  return [...kept, leftOut(left), ...end];
}

function leftOut(count: number): Field {
  return {
    name: 'Shortened here',
    value: `${counted(count, 'more part')}; the alert is kept whole.`,
  };
}

/**
 * Escapes all that Discord makes markup, mentions and links of; what is escaped is shown as itself.
 * @internal
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_~|<>#+\-.![\]()@:]/g, '\\$&');
}

/** Cuts before it escapes, so that no mark loses its backslash. */
function escapedTo(text: string, limit: number): string {
  let length = Math.min(text.length, limit);
  while (escapeMarkdown(truncate(text, length)).length > limit) length -= 1;
  return escapeMarkdown(truncate(text, length));
}

function spelled(blocks: readonly Block[], limit: number): string {
  return fitBlocks(blocks, { render: discordBlock, limit })
    .map((block) => discordBlock(block))
    .join('\n');
}

function discordBlock({ kind, label = '', spans }: Block): string {
  const text = spans.map((span) => discordSpan(span)).join('');
  switch (kind) {
    case 'heading':
      return `**${text}**`;
    case 'bullet':
      return `- ${text}`;
    case 'fact':
    case 'command':
      return `${escapeMarkdown(label)} ${text}`;
    case 'quote':
      return `> ${text}`;
    case 'source':
    case 'note':
    case 'line':
      return text;
  }
}

function discordSpan({ text, url, mark }: Span): string {
  if (mark === 'code') return `\`${text.replaceAll('`', "'")}\``;
  const shown = escapeMarkdown(text);
  if (url !== undefined) return `[${shown}](${url})`;
  if (mark === undefined) return shown;
  const around = mark === 'removed' ? '~~' : '**';
  return shown.replace(/\S(?:.*\S)?/, (inner) => `${around}${inner}${around}`);
}
