// Learns data/catalog/gate.yaml anew from the labelled pages: `npm run train`, after the rules or the labels changed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { needCorpus, root } from '../support/project.mjs';
import { learnedFrom, trainedOn } from './gate-training.mjs';
import { trainingPages } from './training-set.mjs';

const HEAD = `# The gate of the reader of others' pages: how probable what stands around a name makes it that a claim is really made.
# Written by \`npm run train\` and by nobody's hand; docs/accuracy.md says what it is worth.
`;

needCorpus();
const pages = await trainingPages();
const { classes, features } = learnedFrom(pages);
const lines = [
  `trained: ${JSON.stringify(trainedOn(pages))}`,
  'classes:',
  ...classes.map((one) => `  - ${JSON.stringify(one)}`),
  'features:',
  ...Object.entries(features).map(
    ([name, row]) => `  ${JSON.stringify(name)}: ${JSON.stringify(row)}`,
  ),
];
writeFileSync(join(root, 'data', 'catalog', 'gate.yaml'), `${HEAD}${lines.join('\n')}\n`);
process.stdout.write(
  `${Object.keys(features).length} features learned from ${pages.length} pages. Build again to use them.\n`,
);
