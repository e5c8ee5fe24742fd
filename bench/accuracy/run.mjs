// Measures what the reader and the judge get right on the corpus: `npm run bench:accuracy [-- NAME…] [--verbose [--held-out]]`.
// What was missed in the held-out half is only told with --held-out: once looked at, it measures nothing new.
// Ends with 1 when a figure is below what it must reach. With every corpus at hand it writes the table of docs/accuracy.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/project.mjs';
import { checksumOf, isHere, MEASURES } from './measures.mjs';
import { tableOf, withTable } from './table.mjs';

const words = process.argv.slice(2);
const asked = words.filter((word) => !word.startsWith('-'));
const chosen = MEASURES.filter(({ name }) => asked.length === 0 || asked.includes(name));
const DOCUMENT = join(root, 'docs', 'accuracy.md');

const rows = [];
let isWhole = chosen.length === MEASURES.length;
for (const measure of chosen) {
  if (!isHere(measure)) {
    isWhole = false;
    process.stdout.write(`${measure.name}: skipped, its corpus is absent; set FIRSTHAND_CORPUS\n`);
    continue;
  }
  const checksum = checksumOf(measure);
  const measured = await measure.run();
  for (const row of measured.rows) {
    rows.push({ ...row, checksum });
    print(row, checksum);
  }
  const { notes, heldOut = [] } = measured;
  const told = words.includes('--held-out') ? [...notes, ...heldOut] : notes;
  if (words.includes('--verbose')) for (const note of told) process.stdout.write(`    ${note}\n`);
}

if (isWhole) {
  writeFileSync(DOCUMENT, withTable(readFileSync(DOCUMENT, 'utf8'), tableOf(rows)));
  process.stdout.write('docs/accuracy.md has these figures.\n');
}
const missed = rows.filter(({ isEnough }) => !isEnough);
if (missed.length > 0)
  process.stdout.write(`${missed.length} figures are below what they must reach.\n`);
process.exitCode = missed.length > 0 ? 1 : 0;

/**
 * @param {import('./measures.mjs').Row} row
 * @param {string} checksum
 */
function print({ corpus, cases, measure, found, atLeast, isEnough }, checksum) {
  const goal = atLeast === '' ? '' : `(at least ${atLeast})`.replace('at least 0)', 'none may be)');
  const mark = isEnough ? ' ' : '!';
  const parts = [corpus.padEnd(24), checksum, cases.padEnd(28), measure.padEnd(34)];
  process.stdout.write(`${mark} ${parts.join('  ')}  ${String(found).padStart(9)}  ${goal}\n`);
}
