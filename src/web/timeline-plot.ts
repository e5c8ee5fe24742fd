import { axisX, barX, dot, ruleX, ruleY, text } from '@observablehq/plot';
import { html } from 'hono/html';
import type { EvidenceRow } from '../read/evidence-view.ts';
import type { ModelView } from '../read/model.ts';
import { type Html, timeWords } from './page.ts';
import { drawn, LEVEL_COLORS } from './svg.ts';

/** The row of the level stands above those of the publishers. */
const LEVEL = 'Level';

/** Publishers beyond these would make the picture unreadable; the table below it has them all. */
const MOST_PUBLISHERS = 24;

interface Said {
  at: Date;
  publisher: string;
  level: string;
  isDenial: boolean;
  quote: string;
}

interface Stretch {
  from: Date;
  to: Date;
  level: string;
}

/** Who said what when: levels as a band, a row a publisher, the confirmation as a line. Once for wide windows, once for narrow ones. */
export function timelinePlot(view: ModelView): Html {
  const said = saidIn(view);
  const label = labelOf(view, said);
  return html`<figure>${drawn(optionsFor(view, said, 860), label, 'wide')}${drawn(optionsFor(view, said, 380), label, 'narrow')}
<figcaption>Band: the level of “released”. Dots: who said it when; filled for, hollow against; the vendor in the colour of “confirmed”. ${view.timeline.confirmedAt === null ? '' : 'Line: the first confirmation.'}</figcaption></figure>`;
}

function labelOf({ status, timeline }: ModelView, said: readonly Said[]): string {
  const publishers = new Set(said.map(({ publisher }) => publisher)).size;
  const confirmed =
    timeline.confirmedAt === null
      ? 'not confirmed'
      : `first confirmed ${timeWords(timeline.confirmedAt)}`;
  return `Timeline of ${status.name}: ${publishers} publishers, ${confirmed}. The tables below say the same in words.`;
}

function saidIn({ evidence }: ModelView): readonly Said[] {
  const pages = new Map<string, EvidenceRow>();
  for (const piece of evidence) {
    const key = `${piece.publisher} ${piece.polarity} ${piece.observedAt.slice(0, 13)}`;
    if (!pages.has(key)) pages.set(key, piece);
  }
  return [...pages.values()].map((piece) => ({
    at: new Date(piece.observedAt),
    publisher: piece.publisherName,
    level: piece.class.startsWith('P') ? 'confirmed' : hearsay(piece),
    isDenial: piece.polarity === 'deny',
    quote: piece.quote,
  }));
}

function hearsay({ force }: EvidenceRow): string {
  return force === 'assert' ? 'secondary' : 'rumor';
}

/** The stretches in which `released` stood at one level. */
function stretches({ timeline }: ModelView, from: Date, to: Date): readonly Stretch[] {
  const moves = timeline.transitions.filter(({ claim }) => claim === 'released');
  const starts = [{ at: from, level: 'unknown' }];
  for (const move of moves) starts.push({ at: new Date(move.at), level: move.to });
  return starts.map(({ at, level }, index) => ({
    from: at < from ? from : at,
    to: starts[index + 1]?.at ?? to,
    level,
  }));
}

function optionsFor(view: ModelView, said: readonly Said[], width: number) {
  const { timeline } = view;
  const publishers = [...new Set(said.map(({ publisher }) => publisher))].slice(0, MOST_PUBLISHERS);
  const shown = said.filter(({ publisher }) => publishers.includes(publisher));
  const [from, to] = rangeOf(shown);
  const confirmed = timeline.confirmedAt === null ? [] : [new Date(timeline.confirmedAt)];
  const isNarrow = width < 500;
  const [support, denial] = [
    shown.filter((one) => !one.isDenial),
    shown.filter((one) => one.isDenial),
  ];
  const dots = { x: 'at', y: 'publisher', r: 5, title: 'quote', strokeWidth: 2 };
  return {
    width,
    height: 64 + (publishers.length + 1) * 24,
    marginLeft: isNarrow ? 128 : 168,
    marginRight: 16,
    marginBottom: 34,
    style: {},
    x: { type: 'utc' as const, domain: [from, to], label: null },
    y: { domain: [LEVEL, ...publishers], label: null, tickSize: 0 },
    color: LEVEL_COLORS,
    marks: [
      ruleY(publishers, { stroke: 'var(--line)' }),
      axisX({ ticks: isNarrow ? 3 : 7, label: null }),
      barX(stretches(view, from, to), {
        ...{ x1: 'from', x2: 'to', y: () => LEVEL, fill: 'level', insetTop: 5, insetBottom: 5 },
      }),
      ruleX(confirmed, { stroke: 'var(--confirmed)', strokeWidth: 1.5, strokeDasharray: '4 3' }),
      dot(support, { ...dots, fill: 'level', stroke: 'level' }),
      dot(denial, { ...dots, fill: 'var(--page)', stroke: 'level' }),
      text(confirmed, {
        x: (at: Date) => at,
        frameAnchor: 'top',
        dy: -12,
        text: () => 'confirmed',
      }),
    ],
  };
}

/** From the first to the last thing said, with some room on both sides. */
function rangeOf(said: readonly Said[]): [Date, Date] {
  const times = said.map(({ at }) => at.getTime());
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const room = Math.max((last - first) * 0.04, 3_600_000);
  return [new Date(first - room), new Date(last + room)];
}
