import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { momentIn } from '../api/moment.ts';
import { given } from '../domain/given.ts';
import { DAY, type Instant, plus, shortDay } from '../domain/time.ts';
import { board } from '../read/board.ts';
import { changeDetail, changesOf } from '../read/changes.ts';
import { evidenceDetail } from '../read/evidence.ts';
import type { EvidenceDetail } from '../read/evidence-view.ts';
import type { Known } from '../read/known.ts';
import { modelOf } from '../read/model.ts';
import { type SearchView, searchSubjects } from '../read/search.ts';
import { sourceOf, sourcesOf } from '../read/sources.ts';
import { storyAt, toldStories } from '../read/told-story.ts';
import type { BoardView } from '../read/views.ts';
import { type BoardParts, boardPage } from './board-page.ts';
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

/** A page at a path: what it asks of the database as of the moment in its address, and how the answer is drawn. */
type AddPage = <T>(
  path: string,
  ask: (known: Known, asOf: Instant, context: Context) => Promise<T>,
  draw: (page: PageContext, view: T, asOf: Instant) => Html,
) => void;

/** The board, and a page for each thing it leads to. */
export function pageRoutes(site: Hono, options: SiteOptions & { document: OpenApiDocument }): void {
  const { live, clock, document } = options;
  const add: AddPage = (path, ask, draw) => {
    site.get(path, async (context) => {
      const asOf = momentIn(context.req.query('as-of'), clock);
      const view = await live.ask((known) => ask(known, asOf, context));
      return context.html(draw(contextOf(context, options), view, asOf));
    });
  };
  add('/', boardParts, boardPage);
  add('/models/:id', modelWithStories, (at, { view, stories }) => modelPage(at, view, stories));
  add('/stories', (known, asOf) => toldStories(known, { limit: STORIES }, asOf), storiesPage);
  add('/stories/:id', (known, asOf, context) => storyAt(known, idIn(context), asOf), storyPage);
  add(
    '/evidence/:id',
    (known, asOf, context) => evidenceDetail(known, idIn(context), asOf, STORED_TEXT),
    evidencePage,
  );
  add(
    '/search',
    async (known, _asOf, { req }) => searchSubjects(known, req.query('q') ?? '', RESULTS),
    searchPage,
  );
  add('/sources', sourcesOf, sourcesPage);
  add('/sources/:id{.+}', (known, asOf, at) => sourceOf(known, idIn(at), asOf), sourcePage);
  add(
    '/changes',
    (known, until, { req }) =>
      changesOf(known, {
        ...{ until, includeBaseline: false, limit: CHANGES },
        ...given({ cursor: req.query('cursor') }),
      }),
    changesPage,
  );
  add('/changes/:id', (known, _asOf, context) => changeDetail(known, idIn(context)), changePage);
  site.get('/llms.txt', async (context) => {
    const asOf = momentIn(context.req.query('as-of'), clock);
    const view = await live.ask((known) => board(known, asOf));
    return context.text(llmsText(view, originOf(context, options)));
  });
  site.get('/api', (context) =>
    context.html(referencePage(contextOf(context, options), document, clock.now())),
  );
}

function idIn(context: Context): string {
  return context.req.param('id') ?? '';
}

async function boardParts(known: Known, asOf: Instant): Promise<BoardParts> {
  return {
    board: await board(known, asOf),
    sources: await sourcesOf(known, asOf),
    stories: await toldStories(known, { limit: LATEST_STORIES }, asOf),
    changes: await changesOf(known, {
      ...{ since: plus(asOf, -DAY), until: asOf, includeBaseline: false, limit: TODAYS_CHANGES },
    }),
  };
}

async function modelWithStories(known: Known, asOf: Instant, context: Context) {
  const view = await modelOf(known, idIn(context), asOf);
  const asked = { subject: view.status.subject, limit: STORIES };
  return { view, stories: await toldStories(known, asked, asOf) };
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
