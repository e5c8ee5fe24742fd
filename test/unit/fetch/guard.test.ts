import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FetchError } from '../../../src/domain/errors.ts';
import { type GuardOptions, openGuard } from '../../../src/fetch/guard.ts';

function verdict(url: string, allow: string[] = []): string {
  try {
    openGuard({ allow }).check(new URL(url));
    return 'passes';
  } catch (error) {
    return error instanceof FetchError ? error.kind : 'crash';
  }
}

function urlOf(address: string): string {
  return address.includes(':') ? `http://[${address}]/` : `http://${address}/`;
}

function lookedUp(
  addresses: string[],
  options: Partial<GuardOptions> & { all?: boolean } = {},
): Promise<unknown> {
  const guard = openGuard({
    allow: [],
    resolve: (_name, _how, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
    ...options,
  });
  return new Promise((resolve) => {
    guard.lookup('host.example', { all: options.all ?? true }, (error, found) =>
      resolve(error ?? found),
    );
  });
}

it.each([
  '127.0.0.1',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '198.18.0.1',
  '::1',
  '::',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::a00:1',
  '2002:7f00:1::',
  '2001::1',
  'fe80::1',
  'fec0::1',
  'fd00:ec2::254',
])('an address: %s is off limits', (address) => {
  expect(verdict(urlOf(address))).toBe('forbidden-address');
});

it.each(['8.8.8.8', '104.18.33.45', '2606:4700::6812:212d'])(
  'an address: %s is public',
  (address) => {
    expect(verdict(urlOf(address))).toBe('passes');
  },
);

it('an address in a private range is refused however its IPv4 is wrapped into IPv6', () => {
  const privateAddress = fc
    .tuple(
      fc.constantFrom([10], [127], [192, 168], [169, 254], [100, 64]),
      fc.infiniteStream(fc.nat(255)),
    )
    .map(([head, rest]) => [
      ...head,
      ...Array.from({ length: 4 - head.length }, () => rest.next().value ?? 0),
    ]);
  const prefixes = ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::'];
  fc.assert(
    fc.property(
      privateAddress,
      fc.constantFrom(...prefixes),
      ([a = 0, b = 0, c = 0, d = 0], prefix) => {
        const [high, low] = [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
        const wrapped = `${prefix}${high}:${low}`;
        const sixToFour = `2002:${high}:${low}::`;
        return [`${a}.${b}.${c}.${d}`, wrapped, sixToFour].every(
          (address) => verdict(urlOf(address)) === 'forbidden-address',
        );
      },
    ),
  );
});

it.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://127.0.0.1./',
  'http://①②⑦.0.0.1/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'file:///etc/passwd',
  'gopher://news.example/',
  'http://user@news.example/',
])('a URL: %s is refused', (url) => {
  expect(verdict(url)).toBe('forbidden-address');
});

it('a URL of a public host passes, and so does what a person listed', () => {
  expect(verdict('https://news.example/')).toBe('passes');
  expect(verdict('http://10.1.2.3/', ['10.0.0.0/8'])).toBe('passes');
  expect(verdict('http://[::1]/', ['::1'])).toBe('passes');
  expect(verdict('http://2130706433/', ['127.0.0.1'])).toBe('passes');
});

it('a URL is not let in by a neighbour on the list', () => {
  expect(verdict('http://10.1.2.3/', ['10.1.2.4', '11.0.0.0/8'])).toBe('forbidden-address');
  expect(verdict('http://[::ffff:127.0.0.1]/', ['127.0.0.1'])).toBe('forbidden-address');
});

it('a name that stands for public addresses gives them all, or the first one', async () => {
  expect(await lookedUp(['8.8.8.8', '2606:4700::1'])).toEqual([
    { address: '8.8.8.8', family: 4 },
    { address: '2606:4700::1', family: 6 },
  ]);
  expect(await lookedUp(['8.8.8.8', '1.1.1.1'], { all: false })).toBe('8.8.8.8');
});

it('a name is refused when one of its addresses is private', async () => {
  expect(await lookedUp(['8.8.8.8', '127.0.0.1'])).toMatchObject({ kind: 'forbidden-address' });
  expect(await lookedUp(['::ffff:10.0.0.1'])).toMatchObject({ kind: 'forbidden-address' });
});

it('a name may stand for a private address when a person listed the name or the range', async () => {
  const private4 = [{ address: '10.0.0.1', family: 4 }];
  expect(await lookedUp(['10.0.0.1'], { allow: ['HOST.example'] })).toEqual(private4);
  expect(await lookedUp(['10.0.0.1'], { allow: ['10.0.0.0/24'] })).toEqual(private4);
});

it('a name that cannot be resolved fails as the resolver says', async () => {
  const error = Object.assign(new Error('no'), { code: 'ENOTFOUND' });
  expect(await lookedUp([], { resolve: (_n, _h, done) => done(error, []) })).toBe(error);
});
