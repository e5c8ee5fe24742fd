// Proving a database with a million pieces of evidence, and going on after it was stopped half-way.
import { join } from 'node:path';
import { fillRecord } from '../support/fill.mjs';
import { appOptions, compiled, scratch } from '../support/project.mjs';
import { cpuSeconds, figure, peakMemory } from '../support/report.mjs';

const { openPipeline } = await compiled('app/build-pipeline.js');
const { verify } = await compiled('maintenance/verify.js');

const folder = scratch();
await fillRecord(join(folder, 'bench.db'), { subjects: 2_000, evidencePerSubject: 50, copies: 9 });
const { context, close } = await openPipeline(appOptions(folder));
const stop = new AbortController();
const begun = performance.now();
const spent = cpuSeconds();
const half = await verify(context, {
  signal: stop.signal,
  onProgress: ({ evidence }) => evidence >= 500_000 && stop.abort(),
});
const rest = await verify(context, { resume: true });
const what = `verify of ${rest.evidence.toLocaleString('en')} pieces of evidence, stopped and resumed`;
figure(`${what}, of the processor`, cpuSeconds() - spent, 's', 'at most 60');
figure('  by the clock', (performance.now() - begun) / 1_000, 's');
figure('  of which before it was stopped', half.evidence, 'pieces');
figure('  findings', rest.findings.length, '');
figure('peak memory', peakMemory(), 'MB');
await close();
