// Judging from scratch, what one new piece costs, and the past of a database with a million pieces of evidence.
import { join } from 'node:path';
import { fillRecord } from '../support/fill.mjs';
import { appOptions, compiled, scratch } from '../support/project.mjs';
import { cpuSeconds, figure, median, peakMemory } from '../support/report.mjs';

const { openStore } = await compiled('store/open.js');
const { judgeSubject } = await compiled('core/verdict/judge.js');
const { DEFAULT_POLICY } = await compiled('core/verdict/policy.js');
const NOW = '2026-11-01T00:00:00.000Z';

/** @param {string} id */
const subjectOf = (id) => ({
  ...{ id, vendor: 'openai', kind: 'model', name: id, aliases: [], controls: [], moving: false },
  ...{ status: 'curated', discovered: null },
});

/** 1,000 subjects with 10 claims and 100 pieces of evidence each. */
async function fromScratch() {
  const db = join(scratch(), 'judging.db');
  await fillRecord(db, { subjects: 1_000, evidencePerSubject: 100, claims: 10 });
  const store = await openStore({ url: db });
  const ids = (await store.reads.activity()).map((/** @type {any} */ { subject }) => subject);
  const read = performance.now();
  const records = await store.claims.records(ids, NOW);
  const cases = ids.map((/** @type {string} */ id) => ({
    ...{ subject: subjectOf(id), record: records.get(id), checks: [] },
  }));
  const took = performance.now() - read;
  const start = performance.now();
  const cpu = cpuSeconds();
  let claims = 0;
  let pieces = 0;
  for (const one of cases) {
    judgeSubject(one, NOW, DEFAULT_POLICY);
    claims += one.record.claims.length;
    pieces += one.record.evidence.length;
  }
  const judged = (performance.now() - start) / 1000;
  const what = `${claims.toLocaleString('en')} claims, ${pieces.toLocaleString('en')} pieces of evidence`;
  figure(`${what}: judged from scratch`, judged, 's', 'under 3');
  figure('  of the processor', cpuSeconds() - cpu, 's');
  figure('  read from the database before that', took / 1000, 's');
  await store.close();
}

/** Questions about the past, each of another subject at another moment. */
async function timeTravel() {
  const folder = scratch();
  const db = join(folder, 'bench.db');
  await fillRecord(db, { subjects: 2_000, evidencePerSubject: 50, copies: 9 });
  const { openDatabase } = await compiled('app/open-database.js');
  const { statusOf } = await compiled('read/status.js');
  const record = await openDatabase(appOptions(folder));
  const times = [];
  const cpu = [];
  for (let index = 0; index < 60; index += 1) {
    const asOf = `2025-01-0${1 + (index % 3)}T${String(index % 24).padStart(2, '0')}:00:00.000Z`;
    const id = `bench-model-${1 + index * 31}`;
    const known = { ...record.known, resolve: () => id, subject: subjectOf };
    const start = performance.now();
    const spent = cpuSeconds();
    const view = await statusOf(known, id, asOf);
    times.push(performance.now() - start);
    cpu.push((cpuSeconds() - spent) * 1000);
    if (view.asOf !== asOf) throw new Error('another moment was answered');
  }
  figure(
    '--as-of in process, 1,000,000 pieces of evidence, median',
    median(times),
    'ms',
    'under 50',
  );
  figure('  of the processor', median(cpu), 'ms');
  figure('  the slowest of 60', Math.max(...times), 'ms');
  await record.close();
}

await fromScratch();
await timeTravel();
figure('peak memory', peakMemory(), 'MB');
