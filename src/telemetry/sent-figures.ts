import { type Attributes, type HrTime, ValueType } from '@opentelemetry/api';
import { emptyResource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import { systemClock } from '../domain/clock.ts';
import { millisecondsOf } from '../domain/time.ts';
import type { Figure, FigureValue } from '../metrics/metrics.ts';

export type ReadFigures = () => Promise<readonly Figure[]>;

/** The figures of the page for Prometheus in the form of OpenTelemetry: counted once, whoever is shown them. */
export function sentFigures(read: ReadFigures, version: string): MetricProducer {
  const startTime = now();
  return {
    async collect() {
      const endTime = now();
      const metrics = (await read()).flatMap((figure) => metricOf(figure, { startTime, endTime }));
      const scopeMetrics = [{ scope: { name: 'firsthand', version }, metrics }];
      return { resourceMetrics: { resource: emptyResource(), scopeMetrics }, errors: [] };
    },
  };
}

interface Stretch {
  startTime: HrTime;
  endTime: HrTime;
}

/** By the last word of a name. */
const UNITS: Readonly<Record<string, string>> = { seconds: 's', bytes: 'By' };

function metricOf(figure: Figure, stretch: Stretch): readonly MetricData[] {
  const { name, help, kind, values } = figure;
  const unit = UNITS[name.split('_').at(-1) ?? ''] ?? '';
  const descriptor = { name, description: help, unit, valueType: ValueType.DOUBLE };
  const common = { descriptor, aggregationTemporality: AggregationTemporality.CUMULATIVE };
  const dataPoints = () =>
    values.map(({ labels, value }) => ({ ...stretch, attributes: { ...labels }, value }));
  switch (kind) {
    case 'counter':
      return [
        {
          ...{ ...common, dataPointType: DataPointType.SUM },
          ...{ dataPoints: dataPoints(), isMonotonic: true },
        },
      ];
    case 'gauge':
      return [{ ...common, dataPointType: DataPointType.GAUGE, dataPoints: dataPoints() }];
    case 'histogram':
      return [
        {
          ...common,
          dataPointType: DataPointType.HISTOGRAM,
          dataPoints: bucketsOf(values, stretch),
        },
      ];
    case 'summary':
      return [];
  }
}

interface Counted {
  attributes: Attributes;
  /** How many there were up to each boundary. */
  upTo: { boundary: number; count: number }[];
  sum: number;
  count: number;
}

/** Prometheus counts all up to a boundary, OpenTelemetry those between two. */
function bucketsOf(values: readonly FigureValue[], stretch: Stretch): DataPoint<Histogram>[] {
  const groups = new Map<string, Counted>();
  for (const { metricName = '', labels, value } of values) {
    const { le, ...attributes } = labels;
    const key = JSON.stringify(Object.entries(attributes).sort());
    const group = groups.get(key) ?? { attributes, upTo: [], sum: 0, count: 0 };
    groups.set(key, group);
    if (metricName.endsWith('_sum')) group.sum = value;
    else if (metricName.endsWith('_count')) group.count = value;
    else if (le !== undefined && le !== '+Inf') {
      group.upTo.push({ boundary: Number(le), count: value });
    }
  }
  return [...groups.values()].map((counted) => ({
    ...{ ...stretch, attributes: counted.attributes },
    value: histogramOf(counted),
  }));
}

function histogramOf({ upTo, sum, count }: Counted): Histogram {
  const sorted = [...upTo].sort((a, b) => a.boundary - b.boundary);
  const all = [...sorted.map((bucket) => bucket.count), count];
  return {
    buckets: {
      boundaries: sorted.map(({ boundary }) => boundary),
      counts: all.map((one, index) => one - (all[index - 1] ?? 0)),
    },
    ...{ sum, count },
  };
}

function now(): HrTime {
  const milliseconds = millisecondsOf(systemClock.now());
  return [Math.trunc(milliseconds / 1000), (milliseconds % 1000) * 1e6];
}
