import { html } from 'hono/html';
import { facetLabel } from '../domain/claim.ts';
import { HOUR } from '../domain/time.ts';
import type { EvidenceRow } from '../read/evidence-view.ts';
import type { ModelView } from '../read/model.ts';
import type { ToldStories } from '../read/told-story.ts';
import { claimWords } from '../read/verdict-words.ts';
import type { ClaimView, ExplanationView } from '../read/views.ts';
import { surfaceWords } from './board-page.ts';
import {
  type Html,
  href,
  outside,
  type PageContext,
  page,
  pill,
  shortAddress,
  spanWords,
  time,
} from './page.ts';
import { levelPlot } from './plots.ts';
import { claimTitle, storyList } from './story-pages.ts';

type Explained = ExplanationView['claims'][number];

/** A model: the verdict, where it can be had, its story as a picture and in words, and each claim with its proof. */
export function modelPage(context: PageContext, view: ModelView, { stories }: ToldStories): Html {
  const { status, glance, timeline } = view;
  const { subject, name, vendor, asOf } = status;
  const released = status.claims.find(({ facet }) => facet === 'released');
  const body = html`<h1>${name} <code>${subject}</code></h1>
<p class="verdict large">${pill(status.level, released?.status)} <strong>${glance.verdict}.</strong> ${glance.sentence}${released?.since == null ? '' : html` Since ${time(released.since)}.`}</p>
<dl class="surfaces">${glance.surfaces.map((surface) => html`<div><dt>${surface.label}</dt><dd>${surfaceWords(surface)}</dd></div>`)}</dl>
${notChecked(status.claims)}
<section aria-labelledby="story">
<h2 id="story">Who said what when</h2>
${view.evidence.length === 0 ? html`<p class="empty">Nobody has said anything yet.</p>` : levelPlot(view)}
${timeline.sightings.length === 0 ? '' : sightings(context, view)}
</section>
<section aria-labelledby="claims">
<h2 id="claims">Claims</h2>
${claimsSpokenOf(view).map(([claim, explained]) => claimPart(context, view, claim, explained))}
</section>
${
  stories.length === 0
    ? ''
    : html`<section aria-labelledby="stories">
<h2 id="stories">Stories</h2>
${storyList(context, stories)}
</section>`
}
<section aria-labelledby="moves">
<h2 id="moves">Every move</h2>
${moves(view)}
</section>
<p class="more">From ${vendor}. ${context.isStatic ? '' : html`<a href="${href(context, `/api/v1/subjects/${subject}`)}">As JSON</a> · `}<a href="${context.base}/badge/${subject}.svg">Badge</a> · <a href="${context.base}/feeds/subjects/${subject}.atom">Feed</a></p>`;
  return page(context, {
    ...{ title: name, path: `/models/${subject}`, knownAt: asOf, body },
    feeds: [{ title: name, path: `/feeds/subjects/${subject}.atom` }],
  });
}

function notChecked(claims: readonly ClaimView[]): Html {
  const lines = [...new Set(claims.flatMap((claim) => claim.notChecked))];
  if (lines.length === 0) return html``;
  return html`<details class="unchecked"><summary>${lines.length} ${lines.length === 1 ? 'source' : 'sources'} could not be checked, or not recently enough</summary><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></details>`;
}

/** The claims somebody spoke of, each with its explanation; bare ones before those with values. */
function claimsSpokenOf({ status, explanation }: ModelView): readonly [ClaimView, Explained][] {
  const explained = new Map(explanation.claims.map((one) => [one.claim, one]));
  return status.claims.flatMap((claim): [ClaimView, Explained][] => {
    const words = explained.get(facetLabel(claim));
    return words === undefined ? [] : [[claim, words]];
  });
}

function claimPart(
  context: PageContext,
  { evidence }: ModelView,
  claim: ClaimView,
  explained: Explained,
): Html {
  const pieces = new Map(evidence.map((piece) => [piece.id, piece]));
  const of = (ids: readonly string[]) => onePerPage(ids.flatMap((id) => pieces.get(id) ?? []));
  const [pro, contra] = [of(claim.for), of(claim.against)];
  return html`<details class="claim"${claim.facet === 'released' ? html` open` : ''}>
<summary><h3>${claimTitle(claim)}</h3> ${pill(claim.level, claim.status)}${claim.since === null ? '' : html` <small>since ${time(claim.since)}</small>`}</summary>
<p>${explained.rule} ${explained.voices}.${explained.becomes === null ? '' : html` It would be confirmed by this: ${explained.becomes}.`}</p>
<h4>For</h4>
${quotes(context, pro)}
<h4>Against</h4>
${quotes(context, contra)}
<h4>Not checked</h4>
${lines(explained.unchecked)}
${explained.flags.length === 0 ? '' : html`<h4>Flags</h4>${lines(explained.flags)}`}
${explained.retracted.length === 0 ? '' : html`<h4>Taken out of judgement</h4>${lines(explained.retracted)}`}
</details>`;
}

function lines(texts: readonly string[]): Html {
  if (texts.length === 0) return html`<p class="empty">none</p>`;
  return html`<ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>`;
}

/** A page that says one thing in five sentences is shown once. */
function onePerPage(pieces: readonly EvidenceRow[]): readonly EvidenceRow[] {
  return [...new Map([...pieces].reverse().map((piece) => [piece.url, piece])).values()].reverse();
}

/** More would hide what matters; the rest is counted. */
const MOST_QUOTES = 12;

function quotes(context: PageContext, pieces: readonly EvidenceRow[]): Html {
  if (pieces.length === 0) return html`<p class="empty">none</p>`;
  const more = pieces.length - MOST_QUOTES;
  return html`<ul class="quotes">${pieces.slice(0, MOST_QUOTES).map((piece) => quote(context, piece))}</ul>${more <= 0 ? '' : html`<p>and ${more} more pages</p>`}`;
}

/** What one piece of evidence says, with the way to the stored sentence and to the live page. */
function quote(context: PageContext, piece: EvidenceRow): Html {
  const isVendor = piece.class.startsWith('P');
  return html`<li class="${isVendor ? 'vendor' : 'voice'}"><q>${piece.quote}</q> <span class="from">${piece.publisherName}${isVendor ? ', the vendor' : ''}${piece.class === 'S4' ? ', interested' : ''}, seen ${time(piece.observedAt)}: <a href="${href(context, `/evidence/${piece.id}`)}#quote">stored sentence</a> · ${outside(piece.url, shortAddress(piece.url))}</span></li>`;
}

/** Who was first where, and how long before or after the first confirmation. */
function sightings(context: PageContext, { timeline }: ModelView): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="First sightings">
<table>
<caption>Who was first where${timeline.confirmedAt === null ? '' : html`; the first confirmation came at ${time(timeline.confirmedAt)}`}</caption>
<thead><tr><th scope="col">First seen</th><th scope="col">Publisher</th><th scope="col">Before or after</th><th scope="col">Sentence</th></tr></thead>
<tbody>${timeline.sightings.map(
    ({ at, publisher, evidence, denies, lag }) =>
      html`<tr><td>${time(at)}</td><th scope="row">${publisher}${denies ? html`, <small>denying</small>` : ''}</th><td>${lag === null ? '' : lagWords(lag)}</td><td><a href="${href(context, `/evidence/${evidence}`)}#quote">stored<span class="hidden"> sentence of ${publisher}</span></a></td></tr>`,
  )}</tbody>
</table>
</div>`;
}

function lagWords(hours: number): string {
  if (hours === 0) return 'with it';
  return `${spanWords(Math.abs(hours) * HOUR)} ${hours < 0 ? 'before' : 'after'}`;
}

function moves({ timeline }: ModelView): Html {
  if (timeline.transitions.length === 0) return html`<p class="empty">No level has moved.</p>`;
  return html`<ol class="changes">${timeline.transitions.map(
    ({ at, claim, from, to, status }) =>
      html`<li>${time(at)} ${claimWords(claim)}: ${from === to ? '' : `${from} → `}${pill(to, status)}</li>`,
  )}</ol>`;
}
