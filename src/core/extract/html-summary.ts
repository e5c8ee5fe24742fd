/**
 * What a page looks like at a glance, read in one pass without building a tree: enough to tell a page from a wall,
 * cheap enough to be done on every answer.
 */
export interface HtmlSummary {
  title: string;
  /** The text outside scripts and the like, one line for each run between tags, up to `ENOUGH` characters. */
  visible: string;
  /** There is more text than was looked at. */
  long: boolean;
  noscript: string;
  /** The attributes of what loads, embeds or asks: scripts, frames, forms, inputs, images. */
  scriptText: string;
  /** Scripts that run. */
  scripts: number;
  /** Characters of JSON that the page carries for its scripts. */
  embedded: number;
  /** An element that waits to be filled by a script. */
  mount: boolean;
  password: boolean;
  /** What `<meta http-equiv="refresh">` says, as written: seconds, and an address where it leads elsewhere; null for none. */
  refresh: string | null;
  /** Says of itself that it is an article, in its structure or its metadata. */
  article: boolean;
}

/** Text beyond this makes a page: no wall is that long. */
const ENOUGH = 4000;

/** Elements whose content is not shown as text. */
const HIDDEN = new Set(['script', 'style', 'noscript', 'template', 'svg', 'title', 'textarea']);

const CONTAINERS = new Set(['div', 'main', 'section']);

const WORKING = new Set(['script', 'iframe', 'form', 'input', 'img', 'link', 'body']);

/** Attributes beyond this, in characters, are not read. */
const LONGEST_TAG = 2000;

interface Tag {
  name: string;
  /** In small letters. */
  attributes: string;
  /** Where the attributes begin. */
  start: number;
  /** Where the text after the tag begins. */
  end: number;
}

export function summarizeHtml(page: string): HtmlSummary {
  // The one letter that grows when made small would shift every place after it.
  const html = page.replaceAll('\u0130', 'I');
  const summary: HtmlSummary = {
    ...{ title: '', visible: '', noscript: '', scriptText: '', refresh: null },
    ...{ scripts: 0, embedded: 0 },
    ...{ long: false, mount: false, password: false, article: false },
  };
  const lower = html.toLowerCase();
  let at = 0;
  while (at < html.length && !summary.long) {
    const open = lower.indexOf('<', at);
    const textEnd = open === -1 ? html.length : open;
    addText(summary, html.slice(at, textEnd));
    at = open === -1 ? html.length : afterMarkup(summary, html, lower, open);
  }
  return summary;
}

function addText(summary: HtmlSummary, run: string): void {
  const text = shown(run).trim();
  if (text === '') return;
  summary.visible += `${text}\n`;
  summary.long = summary.visible.length > ENOUGH;
}

/** The references that stand in the words walls use. */
function shown(text: string): string {
  if (!text.includes('&')) return text;
  return text
    .replace(/&nbsp;|&#160;|&#32;/g, ' ')
    .replace(/&(?:#0*39|#x27|apos|rsquo|#8217);/gi, "'");
}

/** Takes in the markup that begins at `open` and returns where the reading goes on. */
function afterMarkup(summary: HtmlSummary, html: string, lower: string, open: number): number {
  if (lower.startsWith('<!--', open)) return past(lower, '-->', open + 4);
  const tag = tagAt(lower, open);
  if (tag === null) return past(lower, '>', open);
  note(summary, tag, lower);
  if (tag.name === 'meta') summary.refresh ??= refreshIn(tag, html);
  if (!HIDDEN.has(tag.name)) return tag.end;
  const close = lower.indexOf(`</${tag.name}`, tag.end);
  const contentEnd = close === -1 ? html.length : close;
  noteHidden(summary, tag, html.slice(tag.end, contentEnd));
  return close === -1 ? html.length : past(lower, '>', close);
}

function past(lower: string, mark: string, from: number): number {
  const found = lower.indexOf(mark, from);
  return found === -1 ? lower.length : found + mark.length;
}

/** The opening tag at a place; null for a closing tag, a doctype and what only looks like a tag. */
function tagAt(lower: string, open: number): Tag | null {
  const name = /^[a-z][\w:-]*/.exec(lower.slice(open + 1, open + 40))?.[0];
  if (name === undefined) return null;
  const end = past(lower, '>', open);
  const start = open + 1 + name.length;
  const attributes = lower.slice(start, Math.min(end - 1, open + LONGEST_TAG));
  return { name, attributes, start, end };
}

function note(summary: HtmlSummary, tag: Tag, lower: string): void {
  const { name, attributes } = tag;
  if (WORKING.has(name) || /captcha|challenge/.test(attributes)) {
    if (summary.scriptText.length < 20_000) summary.scriptText += `<${name}${attributes}>\n`;
  }
  if (name === 'input' && /type\s*=\s*["']?password/.test(attributes)) summary.password = true;
  if (isArticle(name, attributes)) summary.article = true;
  const isFillable = name.includes('-') || (/\bid\s*=/.test(attributes) && CONTAINERS.has(name));
  const behind = lower.slice(tag.end, tag.end + 80).trimStart();
  if (isFillable && behind.startsWith(`</${name}`)) summary.mount = true;
}

function refreshIn({ attributes, start }: Tag, html: string): string | null {
  if (!/http-equiv\s*=\s*["']?refresh\b/.test(attributes)) return null;
  const written = html.slice(start, start + attributes.length);
  const content = /\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(written);
  const text = content?.[1] ?? content?.[2] ?? content?.[3];
  const plain = text?.replace(/&amp;/gi, '&').replace(/&#0*39;|&apos;/gi, "'");
  return plain?.replace(/&quot;/gi, '"') ?? null;
}

function isArticle(name: string, attributes: string): boolean {
  if (name === 'article') return true;
  return name === 'meta' && /og:type/.test(attributes) && /\barticle\b/.test(attributes);
}

function noteHidden(summary: HtmlSummary, tag: Tag, content: string): void {
  if (tag.name === 'title' && summary.title === '') summary.title = shown(content).trim();
  if (tag.name === 'noscript')
    summary.noscript += content.replace(/<[^>]{0,800}>/g, ' ').slice(0, 500);
  if (tag.name !== 'script') return;
  if (/type\s*=\s*["']?application\/(?:ld\+)?json/.test(tag.attributes)) {
    summary.embedded += content.length;
    if (/"@type"\s*:\s*"[^"]*Article"/.test(content.slice(0, 5000))) summary.article = true;
  } else {
    summary.scripts += 1;
    if (summary.scriptText.length < 20_000)
      summary.scriptText += content.slice(0, 2000).toLowerCase();
  }
}
