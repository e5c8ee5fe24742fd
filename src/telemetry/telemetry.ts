import { type Span, untraced } from '../tracing.ts';
import type { ReadFigures } from './sent-figures.ts';

/** What is told to a collector of traces and figures. */
export interface Telemetry {
  isOn: boolean;
  /** The process as a whole: what begins here begins a trace. */
  trace: Span;
  /** Sends figures from now on, read anew each time. */
  show(read: ReadFigures): void;
  /** Sends what is left, within a few seconds. */
  close(): Promise<void>;
}

/** Nobody is told anything. */
export const noTelemetry: Telemetry = {
  isOn: false,
  trace: untraced,
  show: () => undefined,
  close: () => Promise.resolve(),
};
