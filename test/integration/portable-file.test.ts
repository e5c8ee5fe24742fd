import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runExportDatabase, runImportDatabase } from '../../src/operations/upkeep.ts';
import { openStore } from '../../src/store/open.ts';
import { temporaryFolder } from '../support/store.ts';
import { layGround } from '../support/store-makers.ts';

const optionsFor = (folder: string, name: string) => ({
  ...{ config: null, db: join(folder, name), environment: process.env, folder },
});

test('a database is carried in a file, and a file that is cut off or no such file leaves the new one empty', async () => {
  const folder = temporaryFolder();
  const store = await openStore({ url: join(folder, 'old.db') });
  await layGround(store, 'page', 'gpt-image-2');
  await store.close();

  const written = await runExportDatabase(optionsFor(folder, 'old.db'), 'whole.jsonl.gz');
  await expect(runExportDatabase(optionsFor(folder, 'old.db'), 'whole.jsonl.gz')).rejects.toThrow(
    /is there already/,
  );

  const whole = readFileSync(written.file);
  writeFileSync(join(folder, 'half.jsonl.gz'), whole.subarray(0, whole.length / 2));
  writeFileSync(join(folder, 'notes.txt'), 'no export');
  for (const name of ['half.jsonl.gz', 'notes.txt']) {
    await expect(runImportDatabase(optionsFor(folder, 'new.db'), name)).rejects.toMatchObject({
      ...{ family: 'store', kind: 'corrupt' },
    });
  }
  await expect(runImportDatabase(optionsFor(folder, 'new.db'), 'none')).rejects.toThrow(/no file/);

  const { rows, sha256 } = await runImportDatabase(optionsFor(folder, 'new.db'), 'whole.jsonl.gz');
  expect({ rows, sha256 }).toEqual({ rows: written.rows, sha256: written.sha256 });
});
