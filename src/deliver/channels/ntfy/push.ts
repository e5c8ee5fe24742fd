import type { Block } from '../../../core/render/block.ts';
import { CHAT_CAPS, outline, type Tone } from '../../../core/render/outline.ts';
import { truncate } from '../../../core/render/plain.ts';
import { fittedText } from '../../../core/render/text.ts';
import type { Message } from '../../../domain/alert.ts';

/** Bytes of a message before ntfy turns it into an attachment. */
const NTFY_LIMIT = 4_096;

const LONGEST_TITLE = 200;

const SHOWN: ReadonlySet<Block['kind']> = new Set(['heading', 'line', 'bullet', 'fact', 'note']);

/** 1 is the least, 5 the most urgent, 3 the usual. */
const PRIORITIES: Readonly<Record<Tone, number>> = {
  confirmed: 4,
  secondary: 3,
  rumor: 2,
  fallen: 4,
  operator: 3,
  neutral: 3,
};

/** Pictures before the title, by their names. */
const TAGS: Readonly<Record<Tone, string>> = {
  confirmed: 'white_check_mark',
  secondary: 'speech_balloon',
  rumor: 'speech_balloon',
  fallen: 'warning',
  operator: 'wrench',
  neutral: 'page_facing_up',
};

export interface NtfyBody {
  topic: string;
  title: string;
  message: string;
  priority: number;
  tags: readonly string[];
  click?: string;
}

/**
 * A message as ntfy's JSON. Headers would have to be ASCII and could be broken by a line end; a body cannot. A locked
 * screen shows a few lines: what is quoted and how to go on stand behind the click.
 */
export function ntfyBody(message: Message, topic: string): NtfyBody {
  const { title, tone, blocks, link } = outline(message, CHAT_CAPS);
  const shown = blocks.filter(({ kind }) => SHOWN.has(kind));
  return {
    topic,
    title: truncate(title, LONGEST_TITLE),
    message: fittedText(shown, NTFY_LIMIT),
    priority: PRIORITIES[tone],
    tags: [TAGS[tone]],
    ...(link === null ? {} : { click: link }),
  };
}
