import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endWithTest } from './endings.ts';

/** A span as OTLP in JSON has it, as far as tests look. */
export interface SentSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: readonly Attribute[];
  status: { code?: number; message?: string };
  links?: readonly { traceId: string }[];
}

interface Attribute {
  key: string;
  value: Readonly<Record<string, unknown>>;
}

export interface SentFigure {
  name: string;
  unit: string;
  sum?: { dataPoints: readonly Point[]; isMonotonic: boolean };
  gauge?: { dataPoints: readonly Point[] };
  histogram?: { dataPoints: readonly Point[] };
}

interface Point {
  attributes: readonly Attribute[];
  asDouble?: number;
  count?: number;
  sum?: number;
  explicitBounds?: readonly number[];
  bucketCounts?: readonly number[];
}

/** A collector of OpenTelemetry that takes OTLP over HTTP, in JSON. */
export interface Collector {
  url: string;
  spans: SentSpan[];
  /** What was sent last of each figure. */
  figures: Map<string, SentFigure>;
  /** What was said of who sends, by name. */
  resource: Map<string, unknown>;
  headers: IncomingMessage['headers'][];
  /** Answers with this status from now on. */
  status: number;
}

export async function openCollector(): Promise<Collector> {
  const collector: Collector = {
    ...{ url: '', spans: [], figures: new Map(), resource: new Map(), headers: [], status: 200 },
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      collector.headers.push(request.headers);
      if (collector.status === 200) take(collector, request.url ?? '', Buffer.concat(chunks));
      response.writeHead(collector.status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  endWithTest(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return collector;
}

interface Sent<Scope> {
  resource: { attributes: readonly Attribute[] };
  scopeSpans?: readonly Scope[];
  scopeMetrics?: readonly Scope[];
}

function take(collector: Collector, path: string, body: Buffer): void {
  const document: unknown = JSON.parse(body.toString());
  if (path === '/v1/traces') {
    const { resourceSpans } = document as {
      resourceSpans: readonly Sent<{ spans: readonly SentSpan[] }>[];
    };
    for (const { resource, scopeSpans = [] } of resourceSpans) {
      keep(collector, resource.attributes);
      collector.spans.push(...scopeSpans.flatMap(({ spans }) => spans));
    }
  }
  if (path === '/v1/metrics') {
    const { resourceMetrics } = document as {
      resourceMetrics: readonly Sent<{ metrics: readonly SentFigure[] }>[];
    };
    const all = resourceMetrics.flatMap(({ scopeMetrics = [] }) => scopeMetrics);
    for (const figure of all.flatMap(({ metrics }) => metrics)) {
      collector.figures.set(figure.name, figure);
    }
  }
}

function keep({ resource }: Collector, attributes: readonly Attribute[]): void {
  for (const { key, value } of attributes) resource.set(key, Object.values(value)[0]);
}

/** The attributes of a span or a point by name. */
export function attributesOf({
  attributes,
}: {
  attributes: readonly Attribute[];
}): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
