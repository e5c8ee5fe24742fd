import { expect, it } from 'vitest';
import { trustedClock } from '../../../src/app/trusted-clock.ts';
import { DAY, HOUR, instantOf, MINUTE, millisecondsOf, SECOND } from '../../../src/domain/time.ts';

const START = millisecondsOf('2026-11-29T12:00:00.000Z');
const TWELVE_YEARS = 12 * 365 * DAY;

/** A machine whose clock can be set, beside what time it really is. */
function machine(off = 0) {
  const time = { real: START, passed: 0, off };
  const clock = trustedClock({ now: () => instantOf(time.real + time.off) }, () => time.passed);
  return {
    clock,
    pass(milliseconds: number) {
      time.real += milliseconds;
      time.passed += milliseconds;
    },
    sleep(milliseconds: number) {
      time.real += milliseconds;
    },
    set(milliseconds: number) {
      time.off = milliseconds;
    },
    /** Asks a host whose own clock may be wrong; says whether its answer may be stored. */
    ask: (host: string, wrong = 0, age = 0) =>
      clock.heard(host, {
        date: new Date(time.real + wrong - age).toUTCString(),
        age: String(age / SECOND),
      }),
    /** How far what the clock says is from what time it is, in milliseconds. */
    error: () => millisecondsOf(clock.now()) - time.real,
  };
}

it('a clock that hosts bear out is the one of the machine while they agree, caches and slow answers allowed', () => {
  const { clock, pass, ask, error } = machine();
  expect(ask('a.example')).toBe(true);
  expect(ask('b.example', -3 * MINUTE)).toBe(true);
  expect(ask('c.example', 0, 6 * HOUR)).toBe(true);
  pass(DAY);
  expect(error()).toBe(0);
  expect(clock.heard('d.example', {})).toBe(true);
});

it('a clock that hosts bear out goes on through a clock that is set twelve years ahead and back', () => {
  const { pass, set, ask, error } = machine();
  ask('a.example');
  set(TWELVE_YEARS);
  expect(error()).toBe(0);
  pass(MINUTE);
  expect(ask('a.example')).toBe(true);
  expect(error()).toBe(0);
  pass(HOUR);
  set(0);
  expect(error()).toBe(0);
  ask('b.example');
  expect(error()).toBe(0);
});

it('a clock that hosts bear out takes the new time as soon as one host says so: the machine slept, or was mended', () => {
  const { sleep, ask, error } = machine();
  ask('a.example');
  sleep(8 * HOUR);
  expect(error()).toBe(-8 * HOUR);
  expect(ask('a.example')).toBe(true);
  expect(error()).toBe(0);
});

it('a clock that hosts bear out is corrected when it is wrong from the start, and stores nothing before', () => {
  const { ask, error, set } = machine(TWELVE_YEARS);
  expect(ask('a.example')).toBe(false);
  expect(ask('b.example')).toBe(true);
  expect(Math.abs(error())).toBeLessThan(2 * SECOND);
  set(0);
  ask('a.example');
  expect(Math.abs(error())).toBeLessThan(2 * SECOND);
});

it('a clock that hosts bear out is not moved by one host that is wrong, which is read all the same', () => {
  const { ask, error } = machine();
  ask('a.example');
  expect(ask('wrong.example', TWELVE_YEARS)).toBe(true);
  expect(error()).toBe(0);
  const alone = machine();
  const answers = [1, 2, 3, 4].map(() => alone.ask('wrong.example', -30 * DAY));
  expect(answers).toEqual([false, false, false, true]);
  expect(alone.error()).toBe(0);
});

it('a clock that hosts bear out lets one host choose between two times after a jump, and no third', () => {
  const { set, ask, error } = machine();
  ask('a.example');
  set(DAY);
  ask('wrong.example', TWELVE_YEARS);
  expect(error()).toBe(0);
  ask('a.example');
  expect(error()).toBe(0);
});
