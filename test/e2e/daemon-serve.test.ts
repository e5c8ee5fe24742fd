import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { expect, it, vi } from 'vitest';
import { start } from '../support/running.ts';
import { undocumentedIn } from '../support/shapes.ts';
import { temporaryFolder } from '../support/store.ts';
import { WAIT } from '../support/timeouts.ts';
import { only } from '../support/vendor-stage.ts';

it('serves the board beside the work of the daemon, and ends with it', async () => {
  const folder = temporaryFolder();
  const config = join(folder, 'config.yaml');
  const settings = { store: `sqlite:${join(folder, 'a.db')}`, watchers: only({}) };
  writeFileSync(config, JSON.stringify({ ...settings, log: { level: 'silent' } }));
  const daemon = start(['daemon', '--json', '--serve', '0', '--config', config]);
  await vi.waitFor(() => expect(daemon.stdout()).toContain('"url"'), WAIT);
  const { url } = JSON.parse(daemon.stdout());
  expect(await undocumentedIn('daemon', daemon.stdout())).toEqual([]);
  const answer = await request(url);
  expect(answer.statusCode).toBe(200);
  expect(await answer.body.text()).toContain('Which models are out');
  daemon.child.kill('SIGTERM');
  expect(await daemon.ended).toBe(0);
  await expect(request(url)).rejects.toThrow('ECONNREFUSED');
});
