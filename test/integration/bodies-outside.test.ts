import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCheck } from '../../src/operations/check.ts';
import { type Finding, runDoctor } from '../../src/operations/doctor/doctor.ts';
import {
  runExportDatabase,
  runImportDatabase,
  runPrune,
  runVerify,
} from '../../src/operations/upkeep.ts';
import { lookInto } from '../support/record-look.ts';
import { s3Server } from '../support/s3-server.ts';
import { openPassStage, type Stage } from '../support/vendor-stage.ts';

const s3 = s3Server();

async function checkOnce({ options }: Stage): Promise<void> {
  const { signal } = new AbortController();
  await runCheck(options, { watchers: [], due: false, signal, onChecked: () => undefined });
}

async function aboutBodies({ options }: Stage): Promise<Finding | undefined> {
  const findings = await runDoctor(options, { onFinding: () => undefined });
  return findings.find(({ about }) => about === 'bodies');
}

test('pages are kept in S3, proved there, carried into a file and found damaged', async () => {
  const place = s3.place();
  const { address: bodies, endpoint } = place;
  const stage = await openPassStage({ bodies, s3: { endpoint } });
  await checkOnce(stage);
  stage.release('gpt-6');
  await checkOnce(stage);
  const files = s3.filesOf(place);
  expect(files).toHaveLength(2);
  const inside = (path: string) =>
    lookInto(path, (database) =>
      database.prepare('select sum(length(bytes)) from bodies').pluck().get(),
    );
  expect(inside(stage.db)).toBe(0);
  expect(await runVerify(stage.options)).toMatchObject({ findings: [], bodies: 2 });
  const { signal } = new AbortController();
  expect(await runPrune(stage.options, signal)).toMatchObject({ bodies: 0 });
  expect(s3.filesOf(place)).toEqual(files);

  const written = await runExportDatabase(stage.options, 'whole.jsonl.gz');
  const again = { ...stage.options, config: join(stage.folder, 'inside.yaml'), db: null };
  const db = join(stage.folder, 'inside.db');
  writeFileSync(again.config, JSON.stringify({ store: db }));
  const { sha256 } = await runImportDatabase(again, 'whole.jsonl.gz');
  expect(sha256).toBe(written.sha256);
  expect(inside(db)).toBeGreaterThan(0);

  const [file = ''] = files;
  writeFileSync(file, readFileSync(file).subarray(1));
  const { findings } = await runVerify(stage.options);
  expect(findings.map(({ kind }) => kind)).toContain('body');
});

test('doctor tries the place for bodies, leaves nothing there, and says what is wrong with it', async () => {
  const place = s3.place();
  const { address: bodies, endpoint } = place;
  const stage = await openPassStage({ bodies, s3: { endpoint } });
  expect(await aboutBodies(stage)).toMatchObject({
    ...{ state: 'ok', says: expect.stringContaining('takes what it is given') },
  });
  expect(s3.filesOf(place)).toEqual([]);
  stage.configure({ bodies: 's3://not-there/x', s3: { endpoint } });
  expect(await aboutBodies(stage)).toMatchObject({
    ...{ state: 'wrong', says: expect.stringMatching(/s3:\/\/not-there\/x\/ cannot be reached/) },
  });
});
