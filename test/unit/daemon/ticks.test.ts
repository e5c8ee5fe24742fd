import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startTicks } from '../../../src/daemon/ticks.ts';
import { systemClock } from '../../../src/domain/clock.ts';
import { HOUR } from '../../../src/domain/time.ts';
import { type Logger, silentLogger } from '../../../src/log.ts';
import { processorTime } from '../../support/processor-time.ts';

const START = Date.UTC(2026, 9, 25, 0, 59, 59);

let ticks: number[];
let jumps: unknown[];
let running: { stop(): void };

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  [ticks, jumps] = [[], []];
  const log: Logger = { ...silentLogger, warn: ({ seconds }) => void jumps.push(seconds) };
  const onTick = () => void ticks.push(performance.now());
  running = startTicks({ seconds: 2, clock: systemClock, log, onTick });
});

afterEach(() => {
  running.stop();
  vi.useRealTimers();
});

it('ticks come every few seconds, through the hour that a zone repeats too', async () => {
  await vi.advanceTimersByTimeAsync(2 * HOUR);
  expect(ticks.length).toBeGreaterThanOrEqual(3_599);
  expect(jumps).toEqual([]);
});

it('ticks go on when the clock is set back by hours', async () => {
  await vi.advanceTimersByTimeAsync(10_000);
  const before = ticks.length;
  vi.setSystemTime(START - 5 * HOUR);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ticks.length - before).toBeGreaterThanOrEqual(4);
  expect(jumps).toEqual([-5 * 3_600 - 10]);
});

it('ticks go on after a long sleep, without going through what was missed', async () => {
  await vi.advanceTimersByTimeAsync(10_000);
  const before = ticks.length;
  vi.setSystemTime(START + 30 * 24 * HOUR);
  const took = await processorTime(() => vi.advanceTimersByTimeAsync(10_000));
  expect(ticks.length - before).toBeLessThan(10);
  expect(ticks.length - before).toBeGreaterThanOrEqual(4);
  expect(took).toBeLessThan(10_000);
});

it('ticks end when they are stopped', async () => {
  running.stop();
  await vi.advanceTimersByTimeAsync(HOUR);
  expect(ticks).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
