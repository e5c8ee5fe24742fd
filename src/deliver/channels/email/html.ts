import { type Block, grouped, type Span } from '../../../core/render/block.ts';
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

/** What a mail reader that knows media queries makes better; every look that matters stands inline. */
const SHEET = [
  ':root{color-scheme:light dark}',
  '@media (prefers-color-scheme:dark){',
  'body{background:#0d1117!important;color:#e6edf3!important}',
  '.quiet{color:#9198a1!important}.said{border-color:#3d444d!important}',
  'a{color:#4493f8!important}code{background:#1f242c!important}}',
].join('');

/** A message as the HTML part of a mail: styles inline, nothing loaded from anywhere. */
export function htmlBody(message: Message): string {
  const { title, tone, blocks } = outline(message, MAIL_CAPS);
  const heading = `<h1 style="font-size:20px;line-height:1.3;margin:0 0 12px;padding-left:12px;border-left:4px solid ${COLORS[tone]}">${escapeHtml(title)}</h1>`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    `<meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title><style>${SHEET}</style></head>`,
    '<body style="margin:0;background:#ffffff;color:#1f2328;font:15px/1.5 system-ui,-apple-system,sans-serif;overflow-wrap:anywhere">',
    '<div style="max-width:640px;margin:0 auto;padding:20px 16px">',
    heading,
    ...listed(blocks),
    '</div></body></html>',
    '',
  ].join('\n');
}

/** Groups of blocks in their order, points that follow each other as one list. */
function listed(blocks: readonly Block[]): readonly string[] {
  const groups = grouped(blocks);
  return groups.map((group, at) => {
    const text = group.map((block) => htmlBlock(block)).join('\n');
    const isFooter =
      group[0]?.kind === 'command' && groups[at - 1]?.[0]?.kind !== 'command' && at > 0;
    const html = isFooter ? `${RULE}\n${text}` : text;
    if (group[0]?.kind !== 'bullet') return html;
    const isPoint = (other: number) => groups[other]?.[0]?.kind === 'bullet';
    const open = isPoint(at - 1) ? '' : '<ul style="margin:0;padding-left:20px">\n';
    return `${open}<li style="margin:4px 0">${html}</li>${isPoint(at + 1) ? '' : '\n</ul>'}`;
  });
}

const RULE = '<hr class="said" style="margin:24px 0 16px;border:0;border-top:1px solid #d1d9e0">';

const QUIET = 'class="quiet" style="margin:0;font-size:13px;color:#59636e"';

function htmlBlock({ kind, label = '', spans }: Block): string {
  const text = spans.map((span) => htmlSpan(span)).join('');
  const name = `<strong>${escapeHtml(label)}</strong>`;
  switch (kind) {
    case 'heading':
      return `<h2 style="font-size:15px;margin:24px 0 8px">${text}</h2>`;
    case 'bullet':
      return text;
    case 'fact':
      return `<p style="margin:12px 0 0">${name}: ${text}</p>`;
    case 'quote':
      return `<blockquote class="said" style="margin:4px 0;padding:2px 12px;border-left:3px solid #d1d9e0">${text}</blockquote>`;
    case 'source':
      return `<p ${QUIET}>${text}</p>`;
    case 'command':
      return `<p style="margin:8px 0 0;font-size:13px">${escapeHtml(label)}: ${text}</p>`;
    case 'note':
      return `<p ${QUIET.replace('margin:0', 'margin:16px 0 0')}>${text}</p>`;
    case 'line':
      return `<p style="margin:12px 0">${text}</p>`;
  }
}

function htmlSpan({ text, url, mark }: Span): string {
  const shown = escapeHtml(text);
  if (url !== undefined) {
    const address = escapeHtml(url);
    const said = text === 'source' ? '' : `${shown}, `;
    return `${said}<a href="${address}" rel="noreferrer" style="color:#0969da">${address.replace(/^https?:\/\//, '')}</a>`;
  }
  switch (mark) {
    case 'strong':
      return `<strong>${shown}</strong>`;
    case 'code':
      return `<code style="padding:2px 5px;border-radius:4px;background:#f0f2f4">${shown}</code>`;
    case 'added':
      return `<ins style="background:#dafbe1;color:#116329">${shown}</ins>`;
    case 'removed':
      return `<del style="background:#ffebe9;color:#82071e">${shown}</del>`;
    default:
      return shown;
  }
}
