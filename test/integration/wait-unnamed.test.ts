import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { typed } from '../support/command-line.ts';

const folder = await mkdtemp(join(tmpdir(), 'firsthand-wait-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

it('A model that nobody has named can be waited for, and is not confirmed when the time is over', async () => {
  const db = join(folder, 'empty.db');
  const { code, stdout } = await typed(['wait', 'gpt-7', '--timeout', '1s', '--db', db]);
  expect(code).toBe(1);
  expect(stdout).toContain('gpt-7 released: unknown, not confirmed');
});
