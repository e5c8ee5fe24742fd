import { expect, it } from 'vitest';
import { FetchError } from '../../../src/domain/errors.ts';
import { faultOf, type Phase } from '../../../src/fetch/faults.ts';

const coded = (code: string) => Object.assign(new Error(`raw ${code}`), { code });
const URL_ASKED = 'https://news.example/a';

it.each<[string, Phase, string, boolean]>([
  ['ENOTFOUND', 'head', 'dns', true],
  ['EAI_AGAIN', 'head', 'dns', true],
  ['ECONNREFUSED', 'head', 'connect', true],
  ['EHOSTUNREACH', 'head', 'connect', true],
  ['ECONNRESET', 'head', 'connect', true],
  ['ECONNRESET', 'body', 'cut-off', true],
  ['UND_ERR_SOCKET', 'body', 'cut-off', true],
  ['UND_ERR_CONNECT_TIMEOUT', 'head', 'timeout', true],
  ['UND_ERR_HEADERS_TIMEOUT', 'head', 'timeout', true],
  ['UND_ERR_BODY_TIMEOUT', 'body', 'timeout', true],
  ['UND_ERR_HEADERS_OVERFLOW', 'head', 'too-large', false],
  ['HPE_INVALID_CONSTANT', 'head', 'content', false],
  ['CERT_HAS_EXPIRED', 'head', 'tls', false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'head', 'tls', false],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'head', 'tls', false],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'head', 'tls', false],
  ['EPROTO', 'head', 'tls', false],
])('an error of an exchange of code %s in the %s is of kind %s', (code, phase, kind, transient) => {
  const fault = faultOf(coded(code), URL_ASKED, phase);
  expect(fault).toMatchObject({ kind, transient });
  expect(fault.message).toContain('news.example');
  expect(fault.message).toContain(code);
  expect(fault.cause).toBeInstanceOf(Error);
});

it('an error of an exchange is known by the code of its cause, or of the first of several', () => {
  const wrapped = new Error('fetch failed', { cause: coded('ENOTFOUND') });
  expect(faultOf(wrapped, URL_ASKED).kind).toBe('dns');
  const several = new AggregateError([coded('ETIMEDOUT'), coded('ECONNREFUSED')]);
  expect(faultOf(several, URL_ASKED).kind).toBe('timeout');
});

it('an error of an exchange is handed through when it is, or carries, one of ours', () => {
  const ours = new FetchError('forbidden-address', 'no');
  expect(faultOf(ours, URL_ASKED)).toBe(ours);
  expect(faultOf(new Error('outer', { cause: ours }), URL_ASKED)).toBe(ours);
  expect(faultOf(new AggregateError([ours]), URL_ASKED)).toBe(ours);
});

it('an error of an exchange is a fault even when it is no error at all', () => {
  expect(faultOf('boom', 'not a url')).toMatchObject({
    kind: 'connect',
    message: expect.stringContaining('boom'),
  });
  const circle = new Error('a');
  circle.cause = circle;
  expect(faultOf(circle, URL_ASKED).kind).toBe('connect');
});
