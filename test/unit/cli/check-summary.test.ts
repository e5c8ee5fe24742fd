import { expect, it, vi } from 'vitest';
import { type Fault, printTroubles } from '../../../src/cli/check-summary.ts';

function shown(faults: readonly Fault[], addresses: number): string {
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  printTroubles(faults, addresses);
  const text = said.mock.calls.map(([written]) => String(written)).join('');
  said.mockRestore();
  return text;
}

function unresolved(host: string): Fault {
  const why = `The name ${host} could not be resolved (ENOTFOUND).`;
  return { state: 'unreachable', host, atHost: 1, why };
}

it('what could not be read is one line when there is no network, however many addresses it cuts off', () => {
  const hosts = Array.from({ length: 290 }, (_, n) => `host-${n % 40}.example`);
  expect(
    shown(
      hosts.map((host) => ({ ...unresolved(host), atHost: 7 })),
      290,
    ),
  ).toBe(
    [
      'no network, it seems; unreachable: 290 addresses of host-0.example, host-1.example, host-2.example,',
      '  host-3.example and 36 more hosts',
      '  The name host-0.example could not be resolved (ENOTFOUND).',
      '',
    ].join('\n'),
  );
});

it('what could not be read is a line for each cause, the largest first, with its hosts', () => {
  const wall = {
    state: 'blocked',
    host: 'openai.com',
    atHost: 2,
    why: 'openai.com answered 403.',
  };
  const off = { state: 'off', host: 'api.x.com', atHost: 1, why: 'No key is set.' };
  expect(shown([off, unresolved('a.example'), wall, wall], 100)).toBe(
    [
      'blocked: 2 addresses of openai.com',
      '  openai.com answered 403.',
      'off: api.x.com',
      '  No key is set.',
      'unreachable: a.example',
      '  The name a.example could not be resolved (ENOTFOUND).',
      '',
    ].join('\n'),
  );
});

it('what could not be read names a host alone only when all of it that is read is cut off', () => {
  const wall = { state: 'blocked', host: 'openai.com', why: 'openai.com answered 403.' };
  expect(shown([{ ...wall, atHost: 3 }], 100)).toContain('1 of 3 addresses at openai.com\n');
  expect(shown([{ ...wall, atHost: 1 }], 100)).toContain('blocked: openai.com\n');
  const partly = { ...unresolved('b.example'), atHost: 4 };
  expect(shown([unresolved('a.example'), partly], 100)).toContain(
    'unreachable: 2 addresses of a.example and b.example (1 of 4)\n',
  );
});

it('what could not be read says since when', () => {
  const since = '2026-04-21T19:12:00.000Z';
  const later = { ...unresolved('b.example'), since: '2026-04-22T19:12:00.000Z' };
  expect(shown([later, { ...unresolved('a.example'), since }], 100)).toContain(
    'unreachable since 21 Apr 2026 19:12 UTC: 2 addresses of b.example and a.example',
  );
});
