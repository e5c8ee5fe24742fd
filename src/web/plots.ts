import {
  axisX,
  axisY,
  barX,
  frame,
  lineY,
  type Markish,
  type PlotOptions,
  plot,
  ruleX,
  ruleY,
  text,
} from '@observablehq/plot';
import { html, raw } from 'hono/html';
import { parseHTML } from 'linkedom';
import type { ModelView } from '../read/model.ts';
import type { SourceView } from '../read/sources.ts';
import { claimWords } from '../read/verdict-words.ts';
import type { TimelineView } from '../read/views.ts';
import { type Html, pill, timeWords } from './page.ts';

/** One colour a level, by the names that the style sheet gives them in light and in dark. */
const LEVEL_COLORS = {
  type: 'ordinal',
  domain: ['confirmed', 'secondary', 'rumor', 'unknown', 'withdrawn', 'contradicted'],
  range: [
    'var(--confirmed)',
    'var(--secondary)',
    'var(--rumor)',
    'var(--faint)',
    'var(--withdrawn)',
    'var(--withdrawn)',
  ],
} as const;

/** A picture drawn here, so that a browser needs no script to show it; `label` is what it says in words. */
function drawn(options: PlotOptions, label: string, className: string): Html {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const figure = plot({ ...options, document, className: 'plot' });
  // What stands in the style sheet already; the policy of our pages lets no style stand in the page.
  for (const style of figure.querySelectorAll('style')) style.remove();
  // One picture, one name: what its parts are called says nothing more.
  for (const part of figure.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  figure.setAttribute('role', 'img');
  figure.setAttribute('aria-label', label);
  figure.setAttribute('class', `plot ${className}`);
  return raw(figure.outerHTML);
}

type Move = TimelineView['transitions'][number];
type Level = Move['to'];

interface Stretch {
  place: string;
  from: Date;
  to: Date;
  level: Level;
}

/** How sure it was, place by place: a band each, in the colours of the levels. Once for wide windows, once for narrow ones. */
export function levelPlot(view: ModelView): Html {
  const { timeline } = view;
  const places = placesIn(timeline.transitions);
  if (places.size === 0) return html``;
  const [from, to] = rangeOf(timeline);
  const bands = [...places].flatMap(([place, moves]) => stretches(place, moves, from, to));
  const levels = LEVEL_COLORS.domain.filter((level) => bands.some((band) => band.level === level));
  const label = labelOf(view, [...places.keys()]);
  const picture = (width: number, name: string) =>
    drawn(optionsFor(bands, timeline.confirmedAt, width), label, name);
  return html`<figure>${picture(860, 'wide')}${picture(380, 'narrow')}
<figcaption>How sure it was, place by place: ${levels.map((level) => html`${pill(level)} `)}${timeline.confirmedAt === null ? '' : 'The line: the first confirmation.'}</figcaption></figure>`;
}

function labelOf({ status, timeline }: ModelView, places: readonly string[]): string {
  const confirmed =
    timeline.confirmedAt === null
      ? 'not confirmed'
      : `first confirmed ${timeWords(timeline.confirmedAt)}`;
  return `Levels of ${status.name} over time: ${places.join(', ')}; ${confirmed}. "Every move" below says the same in words.`;
}

/** Moves by place, the headline first; dates, prices and other names of it are no places. */
function placesIn(moves: readonly Move[]): ReadonlyMap<string, readonly Move[]> {
  const places = new Map<string, Move[]>();
  const isPlace = ({ claim }: Move) => !claim.includes('@') && !/^(?:identity|date)\b/.test(claim);
  const ordered = [...moves].sort((a, b) => Number(isHeadline(b)) - Number(isHeadline(a)));
  for (const move of ordered.filter(isPlace)) {
    const place = claimWords(move.claim);
    places.set(place, [...(places.get(place) ?? []), move]);
  }
  const someProduct = claimWords('product_available');
  const isNamed = moves.some(({ claim }) => claim.startsWith('product_available:'));
  if (isNamed) places.delete(someProduct);
  return places;
}

function isHeadline({ claim }: Move): boolean {
  return claim === 'released';
}

/** The stretches in which one claim stood at one level. */
function stretches(
  place: string,
  moves: readonly Move[],
  from: Date,
  to: Date,
): readonly Stretch[] {
  const inOrder = moves.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return inOrder.map(({ at, to: level }, index) => {
    const next = inOrder[index + 1];
    return {
      ...{ place, level },
      from: new Date(Math.max(Date.parse(at), from.getTime())),
      to: next === undefined ? to : new Date(next.at),
    };
  });
}

function optionsFor(bands: readonly Stretch[], confirmedAt: string | null, width: number) {
  const places = [...new Set(bands.map(({ place }) => place))];
  const times = bands.flatMap(({ from, to }) => [from.getTime(), to.getTime()]);
  const domain = [new Date(Math.min(...times)), new Date(Math.max(...times))];
  const confirmed = confirmedAt === null ? [] : [new Date(confirmedAt)];
  const isNarrow = width < 500;
  return {
    width,
    height: 64 + places.length * 24,
    marginLeft: isNarrow ? 128 : 168,
    marginRight: 16,
    marginBottom: 34,
    style: {},
    x: { type: 'utc' as const, domain, label: null },
    y: { domain: places, label: null, tickSize: 0 },
    color: LEVEL_COLORS,
    marks: [
      axisX({ ticks: isNarrow ? 3 : 7, label: null }),
      barX(bands, {
        ...{ x1: 'from', x2: 'to', y: 'place', fill: 'level', insetTop: 4, insetBottom: 4 },
      }),
      ruleX(confirmed, { stroke: 'var(--confirmed)', strokeWidth: 1.5, strokeDasharray: '4 3' }),
      text(confirmed, {
        x: (at: Date) => at,
        frameAnchor: 'top',
        dy: -12,
        text: () => 'confirmed',
      }),
    ],
  };
}

/** From the first move to a little behind the last, so that where it stands now can be seen. */
function rangeOf({ transitions }: TimelineView): [Date, Date] {
  const times = transitions.map(({ at }) => Date.parse(at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const room = Math.max((last - first) * 0.15, 3_600_000);
  return [new Date(first), new Date(last + room)];
}

/** The history of a source as small pictures over one stretch of time: good checks, models shown, changes. */
export function sourcePlot(view: SourceView): Html {
  const times = view.checks.map(({ at }) => at).sort();
  const [first = '', last = ''] = [times[0], times.at(-1)];
  const domain = [new Date(first), new Date(last)];
  const between = `${timeWords(first)} to ${timeWords(last)}`;
  const bad = view.checks.filter(({ failure }) => failure !== null).length;
  return html`<div class="multiples">
${small('Checks', `${view.checks.length} checks from ${between}, ${bad} of them not good`, domain, checkMarks(view))}
${small('Known models shown', `How many known models each answer showed, ${between}`, domain, shownMarks(view))}
${small('Changes a day', `How many entries changed each day, ${between}`, domain, changeMarks(view))}
</div>`;
}

type Marks = readonly Markish[];

function small(title: string, label: string, domain: readonly Date[], marks: Marks): Html {
  const options = {
    ...{ width: 340, height: 120, marginLeft: 34, marginRight: 12, marginBottom: 26 },
    x: { type: 'utc' as const, domain: [...domain], label: null },
    y: { label: null, nice: true },
    marks: [frame({ stroke: 'var(--line)' }), axisX({ ticks: 3, label: null }), ...marks],
  };
  return html`<figure><figcaption>${title}</figcaption>${drawn(options, label, 'small')}</figure>`;
}

function checkMarks({ checks }: SourceView): Marks {
  const [good, bad] = [
    checks.filter(({ failure }) => failure === null),
    checks.filter(({ failure }) => failure !== null),
  ].map((some) => some.map(({ at }) => new Date(at)));
  return [
    ruleX(good ?? [], { stroke: 'var(--confirmed)', strokeOpacity: 0.7 }),
    ruleX(bad ?? [], { stroke: 'var(--withdrawn)', strokeWidth: 2 }),
  ];
}

function shownMarks({ checks }: SourceView): Marks {
  const good = checks.filter(({ failure }) => failure === null);
  const points = good.map(({ at, shows }) => ({ at: new Date(at), shows }));
  return [
    axisY({ ticks: 3, label: null }),
    ruleY([0], { stroke: 'var(--line)' }),
    lineY(points, { x: 'at', y: 'shows', stroke: 'var(--accent)', curve: 'step-after' }),
  ];
}

function changeMarks({ changes }: SourceView): Marks {
  const days = new Map<string, number>();
  for (const { at } of changes) days.set(at.slice(0, 10), (days.get(at.slice(0, 10)) ?? 0) + 1);
  const bars = [...days].map(([day, count]) => ({ day: new Date(`${day}T12:00:00Z`), count }));
  return [
    axisY({ ticks: 3, label: null }),
    ruleY([0], { stroke: 'var(--line)' }),
    ruleX(bars, { x: 'day', y: 'count', stroke: 'var(--accent)', strokeWidth: 4 }),
  ];
}
