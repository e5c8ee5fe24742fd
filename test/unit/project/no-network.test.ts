import { createSocket } from 'node:dgram';
import { Resolver as CallbackResolver, lookup, resolve4 } from 'node:dns';
import dnsPromises, { lookup as lookupPromise, Resolver } from 'node:dns/promises';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { expect, it } from 'vitest';
import { takeAttempts } from '../../support/no-network.ts';

/** Each of these would leave the process; the first argument that is not loopback is a reserved address. */
const WAYS_OUT: Readonly<Record<string, () => unknown>> = {
  'net.connect': () => net.connect(80, '192.0.2.1'),
  'net.connect to loopback': () => net.connect({ host: '127.0.0.1', port: 9 }),
  'net.connect to a local socket': () => net.connect('/run/nowhere.sock'),
  'new net.Socket().connect': () => new net.Socket().connect(80, '192.0.2.1'),
  'tls.connect': () => tls.connect({ host: '192.0.2.1', port: 443 }),
  'http.get': () => http.get('http://192.0.2.1/'),
  'https.request': () => https.request('https://192.0.2.1/').end(),
  'http2.connect': () => http2.connect('https://192.0.2.1/'),
  'net.Server.listen': () => net.createServer().listen(0),
  'http.Server.listen': () => http.createServer().listen(0),
  'dgram.send': () => createSocket('udp4').send('x', 53, '192.0.2.1'),
  'dns.lookup': () => lookup('firsthand.example', () => {}),
  'dns.resolve4': () => resolve4('firsthand.example', () => {}),
  'dns.Resolver.resolve4': () => new CallbackResolver().resolve4('firsthand.example', () => {}),
  'dns.promises.lookup': () => lookupPromise('firsthand.example'),
  'dns.promises.resolve': () => dnsPromises.resolve('firsthand.example'),
  'dns.promises.Resolver.resolveMx': () => new Resolver().resolveMx('firsthand.example'),
};

it.each(Object.entries(WAYS_OUT))('the switched-off network refuses %s at once', (_name, tryIt) => {
  expect(tryIt).toThrow('The network is off');
  expect(takeAttempts()).toHaveLength(1);
});

it('the switched-off network refuses global fetch', async () => {
  await expect(globalThis.fetch('http://192.0.2.1/')).rejects.toThrow('fetch failed');
  expect(takeAttempts()).toEqual(['net.Socket.connect 192.0.2.1:80']);
});

it('the switched-off network refuses undici', async () => {
  const { request } = await import('undici');
  await expect(request('http://192.0.2.1/')).rejects.toThrow('The network is off');
  await expect(request('https://firsthand.example/')).rejects.toThrow('The network is off');
  expect(takeAttempts()).toEqual([
    'net.Socket.connect 192.0.2.1:80',
    'net.Socket.connect firsthand.example:443',
  ]);
});
