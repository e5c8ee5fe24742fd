import { CHAT_CAPS, outline, type Tone } from '../../../core/render/outline.ts';
import { truncate } from '../../../core/render/plain.ts';
import { fittedText } from '../../../core/render/text.ts';
import type { Message } from '../../../domain/alert.ts';

/** Bytes of a message before ntfy turns it into an attachment. */
const NTFY_LIMIT = 4_096;

const LONGEST_TITLE = 200;

/** 1 is the least, 5 the most urgent, 3 the usual. */
const PRIORITIES: Readonly<Record<Tone, number>> = {
  confirmed: 4,
  secondary: 3,
  rumor: 2,
  fallen: 4,
  operator: 3,
  neutral: 3,
};

export interface NtfyBody {
  topic: string;
  title: string;
  message: string;
  priority: number;
  click?: string;
}

/** A message as ntfy's JSON. Headers would have to be ASCII and could be broken by a line end; a body cannot. */
export function ntfyBody(message: Message, topic: string): NtfyBody {
  const { tone, link } = outline(message, CHAT_CAPS);
  const { title, body } = fittedText(message, CHAT_CAPS, NTFY_LIMIT);
  return {
    topic,
    title: truncate(title, LONGEST_TITLE),
    message: body,
    priority: PRIORITIES[tone],
    ...(link === null ? {} : { click: link }),
  };
}
