import { html } from 'hono/html';
import type { EvidenceDetail } from '../read/evidence-view.ts';
import { type Html, href, outside, type PageContext, page, shortAddress, time } from './page.ts';

/** The text of a stored page with the sentence that counts marked; never the page itself. */
export function evidencePage(context: PageContext, piece: EvidenceDetail, knownAt: string): Html {
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
<div><dt>Read by</dt><dd><code>${piece.extractor}</code></dd></div>
</dl>`;
  const title = `${piece.publisherName} on ${piece.subject}`;
  return page(context, { title, path: `/evidence/${piece.id}`, knownAt, body });
}
