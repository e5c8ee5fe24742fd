import { html } from 'hono/html';
import type { SourceView } from '../read/sources.ts';
import { sourceSlug } from '../read/sources.ts';
import type { ChangeDetail, ChangeRow, ChangesView, SourcesView } from '../read/views.ts';
import {
  type Html,
  href,
  outside,
  type PageContext,
  page,
  shortAddress,
  spanWords,
  time,
} from './page.ts';
import { sourcePlot } from './plots.ts';

type Source = SourcesView['sources'][number];

/** Every source, those that are not well first. */
export function sourcesPage(context: PageContext, { sources, asOf }: SourcesView): Html {
  const isWell = ({ health }: Source) => ['ok', 'off', 'unchecked'].includes(health);
  const sorted = [...sources].sort((a, b) => Number(isWell(a)) - Number(isWell(b)));
  const body = html`<h1>What is read, and how it is doing</h1>
${sources.length === 0 ? html`<p class="empty">Nothing is read yet.</p>` : ''}
<div class="scroll" tabindex="0" role="region" aria-label="Sources">
<table>
<thead><tr><th scope="col">Source</th><th scope="col">Health</th><th scope="col">Last good check</th><th scope="col">Last change</th></tr></thead>
<tbody>${sorted.map(
    (source) =>
      html`<tr><th scope="row"><a href="${href(context, `/sources/${sourceSlug(source.target)}`)}">${source.watcher}</a> <small>${shortAddress(source.url)}</small></th><td>${health(source)}</td><td>${ago(source.lastGoodAt, asOf)}</td><td>${ago(source.lastChangeAt, asOf)}</td></tr>`,
  )}</tbody>
</table>
</div>`;
  return page(context, { title: 'Sources', path: '/sources', knownAt: asOf, body });
}

function health({ health: state }: Source): Html {
  return html`<span class="health ${state}">${state}</span>`;
}

function ago(moment: string | null, asOf: string): Html {
  if (moment === null) return html`never`;
  const past = Date.parse(asOf) - Date.parse(moment);
  return html`<time datetime="${moment}">${past < 0 ? 'later' : `${spanWords(past)} ago`}</time>`;
}

/** One source: how its checks went, what they showed, what changed. */
export function sourcePage(context: PageContext, view: SourceView): Html {
  const { source, checks, changes, asOf } = view;
  const body = html`<h1>${source.watcher}</h1>
<p>${outside(source.url, shortAddress(source.url))}</p>
<dl class="facts">
<div><dt>Health</dt><dd>${health(source)}${source.since === null ? '' : html` since ${time(source.since)}`}${source.reason === null ? '' : html`: ${source.reason}`}</dd></div>
<div><dt>Last good check</dt><dd>${time(source.lastGoodAt)}</dd></div>
<div><dt>Last change</dt><dd>${time(source.lastChangeAt)}</dd></div>
<div><dt>Next check</dt><dd>${source.nextCheckAt === null ? 'it was read since' : time(source.nextCheckAt)}</dd></div>
<div><dt>Entries</dt><dd>${source.items ?? 'not counted'}</dd></div>
</dl>
<h2>History</h2>
${checks.length < 2 ? html`<p class="empty">Too few checks for a picture.</p>` : sourcePlot(view)}
<h2>Changes</h2>
${changes.length === 0 ? html`<p class="empty">It has not changed since the first look.</p>` : changeList(context, changes)}
<h2>Latest checks</h2>
<ol class="changes">${checks
    .slice(0, 20)
    .map(
      ({ at, outcome, failure, shows }) =>
        html`<li>${time(at)} <strong>${outcome}</strong> ${failure === null ? `${shows} models shown` : failure}</li>`,
    )}</ol>`;
  return page(context, {
    ...{
      title: source.watcher,
      path: `/sources/${sourceSlug(source.target)}`,
      knownAt: asOf,
      body,
    },
  });
}

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
