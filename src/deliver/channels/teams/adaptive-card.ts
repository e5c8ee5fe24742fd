import type { Block, Span } from '../../../core/render/block.ts';
import { fitBlocks } from '../../../core/render/fit.ts';
import { CHAT_CAPS, outline, type Tone } from '../../../core/render/outline.ts';
import { utf8Length } from '../../../core/render/plain.ts';
import type { Message } from '../../../domain/alert.ts';

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

/** A message as an adaptive card of rich text: its runs are shown as they are, so nothing in them can become markup. */
export function teamsBody(message: Message): TeamsBody {
  const { title, tone, blocks } = outline(message, CHAT_CAPS);
  const fit = { render: richText, limit: BLOCKS_LIMIT, size: utf8Length, separator: ',' };
  const head = richTextOf([
    { type: 'TextRun', text: title, weight: 'Bolder', size: 'Large', color: COLORS[tone] },
  ]);
  const body = fitBlocks(blocks, fit).map((piece): unknown => JSON.parse(piece));
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
        },
      },
    ],
  };
}

/** A block as JSON, which is what the limit counts. */
function richText(block: Block): string {
  const runs = block.spans.map((span) => runOf(span, block));
  const lead = block.kind === 'bullet' ? [{ type: 'TextRun', text: '• ' }] : [];
  const spacing = block.kind === 'heading' || block.kind === 'note' ? 'Medium' : 'Small';
  return JSON.stringify({ ...richTextOf([...lead, ...runs]), spacing });
}

function richTextOf(inlines: readonly Run[]): Run {
  return { type: 'RichTextBlock', inlines };
}

function runOf(span: Span, { kind }: Block): Run {
  const strong = kind === 'heading' || span.mark === 'strong' || span.mark === 'added';
  return {
    type: 'TextRun',
    text: span.text,
    ...(strong ? { weight: 'Bolder' } : {}),
    ...(kind === 'quote' ? { italic: true } : {}),
    ...(kind === 'note' ? { isSubtle: true } : {}),
    ...(span.mark === 'removed' ? { strikethrough: true } : {}),
    ...(span.url === undefined ? {} : { selectAction: { type: 'Action.OpenUrl', url: span.url } }),
  };
}
