// Measures what the reader and the judge get right on the corpus: `npm run bench:accuracy [-- NAME…] [--verbose [--held-out]]`.
// What was missed in the held-out half is only told with --held-out: once looked at, it measures nothing new.
// `--answers FILE`, `--ask MODEL` and `--questions FOLDER` measure reading with a model: see with-model.mjs.
// Ends with 1 when a figure is below what it must reach. Each measure that runs writes its table in docs/accuracy.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/project.mjs';
import { checksumOf, MEASURES, reasonToSkip } from './measures.mjs';
import { tableOf, withTable } from './table.mjs';
import { measureWithModel } from './with-model.mjs';

const words = process.argv.slice(2);
if (['--answers', '--questions'].some((word) => words.includes(word))) {
  await measureWithModel(words);
  process.exit();
}
const asked = words.filter((word) => !word.startsWith('-'));
const chosen = MEASURES.filter(({ name }) => asked.length === 0 || asked.includes(name));
const DOCUMENT = join(root, 'docs', 'accuracy.md');

const rows = [];
for (const measure of chosen) {
  const reason = reasonToSkip(measure);
  if (reason !== null) {
    process.stdout.write(`${measure.name}: skipped, ${reason}\n`);
    continue;
  }
  const checksum = checksumOf(measure);
  const measured = await measure.run();
  const checked = measured.rows.map((row) => ({ ...row, checksum }));
  rows.push(...checked);
  for (const row of checked) print(row, checksum);
  const { notes, heldOut = [] } = measured;
  const told = words.includes('--held-out') ? [...notes, ...heldOut] : notes;
  if (words.includes('--verbose')) for (const note of told) process.stdout.write(`    ${note}\n`);
  const text = readFileSync(DOCUMENT, 'utf8');
  writeFileSync(DOCUMENT, withTable(text, measure.name, tableOf(checked)));
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
  const parts = [corpus.padEnd(27), checksum, cases.padEnd(28), measure.padEnd(34)];
  process.stdout.write(`${mark} ${parts.join('  ')}  ${String(found).padStart(9)}  ${goal}\n`);
}
