import * as z from 'zod';
import { type Block, grouped, type Span } from '../../../core/render/block.ts';
import { fitBlocks } from '../../../core/render/fit.ts';
import { CHAT_CAPS, outline, type Tone } from '../../../core/render/outline.ts';
import { utf8Length } from '../../../core/render/plain.ts';
import type { Message } from '../../../domain/alert.ts';
import { SECOND } from '../../../domain/time.ts';
import type { Channel, ChannelKind } from '../../channel.ts';
import { hostAnswers, openPoster, saidBy, secretUrl, timeoutSeconds } from '../../post.ts';

const config = z.strictObject({
  url: secretUrl('The address of a Teams workflow that posts what its webhook receives.'),
  timeoutSeconds,
});

/** Microsoft Teams by a workflow webhook, as an adaptive card. A webhook cannot reply. */
export const teams: ChannelKind<typeof config> = {
  kind: 'teams',
  config,
  // Four requests a second are too many; a message a second is far from it.
  gap: SECOND,
  open,
};

function open(settings: z.output<typeof config>): Channel {
  const poster = openPoster('Teams', settings.timeoutSeconds);
  return {
    async send(message, _delivery, signal) {
      const body = JSON.stringify(teamsBody(message));
      const answer = poster.accepted(await poster.post({ url: settings.url, body }, signal));
      return { receipt: null, refused: [], said: saidBy(answer) };
    },
    probe: (signal) => hostAnswers(poster, settings.url, signal),
    close: () => poster.close(),
  };
}

/** Teams takes 28 KB a message; what stands around the blocks needs some of it. */
const BLOCKS_LIMIT = 24_000;

type Run = Readonly<Record<string, unknown>>;

export interface TeamsBody {
  type: 'message';
  attachments: readonly [
    {
      contentType: 'application/vnd.microsoft.card.adaptive';
      contentUrl: null;
      content: {
        $schema: string;
        type: 'AdaptiveCard';
        version: '1.4';
        msteams: { width: 'Full' };
        body: readonly unknown[];
        actions?: readonly { type: 'Action.OpenUrl'; title: string; url: string }[];
      };
    },
  ];
}

const COLORS: Readonly<Record<Tone, string>> = {
  confirmed: 'Good',
  secondary: 'Warning',
  rumor: 'Default',
  fallen: 'Attention',
  operator: 'Accent',
  neutral: 'Default',
};

/**
 * A message as an adaptive card: each place beside its label, what is quoted set off, and a button to the page that
 * proves it. It is made of rich text, whose runs are shown as they are, so nothing in them can become markup.
 * @internal
 */
export function teamsBody(message: Message): TeamsBody {
  const { title, tone, blocks, link } = outline(message, CHAT_CAPS);
  const fit = { render: rendered, limit: BLOCKS_LIMIT, size: utf8Length, separator: ',' };
  const head = richText([
    { type: 'TextRun', text: title, weight: 'Bolder', size: 'Large', color: COLORS[tone] },
  ]);
  const body = grouped(fitBlocks(blocks, fit)).map((group) => element(group));
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          msteams: { width: 'Full' },
          body: [head, ...body],
          ...(link === null
            ? {}
            : { actions: [{ type: 'Action.OpenUrl', title: 'Open the page', url: link }] }),
        },
      },
    ],
  };
}

/** A block as JSON, which is what the limit counts, with what stands around it in a column. */
function rendered(block: Block): string {
  return JSON.stringify(element([block]));
}

function element([first, ...below]: readonly Block[]): Run {
  if (first === undefined) return richText([]);
  const quoted = below.map((block) => textOf(block));
  if (first.kind !== 'fact') {
    if (quoted.length === 0) return textOf(first);
    return { type: 'Container', spacing: 'Small', items: [textOf(first), ...quoted] };
  }
  const label = richText([{ type: 'TextRun', text: first.label ?? '', weight: 'Bolder' }]);
  return {
    type: 'ColumnSet',
    spacing: 'Medium',
    columns: [
      { type: 'Column', width: '110px', items: [label] },
      { type: 'Column', width: 'stretch', items: [textOf(first), ...quoted] },
    ],
  };
}

function textOf(block: Block): Run {
  const { kind, label = '', spans } = block;
  const leads: Readonly<Partial<Record<Block['kind'], string>>> = {
    bullet: '• ',
    command: `${label}: `,
  };
  const lead = leads[kind];
  const before = lead === undefined ? [] : [{ type: 'TextRun', text: lead }];
  const isApart = kind === 'heading' || kind === 'note';
  const inlines = [...before, ...spans.map((span) => runOf(span, block))];
  return { ...richText(inlines), spacing: isApart ? 'Medium' : 'Small' };
}

function richText(inlines: readonly Run[]): Run {
  return { type: 'RichTextBlock', inlines };
}

function runOf({ text, url, mark }: Span, { kind }: Block): Run {
  const strong = kind === 'heading' || mark === 'strong' || mark === 'added';
  return {
    type: 'TextRun',
    text,
    ...(strong ? { weight: 'Bolder' } : {}),
    ...(kind === 'quote' ? { italic: true } : {}),
    ...(kind === 'note' || kind === 'source' ? { isSubtle: true } : {}),
    ...(mark === 'code' ? { fontType: 'Monospace' } : {}),
    ...(mark === 'removed' ? { strikethrough: true } : {}),
    ...(url === undefined ? {} : { selectAction: { type: 'Action.OpenUrl', url } }),
  };
}
