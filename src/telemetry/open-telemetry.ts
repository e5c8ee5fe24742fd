import { DiagLogLevel, diag } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import pTimeout from 'p-timeout';
import { MINUTE, SECOND } from '../domain/time.ts';
import { type Logger, strikeOut } from '../log.ts';
import { untraced } from '../tracing.ts';
import { type ReadFigures, sentFigures } from './sent-figures.ts';
import { spanOfProcess } from './sent-spans.ts';
import type { Telemetry } from './telemetry.ts';

export interface TelemetryOptions {
  /** Where a collector takes OTLP over HTTP; null for where the variables say, or this machine. */
  endpoint: string | null;
  environment: Readonly<Record<string, string | undefined>>;
  version: string;
  /** Which process this is among those of one name. */
  instance: string;
  log: Logger;
  /** Values that must not be sent, wherever they turn up. */
  secrets: readonly string[];
}

/**
 * What is left may take so long to be sent when the process ends, in milliseconds. Sending what came before is tried no
 * longer, unless a variable says so: trying keeps the process alive.
 */
const LAST_WORDS = 3 * SECOND;

/** Sends traces and figures to a collector, as OTLP in JSON. What cannot be sent is logged and holds up nothing. */
export function openTelemetry(options: TelemetryOptions): Telemetry {
  const { environment, log, secrets, version } = options;
  tellFaults(log, strikeOut(secrets));
  warnOfProtocol(environment, log);
  const resource = resourceOf(options);
  const closing: (() => Promise<void>)[] = [];
  return {
    isOn: true,
    trace: environment['OTEL_TRACES_EXPORTER'] === 'none' ? untraced : openTraces(),
    show(read) {
      if (environment['OTEL_METRICS_EXPORTER'] !== 'none') openFigures(read);
    },
    async close() {
      const ended = Promise.allSettled(closing.splice(0).map((close) => close()));
      await pTimeout(ended, { milliseconds: LAST_WORDS, fallback: () => undefined });
      diag.disable();
    },
  };

  function openTraces() {
    const exporter = new OTLPTraceExporter(placeOf(options, 'traces'));
    const spanProcessors = [new BatchSpanProcessor(exporter)];
    const provider = new BasicTracerProvider({ resource, spanProcessors });
    closing.push(() => provider.shutdown());
    return spanOfProcess(provider.getTracer('firsthand', version), strikeOut(secrets));
  }

  function openFigures(read: ReadFigures) {
    const reader = new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter(placeOf(options, 'metrics')),
      exportIntervalMillis: millisecondsOf(environment['OTEL_METRIC_EXPORT_INTERVAL']) ?? MINUTE,
      exportTimeoutMillis: Math.min(
        millisecondsOf(environment['OTEL_METRIC_EXPORT_TIMEOUT']) ?? MINUTE / 2,
        millisecondsOf(environment['OTEL_METRIC_EXPORT_INTERVAL']) ?? MINUTE,
      ),
      metricProducers: [sentFigures(read, version)],
    });
    const provider = new MeterProvider({ resource, readers: [reader] });
    closing.push(() => provider.shutdown());
  }
}

/** What is not said here, the exporter reads from `OTEL_EXPORTER_OTLP_*` itself. */
function placeOf(
  { endpoint, environment }: TelemetryOptions,
  signal: 'traces' | 'metrics',
): { url?: string; timeoutMillis?: number } {
  const names = ['OTEL_EXPORTER_OTLP', `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}`];
  const isTimed = names.some((name) => environment[`${name}_TIMEOUT`] !== undefined);
  return {
    ...(endpoint !== null && { url: `${endpoint.replace(/\/+$/, '')}/v1/${signal}` }),
    ...(!isTimed && { timeoutMillis: LAST_WORDS }),
  };
}

/** What `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` say goes before our own words. */
function resourceOf({ environment, version, instance }: TelemetryOptions): Resource {
  const own = resourceFromAttributes({
    'service.name': 'firsthand',
    'service.version': version,
    'service.instance.id': instance,
  });
  const said = detectResources({ detectors: [envDetector] });
  const name = environment['OTEL_SERVICE_NAME'];
  const named = name === undefined || name === '' ? {} : { 'service.name': name };
  return defaultResource().merge(own).merge(said).merge(resourceFromAttributes(named));
}

function millisecondsOf(said: string | undefined): number | null {
  const value = Number(said);
  return said !== undefined && Number.isFinite(value) && value > 0 ? value : null;
}

/** The libraries tell of what they could not send here, and nowhere else. */
function tellFaults(log: Logger, hide: (text: string) => string): void {
  const tell = (told: string) =>
    log.warn({ because: hide(reasonIn(told)) }, 'telemetry was not sent');
  const ignore = () => undefined;
  diag.setLogger(
    { error: tell, warn: tell, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}

/** Errors are told as JSON with all that hangs on them: their message is what a person can use. */
function reasonIn(told: string): string {
  try {
    const { message }: { message?: unknown } = JSON.parse(told);
    return typeof message === 'string' ? (message.split('\n')[0] ?? '') : told;
  } catch {
    return told;
  }
}

const PROTOCOLS = ['', '_TRACES', '_METRICS'].map(
  (signal) => `OTEL_EXPORTER_OTLP${signal}_PROTOCOL`,
);

function warnOfProtocol(environment: TelemetryOptions['environment'], log: Logger): void {
  for (const name of PROTOCOLS) {
    const protocol = environment[name] ?? 'http/json';
    if (protocol === 'http/json') continue;
    log.warn({ [name]: protocol }, 'telemetry is sent as http/json, whatever the variable says');
  }
}
