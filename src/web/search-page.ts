import { html } from 'hono/html';
import type { SearchView } from '../read/search.ts';
import { type Html, href, type PageContext, page } from './page.ts';

export function searchPage(context: PageContext, view: SearchView, knownAt: string): Html {
  const { query, results } = view;
  const body = html`<h1>${query === '' ? 'Search' : html`Models and products for “${query}”`}</h1>
${results.length === 0 ? html`<p class="empty">${query === '' ? 'Type a name, an id or an alias.' : 'Nothing is known under that name: no catalogue entry has it, and no source has used it.'}</p>` : ''}
<ul class="results">${results.map(
    ({ subject, name, vendor, kind, aliases }) =>
      html`<li><a href="${href(context, `/models/${subject}`)}">${name}</a> <code>${subject}</code> <span class="from">${vendor}, ${kind}</span>${aliases.length === 0 ? '' : html` <small>also ${aliases.slice(0, 5).join(', ')}</small>`}</li>`,
  )}</ul>`;
  return page(context, { title: `Search: ${query}`, path: '/search', knownAt, body, query });
}
