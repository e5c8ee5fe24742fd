import { html } from 'hono/html';
import { shortDay } from '../domain/time.ts';
import { sourceSlug } from '../read/sources.ts';
import type { SurfaceView } from '../read/surface-view.ts';
import { surfaceSentence, unsaidWords } from '../read/surface-words.ts';
import type { ToldStories } from '../read/told-story.ts';
import type { BoardRow, BoardView, ChangesView, SourcesView } from '../read/views.ts';
import {
  type Html,
  href,
  levelWords,
  type PageContext,
  page,
  pill,
  spanWords,
  time,
} from './page.ts';
import { changeList } from './source-pages.ts';
import { storyList } from './story-pages.ts';

export interface BoardParts {
  board: BoardView;
  /** What changed on the day before the moment of the board. */
  changes: ChangesView;
  sources: SourcesView;
  /** What people were told last. */
  stories: ToldStories;
}

/** What is followed at a glance, what changed today, and how the sources are. */
export function boardPage(
  context: PageContext,
  { board, changes, sources, stories }: BoardParts,
): Html {
  const body = html`<h1>Which models are out, and who says so</h1>
${board.rows.length === 0 ? html`<p class="empty">Nothing is known yet of what is followed.</p>` : html`<ul class="board">${board.rows.map((row) => boardRow(context, row))}</ul>`}
${board.unheard.length === 0 ? '' : html`<p>Followed, and not heard of yet: ${board.unheard.join(', ')}.</p>`}
<section aria-labelledby="stories">
<h2 id="stories">Latest stories</h2>
${stories.stories.length === 0 ? html`<p class="empty">Nothing has been told yet.</p>` : storyList(context, stories.stories)}
<p><a href="${href(context, '/stories')}">All stories</a></p>
</section>
<section aria-labelledby="today">
<h2 id="today">Changed in the last 24 hours</h2>
${changes.changes.length === 0 ? html`<p class="empty">No source changed.</p>` : changeList(context, changes.changes)}
</section>
<section aria-labelledby="health">
<h2 id="health">Sources</h2>
${sourceHealth(context, board, sources)}
</section>`;
  return page(context, {
    ...{ title: 'firsthand', path: '/', knownAt: board.asOf, body },
    feeds: [{ title: 'All stories', path: '/feeds/all.atom' }],
  });
}

function boardRow(context: PageContext, row: BoardRow): Html {
  return html`<li class="row">
<h2><a href="${href(context, `/models/${row.subject}`)}">${row.name}</a></h2>
<p class="verdict">${pill(row.level, row.status)}${row.since === null ? '' : html` <span class="since">since ${time(row.since)}</span>`}</p>
<dl>${row.surfaces.filter(isWorthAPlace).map((surface) => html`<div><dt>${surface.label}</dt><dd>${surfaceWords(surface)}</dd></div>`)}</dl>
</li>`;
}

/** A price, a product or a retirement that nobody speaks of takes no room on the board. */
function isWorthAPlace({ surface, level }: SurfaceView): boolean {
  return level !== 'unknown' || !/^(priced|retired|product.*)$/.test(surface);
}

/** One place in a few words; "never looked" and "read long ago" are not "no". */
export function surfaceWords(surface: SurfaceView): Html {
  const { level, status, since, value } = surface;
  if (level === 'unknown')
    return html`<span class="unknown">${unsaidWords(surface, shortDay)}</span>`;
  if (surface.surface === 'retired' && level === 'confirmed') {
    const isOver = status !== 'scheduled' && status !== 'due';
    const words = value === null ? 'confirmed' : surfaceSentence(surface, shortDay, shortDay);
    return html`<span class="level ${isOver ? 'withdrawn' : 'secondary'}">${words}</span>`;
  }
  return html`<span class="level ${level}">${levelWords(level, status)}</span>${since === null ? '' : html` <small>${dayOf(surface, since)}</small>`}`;
}

/** The day that the vendor gives, before the day on which it was seen; what was there at the first look may be older. */
function dayOf({ days, isFirstSight }: SurfaceView, since: string): string {
  const [given] = days;
  if (given?.isVendors === true && given.day.length === 10) return shortDay(given.day);
  return isFirstSight ? `by ${shortDay(since)}` : shortDay(since);
}

function sourceHealth(
  context: PageContext,
  board: BoardView,
  { sources, asOf }: SourcesView,
): Html {
  const well = sources.filter(({ health }) => health === 'ok').length;
  const last = sources
    .map(({ lastGoodAt }) => lastGoodAt ?? '')
    .reduce((a, b) => (a > b ? a : b), '');
  const ago = last === '' ? 0 : Date.parse(asOf) - Date.parse(last);
  const read = html`${well} of ${sources.length} sources were read well at their last check${last === '' ? '' : html`, the latest ${ago < 0 ? 'at' : html`${spanWords(ago)} ago, at`} ${time(last)}`}. `;
  return html`<p>${read}<a href="${href(context, '/sources')}">All sources</a></p>
${board.trouble.length === 0 ? '' : html`<ul class="trouble">${board.trouble.map(({ target, health, since, reason }) => html`<li><strong>${health}</strong> <a href="${href(context, `/sources/${sourceSlug(target)}`)}">${target}</a> since ${time(since)}${reason === null ? '' : html`: ${reason}`}</li>`)}</ul>`}`;
}
