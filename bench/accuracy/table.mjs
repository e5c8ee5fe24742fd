/** @typedef {import('./measures.mjs').Row} Row */

const END = '<!-- end of figures -->';
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
 * A document with the table of one measure replaced. Throws when it has no place for one.
 * @param {string} document
 * @param {string} measure
 * @param {string} table
 */
export function withTable(document, measure, table) {
  const head = `<!-- figures of ${measure}: written by npm run bench:accuracy -->`;
  const begin = document.indexOf(head);
  const end = document.indexOf(END, begin);
  if (begin < 0 || end < 0) throw new Error(`The document has no "${head}" and "${END}".`);
  return `${document.slice(0, begin + head.length)}\n\n${table}\n\n${document.slice(end)}`;
}
