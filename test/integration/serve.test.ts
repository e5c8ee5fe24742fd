import { request } from 'undici';
import { afterEach, expect, it } from 'vitest';
import { UsageError } from '../../src/domain/errors.ts';
import { openServer, type ServeOptions, type Server } from '../../src/operations/serve.ts';
import { openStage } from '../support/vendor-stage.ts';

const TOKEN = 'a-token-of-some-length';
const running: Server[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function started(over: Partial<ServeOptions> = {}): Promise<Server> {
  const { options } = await openStage();
  const server = await openServer({
    ...{ ...options, port: 0, host: '127.0.0.1', publicUrl: null, ...over },
  });
  running.push(server);
  return server;
}

const withToken = { environment: { FIRSTHAND_SERVE_TOKEN: TOKEN } };

it('serve answers on a port of this machine, and no more when it is closed', async () => {
  const server = await started();
  const { statusCode, headers } = await request(server.url);
  expect(statusCode).toBe(200);
  expect(headers['content-type']).toContain('text/html');
  await running.pop()?.close();
  await expect(request(server.url)).rejects.toThrow('ECONNREFUSED');
});

it('serve refuses an address that others can reach while no token guards what can be written', async () => {
  await expect(started({ host: '0.0.0.0' })).rejects.toThrow(UsageError);
  await expect(started({ host: '::' })).rejects.toThrow('FIRSTHAND_SERVE_TOKEN');
  await expect(started({ host: 'radar.example' })).rejects.toThrow(UsageError);
  const open = await started({ host: '0.0.0.0', ...withToken });
  expect((await request(`http://127.0.0.1:${open.port}/`)).statusCode).toBe(200);
});

it('serve refuses a token that can be guessed, a public address that is none, and a port that is taken', async () => {
  const environment = { FIRSTHAND_SERVE_TOKEN: 'short' };
  await expect(started({ environment })).rejects.toThrow('too short');
  await expect(started({ publicUrl: 'radar' })).rejects.toThrow('no web address');
  const { port } = await started();
  await expect(started({ port })).rejects.toThrow('name another port');
});

it('serve lets who has the token follow a model, and nobody else', async () => {
  const server = await started(withToken);
  const path = `${server.url}/api/v1/follows/gpt-image-2`;
  const put = (headers: Record<string, string>) => request(path, { method: 'PUT', headers });
  expect((await put({})).statusCode).toBe(401);
  expect((await put({ authorization: 'Bearer wrong-token-of-length' })).statusCode).toBe(401);
  const said = await put({ authorization: `Bearer ${TOKEN}` });
  expect(await said.body.json()).toEqual({ subject: 'gpt-image-2', followed: true });
  const without = await started();
  const refused = await request(`${without.url}/api/v1/follows/gpt-5.5`, { method: 'DELETE' });
  expect(refused.statusCode).toBe(403);
});
