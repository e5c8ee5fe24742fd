import { attributeOf, nodeText, type PageNode } from './node.ts';

/** Elements that hold nothing a reader of the page would read as its text. */
const UNREAD = new Set(
  (
    'script style noscript template svg math head title base select textarea input button iframe frame object embed ' +
    'audio video canvas map datalist rt rp'
  ).split(' '),
);
const HIDING_STYLE =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|font-size\s*:\s*0(?:px|em|rem|%)?\s*(?:;|!|$))/i;
const STRUCK_STYLE = /(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through/i;
/** Classes of the common style sheets that hide; one that shows again at some width comes with a `block` or its like. */
const HIDING_CLASS =
  /(?:^|\s)(?:hidden|d-none|is-hidden|display-none|visually-hidden-always)(?:\s|$)/;
const SHOWING_CLASS =
  /(?:^|\s)(?:\w+:|d-\w+-)(?:block|flex|grid|inline\S*|table\S*|contents)(?:\s|$)/;
const STRUCK_CLASS = /(?:^|\s)(?:line-through|strikethrough|text-strike)(?:\s|$)/;

/** Whether nobody sees an element: it is no text, or it is hidden or struck out. */
export function isUnseen(node: PageNode): boolean {
  if (node.type !== 'tag' && node.type !== 'script' && node.type !== 'style') return false;
  return UNREAD.has(node.name ?? '') || isHidden(node) || isStruckOut(node);
}

function isHidden(node: PageNode): boolean {
  const { attribs } = node;
  if (attribs === undefined) return false;
  if (
    attribs['aria-hidden'] === 'true' ||
    (node.name === 'dialog' && attribs['open'] === undefined)
  )
    return true;
  if (attribs['hidden'] !== undefined && attribs['hidden'] !== 'until-found') return !isPane(node);
  const names = attribs['class'] ?? '';
  if (HIDING_CLASS.test(names) && !SHOWING_CLASS.test(names)) return !isPane(node);
  return HIDING_STYLE.test(attribs['style'] ?? '') && !isPane(node);
}

/** A pane behind a tab is shown to whoever asks for it. */
function isPane({ attribs = {} }: PageNode): boolean {
  if (attribs['role'] === 'tabpanel' || /(?:^|[\s_-])tab-?pane/i.test(attribs['class'] ?? ''))
    return true;
  return Object.keys(attribs).some((name) =>
    /^data-(?:[\w-]+-)?(?:pane|tabpanel|tab-content)$/.test(name),
  );
}

function isStruckOut({ name, attribs }: PageNode): boolean {
  if (name === 'del' || name === 's' || name === 'strike') return true;
  if (attribs === undefined) return false;
  return STRUCK_STYLE.test(attribs['style'] ?? '') || STRUCK_CLASS.test(attribs['class'] ?? '');
}

const NOTE_MARK =
  /^[[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|note \d+|citation needed|[*†‡§¶#]{1,4}|tm|sm|[™®©])(?:\s*[,–-]\s*(?:\d{1,3}|[a-z]))*[\])]?$/i;
const ORDINAL = /^(?:st|nd|rd|th|er|re|e|o|a|ère|ème)$/i;
const POWER_OF = /(?:^|[\s(×x*=/])(?:10|2|e|[kcm]?m)$/;

/** What a raised text means after the words before it: nothing for the mark of a footnote. */
export function raisedText(node: PageNode, before: string): string {
  const text = nodeText(node, isUnseen);
  if (ORDINAL.test(text) && /(?:^|[^\p{L}\d.-])\d{1,2}$/u.test(before)) return text;
  if (/^-?\d{1,3}$/.test(text) && POWER_OF.test(before)) return `^${text}`;
  return NOTE_MARK.test(text) ? '' : ` ${text}`;
}

/** Links that lead to a note and back, or to the heading they stand in: no part of the text. */
export function isMark(node: PageNode): boolean {
  if (node.name !== 'a') return false;
  const role = attributeOf(node, 'role');
  if (role === 'doc-noteref' || role === 'doc-backlink') return true;
  if (node.attribs?.['data-footnote-ref'] !== undefined) return true;
  if (node.attribs?.['data-footnote-backref'] !== undefined) return true;
  if (!attributeOf(node, 'href').includes('#')) return false;
  return /^(?:[#¶§🔗↩↑^]\uFE0E?|\[\d{1,3}\])$/u.test(nodeText(node));
}
