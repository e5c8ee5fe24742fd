import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { momentIn } from '../api/moment.ts';
import { DAY, plus, shortDay } from '../domain/time.ts';
import { board } from '../read/board.ts';
import { changeDetail, changesOf } from '../read/changes.ts';
import { evidenceDetail } from '../read/evidence.ts';
import type { EvidenceDetail } from '../read/evidence-view.ts';
import { modelOf } from '../read/model.ts';
import { type SearchView, searchSubjects } from '../read/search.ts';
import { sourceOf, sourcesOf } from '../read/sources.ts';
import { storyAt, toldStories } from '../read/told-story.ts';
import type { BoardView } from '../read/views.ts';
import { boardPage } from './board-page.ts';
import { originOf } from './feed-routes.ts';
import { modelPage } from './model-page.ts';
import {
  type Html,
  href,
  levelWords,
  outside,
  type PageContext,
  page,
  shortAddress,
  time,
} from './page.ts';
import { type OpenApiDocument, referencePage } from './reference-page.ts';
import type { SiteOptions } from './site-options.ts';
import { changePage, changesPage, sourcePage, sourcesPage } from './source-pages.ts';
import { storiesPage, storyPage } from './story-pages.ts';

/** How many changes, stories, results and characters of a stored page are shown at once. */
const CHANGES = 50;
const TODAYS_CHANGES = 25;
const STORIES = 200;
const LATEST_STORIES = 5;
const RESULTS = 50;
const STORED_TEXT = 20_000;

/** The board, and a page for each thing it leads to. */
export function pageRoutes(site: Hono, options: SiteOptions & { document: OpenApiDocument }): void {
  const { live, clock } = options;
  const at = (context: Context) => momentIn(context.req.query('as-of'), clock);
  site.get('/', async (context) => {
    const asOf = at(context);
    const parts = await live.ask(async (known) => ({
      board: await board(known, asOf),
      sources: await sourcesOf(known, asOf),
      stories: await toldStories(known, { limit: LATEST_STORIES }, asOf),
      changes: await changesOf(known, {
        ...{ since: plus(asOf, -DAY), until: asOf, includeBaseline: false, limit: TODAYS_CHANGES },
      }),
    }));
    return context.html(boardPage(contextOf(context, options), parts));
  });
  site.get('/models/:id', async (context) => {
    const asOf = at(context);
    const { view, stories } = await live.ask(async (known) => {
      const model = await modelOf(known, context.req.param('id'), asOf);
      const asked = { subject: model.status.subject, limit: STORIES };
      return { view: model, stories: await toldStories(known, asked, asOf) };
    });
    return context.html(modelPage(contextOf(context, options), view, stories));
  });
  site.get('/stories', async (context) => {
    const view = await live.ask((known) => toldStories(known, { limit: STORIES }, at(context)));
    return context.html(storiesPage(contextOf(context, options), view));
  });
  site.get('/stories/:id', async (context) => {
    const view = await live.ask((known) => storyAt(known, context.req.param('id'), at(context)));
    return context.html(storyPage(contextOf(context, options), view));
  });
  site.get('/evidence/:id', async (context) => {
    const asOf = at(context);
    const id = context.req.param('id');
    const piece = await live.ask((known) => evidenceDetail(known, id, asOf, STORED_TEXT));
    return context.html(evidencePage(contextOf(context, options), piece, asOf));
  });
  site.get('/search', async (context) => {
    const query = context.req.query('q') ?? '';
    const view = await live.ask(async (known) => searchSubjects(known, query, RESULTS));
    return context.html(searchPage(contextOf(context, options), view, at(context)));
  });
  site.get('/llms.txt', async (context) => {
    const view = await live.ask((known) => board(known, at(context)));
    return context.text(llmsText(view, originOf(context, options)));
  });
  site.get('/api', (context) => {
    return context.html(referencePage(contextOf(context, options), options.document, clock.now()));
  });
  sourceRoutes(site, options, at);
}

function sourceRoutes(site: Hono, options: SiteOptions, at: (context: Context) => string): void {
  const { live } = options;
  site.get('/sources', async (context) => {
    const view = await live.ask((known) => sourcesOf(known, at(context)));
    return context.html(sourcesPage(contextOf(context, options), view));
  });
  site.get('/sources/:id{.+}', async (context) => {
    const id = context.req.param('id');
    const view = await live.ask((known) => sourceOf(known, id, at(context)));
    return context.html(sourcePage(contextOf(context, options), view));
  });
  site.get('/changes', async (context) => {
    const cursor = context.req.query('cursor');
    const asked = {
      ...{ until: at(context), includeBaseline: false, limit: CHANGES },
      ...(cursor !== undefined && { cursor }),
    };
    const view = await live.ask((known) => changesOf(known, asked));
    return context.html(changesPage(contextOf(context, options), view, at(context)));
  });
  site.get('/changes/:id', async (context) => {
    const change = await live.ask((known) => changeDetail(known, context.req.param('id')));
    return context.html(changePage(contextOf(context, options), change, at(context)));
  });
}

/** What a page needs to know of its address. */
function contextOf(context: Context, options: SiteOptions): PageContext {
  const { publicUrl, isStatic, version } = options;
  const typed = context.req.query('as-of');
  const base = publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
  return { base, asOf: typed === undefined || typed === '' ? null : typed, isStatic, version };
}

/** The text of a stored page with the sentence that counts marked; never the page itself. */
function evidencePage(context: PageContext, piece: EvidenceDetail, knownAt: string): Html {
  const body = html`<h1>${piece.title === '' ? shortAddress(piece.finalUrl) : piece.title}</h1>
<p>${piece.publisherName} (${piece.class}), seen ${time(piece.observedAt)}. Live: ${outside(piece.url, shortAddress(piece.url))}</p>
<p>It ${piece.polarity === 'support' ? 'supports' : 'denies'} the claim <code>${piece.claim}</code> on <a href="${href(context, `/models/${piece.subject}`)}">${piece.subject}</a>.${piece.standing === 'speaks' ? '' : html` <strong>${piece.standing}</strong>${piece.retraction === null ? '' : html` by ${piece.retraction.by}: ${piece.retraction.because}`}`}</p>
<h2>The stored text</h2>
<blockquote class="stored" cite="${/^https?:/.test(piece.url) ? piece.url : ''}"><p>${piece.before}<mark id="quote">${piece.quote}</mark>${piece.after}</p></blockquote>
<p class="kept">${piece.verified ? 'The stored bytes hash to their name, and the sentence stands where the evidence says.' : html`<strong>The stored bytes do not prove the sentence.</strong>`}</p>
<dl class="facts">
<div><dt>Evidence</dt><dd><code>${piece.id}</code></dd></div>
<div><dt>Snapshot</dt><dd><code>${piece.snapshot}</code></dd></div>
<div><dt>SHA-256 of the bytes</dt><dd><code class="long">${piece.bodyHash}</code></dd></div>
<div><dt>Read by</dt><dd><code>${piece.extractor}</code>${piece.rule === null ? '' : html`, rule <code>${piece.rule}</code>`}</dd></div>
</dl>`;
  const title = `${piece.publisherName} on ${piece.subject}`;
  return page(context, { title, path: `/evidence/${piece.id}`, knownAt, body });
}

function searchPage(context: PageContext, view: SearchView, knownAt: string): Html {
  const { query, results } = view;
  const body = html`<h1>${query === '' ? 'Search' : html`Models and products for “${query}”`}</h1>
${results.length === 0 ? html`<p class="empty">${query === '' ? 'Type a name, an id or an alias.' : 'Nothing is known under that name: it is in no catalogue, and no model of that name was taken from a source.'}</p>` : ''}
<ul class="results">${results.map(
    ({ subject, name, vendor, kind, aliases }) =>
      html`<li><a href="${href(context, `/models/${subject}`)}">${name}</a> <code>${subject}</code> <span class="from">${vendor}, ${kind}</span>${aliases.length === 0 ? '' : html` <small>also ${aliases.slice(0, 5).join(', ')}</small>`}</li>`,
  )}</ul>`;
  return page(context, { title: `Search: ${query}`, path: '/search', knownAt, body, query });
}

/** What is here, for language models that read a site by its `llms.txt`. */
function llmsText({ rows, asOf }: BoardView, site: string): string {
  const lines = rows.map(({ subject, name, level, status, since }) => {
    const from = since === null ? '' : ` since ${shortDay(since)}`;
    return `- [${name}](${site}/models/${subject}): ${levelWords(level, status)}${from}`;
  });
  return `# firsthand

> Which AI models are out and who says so, from kept evidence. "confirmed" rests on the vendor's own pages; a place that was
> not read recently is told as such, and never as "no". Known at ${asOf}.

## Models

${lines.join('\n')}

## For programs

- [API description](${site}/openapi.json): OpenAPI 3.1
- [Feed of everything](${site}/feeds/all.atom)
- [Calendar of retirements](${site}/calendar.ics)
`;
}
