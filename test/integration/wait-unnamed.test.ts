import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { typed } from '../support/command-line.ts';

const folder = await mkdtemp(join(tmpdir(), 'firsthand-wait-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

it('A model that nobody has named can be waited for, and is not confirmed when the time is over', async () => {
  const db = join(folder, 'empty.db');
  const { code, stdout, stderr } = await typed(['wait', 'gpt-7', '--timeout', '1s', '--db', db]);
  expect(code).toBe(1);
  expect(stdout).toContain('gpt-7 released: unknown, not confirmed');
  expect(stderr).toContain('No source has ever been read: is a daemon running?');
});

it('A level can be required of a model that nobody has named, and without a look at the vendor nothing can be said of it', async () => {
  const db = join(folder, 'empty.db');
  const required = await typed(['status', 'gpt-7', '--require', 'confirmed', '--db', db]);
  expect(required.code).toBe(4);
  expect(required.stdout).toContain('UNKNOWN.');
  expect((await typed(['status', 'gpt-7', '--db', db])).code).toBe(3);
  expect((await typed(['status', 'no such thing', '--require', 'rumor', '--db', db])).code).toBe(3);
});
