import type { Block, Span } from '../../../core/render/block.ts';
import { MAIL_CAPS, outline, type Tone } from '../../../core/render/outline.ts';
import { escapeHtml } from '../../../core/render/plain.ts';
import type { Message } from '../../../domain/alert.ts';

const COLORS: Readonly<Record<Tone, string>> = {
  confirmed: '#1a7f37',
  secondary: '#9a6700',
  rumor: '#57606a',
  fallen: '#cf222e',
  operator: '#8250df',
  neutral: '#0969da',
};

/** A message as the HTML part of a mail: styles inline, nothing loaded from anywhere. */
export function htmlBody(message: Message): string {
  const { title, tone, blocks } = outline(message, MAIL_CAPS);
  const heading = `<h1 style="font-size:18px;margin:0 0 12px;padding-left:10px;border-left:4px solid ${COLORS[tone]}">${escapeHtml(title)}</h1>`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(title)}</title></head>`,
    '<body style="font:15px/1.5 system-ui,sans-serif;max-width:680px;margin:0 auto;padding:16px">',
    heading,
    ...blocks.map((block, index) => htmlBlock(block, blocks[index - 1], blocks[index + 1])),
    '</body></html>',
    '',
  ].join('\n');
}

function htmlBlock(block: Block, before: Block | undefined, after: Block | undefined): string {
  const text = block.spans.map((span) => htmlSpan(span)).join('');
  switch (block.kind) {
    case 'heading':
      return `<h2 style="font-size:15px;margin:20px 0 6px">${text}</h2>`;
    case 'bullet': {
      const open = before?.kind === 'bullet' ? '' : '<ul style="margin:0;padding-left:20px">\n';
      const close = after?.kind === 'bullet' ? '' : '\n</ul>';
      return `${open}<li>${text}</li>${close}`;
    }
    case 'quote':
      return `<blockquote style="margin:8px 0;padding:4px 12px;border-left:3px solid #d0d7de">${text}</blockquote>`;
    case 'note':
      return `<p style="margin:20px 0 0;font-size:13px;color:#57606a">${text}</p>`;
    case 'line':
      return `<p style="margin:4px 0">${text}</p>`;
  }
}

function htmlSpan(span: Span): string {
  const text = escapeHtml(span.text);
  if (span.url !== undefined) {
    const url = escapeHtml(span.url);
    return `<a href="${url}" rel="noreferrer">${url}</a>`;
  }
  if (span.mark === 'strong') return `<strong>${text}</strong>`;
  if (span.mark === 'added') return `<ins style="background:#dafbe1;color:#116329">${text}</ins>`;
  if (span.mark === 'removed') return `<del style="background:#ffebe9;color:#82071e">${text}</del>`;
  return text;
}
