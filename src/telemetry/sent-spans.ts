import {
  type Attributes,
  type Context,
  isSpanContextValid,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  type SpanContext,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { systemClock } from '../domain/clock.ts';
import { millisecondsOf } from '../domain/time.ts';
import type { Beginning, Span, SpanFields } from '../tracing.ts';

/** The process as a whole, whose parts are sent as spans. `hide` strikes secrets out of what is sent. */
export function spanOfProcess(tracer: Tracer, hide: (text: string) => string): Span {
  const begin: Span['begin'] = (name, beginning) =>
    spanIn({ tracer, hide }, ROOT_CONTEXT, name, beginning);
  return { context: null, begin, add: () => undefined, end: () => undefined };
}

interface Sending {
  tracer: Tracer;
  hide: (text: string) => string;
}

function spanIn(sending: Sending, inside: Context, name: string, beginning: Beginning = {}): Span {
  const { fields = {}, ago = 0, from, links = [] } = beginning;
  const span = sending.tracer.startSpan(
    name,
    {
      attributes: attributesOf(sending, fields),
      links: links.flatMap((link) => spanContextOf(link) ?? []).map((context) => ({ context })),
      ...(ago > 0 && { startTime: millisecondsOf(systemClock.now()) - ago }),
    },
    from === undefined ? inside : contextFrom(from),
  );
  const own = trace.setSpan(ROOT_CONTEXT, span);
  return {
    context: traceparentOf(span.spanContext()),
    begin: (part, its) => spanIn(sending, own, part, its),
    add: (added) => void span.setAttributes(attributesOf(sending, added)),
    end: (error) => endSpan(sending, span, error ?? null),
  };
}

function endSpan({ hide }: Sending, span: OtelSpan, error: Error | null): void {
  if (error !== null) {
    span.setAttribute('error.type', error.name);
    span.setStatus({ code: SpanStatusCode.ERROR, message: hide(error.message) });
  }
  span.end();
}

/** What the conventions have a name for goes by it. */
const NAMED: Readonly<Record<string, string>> = { url: 'url.full' };

function attributesOf({ hide }: Sending, fields: SpanFields): Attributes {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      NAMED[name] ?? `firsthand.${name}`,
      typeof value === 'string' ? hide(value) : value,
    ]),
  );
}

/** What came with a row of the database; anything but a context begins a trace of its own. */
function contextFrom(traceparent: string | null): Context {
  const context = traceparent === null ? null : spanContextOf(traceparent);
  return context === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, context);
}

function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

function spanContextOf(traceparent: string): SpanContext | null {
  const [, traceId = '', spanId = '', flags = ''] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent) ?? [];
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(context) ? context : null;
}
