/** @typedef {import('./measures.mjs').Row} Row */

const BEGIN = '<!-- table: written by npm run bench:accuracy -->';
const END = '<!-- end of table -->';
const HEAD = ['corpus', 'checksum', 'cases', 'measure', 'found', 'at least'];

/** @param {readonly (Row & { checksum: string })[]} rows */
export function tableOf(rows) {
  const cells = rows.map(({ corpus, checksum, cases, measure, found, atLeast }) =>
    line([
      corpus,
      `\`${checksum}\``,
      cases,
      measure,
      String(found),
      atLeast === '' ? '-' : atLeast,
    ]),
  );
  return [line(HEAD), line(HEAD.map(() => '---')), ...cells].join('\n');
}

/** @param {readonly string[]} cells */
function line(cells) {
  return `| ${cells.join(' | ')} |`;
}

/**
 * A document with its table replaced. Throws when it has no place for one.
 * @param {string} document
 * @param {string} table
 */
export function withTable(document, table) {
  const [begin, end] = placeOf(document);
  return `${document.slice(0, begin)}\n\n${table}\n\n${document.slice(end)}`;
}

/** @param {string} document */
function placeOf(document) {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`The document has no "${BEGIN}" and "${END}".`);
  return /** @type {const} */ ([begin + BEGIN.length, end]);
}
