import { html } from 'hono/html';
import type { StoryDetail } from '../read/stories.ts';
import type { StoryAt, ToldStories, ToldStory } from '../read/told-story.ts';
import { valueWords } from '../read/verdict-words.ts';
import type { ClaimView } from '../read/views.ts';
import {
  type Html,
  href,
  outside,
  type PageContext,
  page,
  pill,
  shortAddress,
  time,
} from './page.ts';

type Happened = StoryDetail['events'][number];

/** Stories as a list, the one told last first. */
export function storyList(context: PageContext, stories: readonly ToldStory[]): Html {
  return html`<ol class="changes">${stories.map(
    ({ id, updatedAt, kind, title, level }) =>
      html`<li>${time(updatedAt)} <strong class="kind">${kind}</strong> <a href="${href(context, `/stories/${id}`)}">${title}</a>${level === null ? '' : html` ${pill(level)}`}</li>`,
  )}</ol>`;
}

export function storiesPage(context: PageContext, { asOf, stories }: ToldStories): Html {
  const body = html`<h1>What happened, one story a launch</h1>
${stories.length === 0 ? html`<p class="empty">Nothing has been told yet.</p>` : storyList(context, stories)}`;
  return page(context, {
    ...{ title: 'Stories', path: '/stories', knownAt: asOf, body },
    feeds: [{ title: 'All stories', path: '/feeds/all.atom' }],
  });
}

/** One story: what people were told, with the words that prove it, and everything that happened in it. */
export function storyPage(context: PageContext, view: StoryAt): Html {
  const { asOf, told, subjects, story } = view;
  const { id, openedAt, events } = story;
  const title = told?.title ?? `${story.subjects.join(', ')}: not told yet`;
  const level = told?.level ?? null;
  const body = html`<h1>${title}</h1>
<p class="verdict large">${level === null ? '' : html`${pill(level)} `}<strong>${sentenceCase(told?.kind ?? story.kind)}</strong>, since ${time(openedAt)}.</p>
${subjects.length === 0 ? '' : html`<p>About ${subjects.map(({ id: of, name }, index) => html`${index === 0 ? '' : ', '}<a href="${href(context, `/models/${of}`)}">${name}</a>`)}.</p>`}
<section aria-labelledby="told">
<h2 id="told">What was told</h2>
${told === null ? html`<p class="empty">Nobody has been told of it yet.</p>` : told.parts.map(partOf)}
</section>
<section aria-labelledby="events">
<h2 id="events">Everything that happened</h2>
<ol class="changes">${events.map((event) => eventOf(context, event))}</ol>
</section>`;
  return page(context, { title, path: `/stories/${id}`, knownAt: asOf, body });
}

function partOf({ at, title, lead, quotes }: ToldStory['parts'][number]): Html {
  return html`<h3>${title}</h3>
<p>${time(at)}${lead === '' ? '' : html`: ${lead}`}</p>
${quotes.length === 0 ? '' : html`<ul class="quotes">${quotes.map(({ quote, url, publisher }) => html`<li><q>${quote}</q> <span class="from">${publisher}: ${outside(url, shortAddress(url))}</span></li>`)}</ul>`}`;
}

function eventOf(
  context: PageContext,
  { at, subject, ref, move, change, alert, because }: Happened,
): Html {
  const quiet = because ?? 'It waits to be told.';
  return html`<li>${time(at)} ${whatOf(context, { subject, ref, move, change })}${alert === null ? html` <small>${quiet}</small>` : ''}</li>`;
}

function whatOf(
  context: PageContext,
  { subject, ref, move, change }: Pick<Happened, 'subject' | 'ref' | 'move' | 'change'>,
): Html {
  if (move !== null) {
    return html`${subject} <code>${move.facet}</code> ${move.from === move.to ? html`${pill(move.to)} ${move.status.replaceAll('_', ' ')}` : html`${move.from} → ${pill(move.to)}`}`;
  }
  if (change === null) return html`${subject}: a reminder of its end`;
  return html`<a href="${href(context, `/changes/${ref}`)}">${change.title}</a>`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const FACETS: Readonly<Record<ClaimView['facet'], string>> = {
  released: 'Released',
  exists: 'Exists',
  announced: 'Announced',
  documented: 'Documented',
  api_listed: 'In the API',
  product_available: 'Available in a product',
  limited_test: 'In a limited test',
  sdk_typed: 'Named in the SDK',
  priced: 'Priced',
  deprecated: 'Deprecated',
  retired: 'Retired',
  capability: 'Capability',
  identity: 'Goes by another name',
  date: 'Date',
};

const PLACES: Readonly<Record<string, string>> = {
  chatgpt: 'ChatGPT',
  codex: 'Codex',
  api: 'the API',
  sora: 'Sora',
};

/** A claim in words: `Available in ChatGPT for plus`, `Announced on 16 April 2026`. */
export function claimTitle({
  facet,
  qualifiers,
  value,
}: Pick<ClaimView, 'facet' | 'qualifiers' | 'value'>): string {
  const { surface, venue, plan, region, codename, rollout } = qualifiers;
  const head =
    facet === 'product_available' && surface !== undefined
      ? `Available in ${PLACES[surface] ?? surface}`
      : FACETS[facet];
  const place = facet === 'product_available' ? undefined : surface;
  const narrower = [
    ...(place === undefined ? [] : [`in ${PLACES[place] ?? place}`]),
    ...(venue === undefined ? [] : [`at ${venue}`]),
    ...(plan === undefined ? [] : [`for ${plan}`]),
    ...(region === undefined ? [] : [`in ${region}`]),
    ...(codename === undefined ? [] : [`as ${codename}`]),
    ...(rollout === undefined ? [] : [`(${rollout.replaceAll('_', ' ')})`]),
  ];
  const words = [head, ...narrower].join(' ');
  return value === null ? words : `${words}${valueWords(facet, value)}`;
}
