import { axisX, axisY, frame, lineY, type Markish, ruleX, ruleY } from '@observablehq/plot';
import { html } from 'hono/html';
import type { SourceView } from '../read/source-view.ts';
import { type Html, timeWords } from './page.ts';
import { drawn } from './svg.ts';

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
