/** Query parameters that say where a reader came from, never what the page is. */
const TRACKING =
  /^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs(enc|mi)|vero_id|oly_\w+|ref_src|ref_url|cmpid|smid|s_cid|spm)$/i;

/** A first path segment that names a language with its region or script (`de-DE`, `zh-Hans`, `ko-kr`), or a language alone. */
const REGIONAL = /^[a-z]{2}-([a-z]{2}|[a-z]{4}|\d{3})$/i;
const LANGUAGE =
  /^(ar|bg|cs|da|de|el|en|es|et|fa|fi|fr|he|hi|hr|hu|id|it|ja|ko|lt|lv|ms|nb|nl|no|pl|pt|ro|ru|sk|sl|sr|sv|th|tr|uk|vi|zh)$/i;

/**
 * Sites that serve one page under several addresses: copies by language in the path, by query, as Markdown, and under
 * the host and path the page moved away from. Known from the channels' own redirects.
 */
const DOCUMENTATION = new Set(['developers.openai.com', 'platform.openai.com']);
const HELP = 'help.openai.com';

/** An address as a URL against a base; null when it is none, or not one of the web. */
export function webUrl(address: string, base?: string): URL | null {
  const text = address.trim();
  if (text === '' || !URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

/**
 * The one address a page is known by: no fragment, credentials, tracking parameters or closing slash; for sites that
 * serve copies, the language segment, the query and the `.md` twin are folded into the page itself.
 * An address that cannot be read comes back as it was.
 */
export function canonicalUrl(address: string, base?: string): string {
  const url = webUrl(address, base);
  if (url === null) return address.trim();
  url.hash = '';
  url.username = '';
  url.password = '';
  if (DOCUMENTATION.has(url.hostname)) foldDocumentation(url);
  else if (url.hostname === HELP) foldHelp(url);
  for (const name of [...new Set(url.searchParams.keys())]) {
    if (TRACKING.test(name)) url.searchParams.delete(name);
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.protocol}//${url.host}${path === '' ? '/' : path}${url.search}`;
}

/** The language segment an address opens with (`de-DE`), or null: a copy in another language is not the page itself. */
export function localeOf(url: URL): string | null {
  const first = url.pathname.split('/')[1] ?? '';
  if (REGIONAL.test(first)) return first;
  return LANGUAGE.test(first) ? first : null;
}

/** The page that a Markdown twin (`….md`) is the twin of; null for any other address. */
export function htmlTwin(url: URL): string | null {
  if (!url.pathname.endsWith('.md')) return null;
  const page = new URL(url);
  page.pathname = page.pathname.slice(0, -'.md'.length);
  return page.href;
}

function foldDocumentation(url: URL): void {
  const locale = localeOf(url);
  if (locale !== null) url.pathname = url.pathname.slice(locale.length + 1);
  if (url.hostname === 'platform.openai.com' && /^\/docs(\/|$)/.test(url.pathname)) {
    url.hostname = 'developers.openai.com';
    url.pathname = `/api${url.pathname}`;
  }
  url.pathname = url.pathname.replace(/\.md$/, '');
  url.search = '';
}

/** A help article is known by its number; the words after it follow its title. */
function foldHelp(url: URL): void {
  url.pathname = url.pathname.replace(/^(\/[^/]+\/articles\/\d+)(-[^/]*)?\/?$/, '$1');
  url.search = '';
}
