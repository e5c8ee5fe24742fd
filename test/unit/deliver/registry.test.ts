import { afterEach, expect, it } from 'vitest';
import { CHANNEL_KINDS, closeChannels, openChannels } from '../../../src/deliver/registry.ts';
import { ConfigError } from '../../../src/domain/errors.ts';

const mail = {
  kind: 'email',
  host: 'mail.example.org',
  from: 'a@example.org',
  to: ['b@example.org'],
};
const chat = { kind: 'slack', url: 'https://hooks.slack.example/services/T/B/x' };

const open: ReturnType<typeof openChannels>[] = [];

afterEach(async () => {
  for (const channels of open.splice(0)) await closeChannels(channels);
});

function opened(settings: unknown) {
  const channels = openChannels(settings, 'config.yaml');
  open.push(channels);
  return channels;
}

function faultsOf(settings: unknown): readonly string[] {
  try {
    opened(settings);
  } catch (thrown) {
    if (thrown instanceof ConfigError)
      return thrown.faults.map(({ path, message }) => `${path}: ${message}`);
    throw thrown;
  }
  return [];
}

it('the channels of a config are opened by name, with the pause their service asks for', () => {
  const channels = opened({ ops: mail, team: chat });
  expect([...channels.keys()]).toEqual(['ops', 'team']);
  expect(channels.get('team')).toMatchObject({ gap: 1_000, fallback: null });
});

it('the channels of a config take a pause and a fallback of their own', () => {
  const team = { ...chat, gapSeconds: 3, fallback: 'ops', fallbackAfterMinutes: 5 };
  const channels = opened({ ops: mail, team });
  expect(channels.get('team')).toMatchObject({
    gap: 3_000,
    fallback: { to: 'ops', after: 300_000 },
  });
});

it('the channels of a config are all checked before one is opened', () => {
  const faults = faultsOf({
    a: { kind: 'pigeon' },
    b: { ...mail, to: [], port: 0 },
    c: { ...chat, url: 'ftp://example.org' },
    d: { ...chat, colour: 'red' },
  });
  expect(faults).toEqual([
    'channels.a.kind: names no kind of channel',
    expect.stringMatching(/^channels\.b\.port: /),
    expect.stringMatching(/^channels\.b\.to: /),
    expect.stringMatching(/^channels\.c\.url: /),
    expect.stringMatching(/^channels\.d: .*colour/),
  ]);
});

it('the channels of a config may fall back on each other but not on themselves or on nothing', () => {
  expect(faultsOf({ ops: { ...mail, fallback: 'ops' } })).toEqual([
    'channels.ops.fallback: is the channel itself',
  ]);
  expect(faultsOf({ ops: { ...mail, fallback: 'pager' } })).toEqual([
    'channels.ops.fallback: there is no channel pager',
  ]);
});

it.each(CHANNEL_KINDS.map((kind) => [kind.kind, kind] as const))(
  'the channels of a config: %s describes every field but the plainest, and none shares a common name',
  (_name, kind) => {
    const names = Object.keys(kind.config.shape);
    expect(names).toContain('timeoutSeconds');
    expect(names).not.toContain('kind');
    expect(names).not.toContain('fallback');
  },
);
