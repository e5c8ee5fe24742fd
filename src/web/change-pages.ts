import { html } from 'hono/html';
import { sourceSlug } from '../read/source.ts';
import type { ChangeDetail, ChangeRow, ChangesView } from '../read/views.ts';
import { type Html, href, outside, type PageContext, page, shortAddress, time } from './page.ts';

/** Changes as a list, the newest first. */
export function changeList(context: PageContext, changes: readonly ChangeRow[]): Html {
  return html`<ol class="changes">${changes.map(
    (change) =>
      html`<li>${time(change.at)} <strong class="kind ${change.kind}">${change.kind}</strong> <a href="${href(context, `/changes/${change.id}`)}">${change.title}</a> <span class="from">${change.target.split(':')[0]}</span></li>`,
  )}</ol>`;
}

export function changesPage(context: PageContext, view: ChangesView, knownAt: string): Html {
  const body = html`<h1>What changed at the sources</h1>
${view.changes.length === 0 ? html`<p class="empty">Nothing changed.</p>` : changeList(context, view.changes)}
${view.next === null || context.isStatic ? '' : html`<p><a href="${href(context, `/changes?cursor=${encodeURIComponent(view.next)}`)}" rel="next">Older changes</a></p>`}`;
  return page(context, { title: 'Changes', path: '/changes', knownAt, body });
}

/** One change with the words that differ. */
export function changePage(context: PageContext, change: ChangeDetail, knownAt: string): Html {
  const watcher = change.target.split(':')[0] ?? '';
  const body = html`<h1>${change.title}</h1>
<p>${change.kind} ${time(change.at)} at <a href="${href(context, `/sources/${sourceSlug(change.target)}`)}">${watcher}</a>. Live: ${outside(change.url, shortAddress(change.url))}. Kept as <code>${change.snapshot}</code>.</p>
<h2>Word by word</h2>
<p class="legend"><ins>added</ins> <del>removed</del></p>
<div class="diff" tabindex="0" role="region" aria-label="The words that differ">${change.diff.map(
    ({ kind, text }) => {
      if (kind === 'added') return html`<ins>${text}</ins>`;
      return kind === 'removed' ? html`<del>${text}</del>` : html`<span>${shortened(text)}</span>`;
    },
  )}</div>`;
  return page(context, { title: change.title, path: `/changes/${change.id}`, knownAt, body });
}

/** So much of what stayed the same is shown around what changed, in characters. */
const AROUND = 600;

function shortened(text: string): string {
  if (text.length <= 2 * AROUND) return text;
  return `${text.slice(0, AROUND)}\n[…]\n${text.slice(-AROUND)}`;
}
