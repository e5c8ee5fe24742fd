import { axisX, barX, ruleX, text } from '@observablehq/plot';
import { html } from 'hono/html';
import { claimWords } from '../read/claim-words.ts';
import type { ModelView } from '../read/model.ts';
import type { TimelineView } from '../read/views.ts';
import { type Html, pill, timeWords } from './page.ts';
import { drawn, LEVEL_COLORS } from './svg.ts';

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
