import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TargetId } from '../../src/domain/ids.ts';
import { verify } from '../../src/maintenance/verify.ts';
import { Sqlite } from '../../src/store/sqlite-file.ts';
import { openTestLine } from '../support/open-line.ts';
import { temporaryFolder } from '../support/store.ts';

const PAGE = 'openai-model-pages:https://developers.openai.com/api/docs/models/gpt-image-2.md';

/** Writes the file that an older version left behind. */
async function olderDatabase(folder: string): Promise<string> {
  const path = join(folder, 'firsthand.db');
  const dump = await readFile('test/fixtures/databases/0006-proposals.sql', 'utf8');
  const db = new Sqlite(path);
  db.pragma('auto_vacuum = incremental');
  db.pragma('application_id = 1181249124');
  db.pragma('foreign_keys = off');
  db.exec(dump);
  db.close();
  return path;
}

it('opens, migrates and verifies a database that the version before wrote, and keeps all it held', async () => {
  const open = await openTestLine({ db: await olderDatabase(temporaryFolder()) });
  try {
    const { store } = open;
    const verification = await verify(open.context);
    expect(verification.findings).toEqual([]);
    expect(verification.bodies).toBe(3);
    expect(verification.evidence).toBeGreaterThan(3);
    const [piece] = await store.claims.standing(PAGE as TargetId);
    // What was read before rules were recorded has none, and stands as it did.
    expect(piece).toMatchObject({ rule: null, marks: [] });
    const [work] = await store.workPlan.list();
    expect(work).toMatchObject({ name: 'backup', error: 'the disk was full' });
    const page = (await store.targets.list()).find(({ id }) => id === PAGE);
    expect(page?.linkedFrom).toMatchObject({ baseline: true });
    const snapshots = await Promise.all(
      (await store.targets.list()).map(({ id }) => store.snapshots.list(id)),
    );
    const shots = await Promise.all(
      snapshots.flat().map(({ id }) => store.snapshots.screenshotOf(id)),
    );
    expect(shots.filter((hash) => hash !== null)).toHaveLength(1);
  } finally {
    await open.close();
  }
});
