/**
 * Texts of vendors nobody watches yet, read by the rules that read the watched one: only what a file of the catalogue says of
 * a vendor is new (`data/catalog/vendors`, and `vendors/` here for those it does not hold).
 */
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled, corpus, root, scratch } from '../support/project.mjs';
import { vendorItems } from './vendor-items.mjs';

/** @typedef {import('./measures.mjs').Measured} Measured */
/** @typedef {import('./measures.mjs').Row} Row */

/**
 * @typedef {object} State
 * @property {string} subject
 * @property {string} facet
 * @property {'support' | 'deny'} polarity
 *
 * @typedef {object} VendorText
 * @property {string} id
 * @property {string} vendor
 * @property {string} channel
 * @property {string} date
 * @property {string} url
 * @property {string} heading
 * @property {string} text
 * @property {readonly State[]} states
 *
 * @typedef {object} Score
 * @property {number} labels
 * @property {number} found
 * @property {number} statements
 * @property {number} right
 * @property {number} wrongOfKind wrong ones of the kinds that an alert would tell of
 */

const LEAST = { recall: 0.75, precision: 0.93 };
const FACETS = new Set([
  ...['announced', 'api_listed', 'product_available', 'priced', 'deprecated', 'retired'],
  ...['limited_test', 'documented'],
]);
/** What must not be wrong: a false one would be confirmed. */
const TOLD = new Set(['announced', 'api_listed', 'product_available', 'retired']);

/** @returns {Promise<Measured>} */
export async function measureVendors() {
  const read = await openVendorReading();
  /** @type {Map<string, Score>} */
  const scores = new Map();
  /** @type {Record<'seen' | 'held', string[]>} */
  const notes = { seen: [], held: [] };
  for (const text of vendorTexts()) {
    const half = isHeldOut(text) ? 'held' : 'seen';
    const { score, faults } = scoreOf(text, await read(text));
    notes[half].push(...faults.map((fault) => `${text.id} ${text.channel} ${fault}`));
    const names = [text.vendor, `${text.vendor}, ${text.channel}`, `half ${half}`];
    for (const name of ['', ...names]) add(scores, name, score);
  }
  const [, ...parts] = [...scores.keys()].sort();
  return {
    rows: ['', ...parts].flatMap((name) => rowsOf(name, scores.get(name))),
    notes: notes.seen,
    heldOut: notes.held,
  };
}

/** @returns {VendorText[]} */
function vendorTexts() {
  const file = readFileSync(join(corpus, 'vendors', 'labels.jsonl'), 'utf8');
  return file
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** @param {VendorText} text */
function isHeldOut({ id }) {
  return (createHash('sha256').update(id).digest()[0] ?? 0) % 2 === 1;
}

/** Reads a text as what its channel holds, with every vendor known. */
async function openVendorReading() {
  const [{ loadCatalog }, { openSubjectIndex }, { vendorLanguage }, { primaryStatements }] =
    await Promise.all(
      [
        'config/catalog.js',
        'reader/subject-index.js',
        'core/vendor-text/vendor-language.js',
        'core/vendor-text/vendor-statements.js',
      ].map((path) => compiled(path)),
    );
  const catalog = await loadCatalog(catalogOfVendors());
  const vendors = catalog.vendors.map((/** @type {object} */ one) => ({ ...one, watched: true }));
  const names = openSubjectIndex({ ...catalog, vendors }, []).names();
  const language = vendorLanguage({ ...catalog, vendors });
  return async (/** @type {VendorText} */ text) => {
    const { vendor, date } = text;
    const day = /^\d{4}-\d\d-\d\d$/.test(date) ? date : `${date}-28`;
    const { kind, coverage, items } = await vendorItems(text);
    const context = {
      ...{ names, at: `${day}T12:00:00.000Z`, watcher: { kind, vendor, coverage } },
      publisher: { domain: 'a.example', name: vendor, class: 'P1', group: vendor, vendor },
      ...language(vendor),
    };
    const said = items.flatMap((item) => primaryStatements(item, context));
    const subjects = new Set(said.map(({ claim }) => claim.subject));
    // A label gives a name as it stands, and in a list the family may stand once: "Gemini 3.6 Flash and 3.5 Flash-Lite".
    const resolve = (/** @type {string} */ name) => {
      const slug = name
        .replace(/^[\w-]+\//, '')
        .toLowerCase()
        .replaceAll(/[\s_]+/g, '-');
      const elided = [...subjects].filter((subject) => subject.endsWith(`-${slug}`));
      return names.resolve(name) ?? (/^\d/.test(slug) && elided.length === 1 ? elided[0] : slug);
    };
    return { said, resolve };
  };
}

/** The catalogue with a file for each vendor that is measured and not in it. */
function catalogOfVendors() {
  const folder = scratch();
  const added = join(import.meta.dirname, 'vendors');
  cpSync(join(root, 'data', 'catalog'), folder, { recursive: true });
  for (const name of readdirSync(added)) cpSync(join(added, name), join(folder, 'vendors', name));
  return folder;
}

/**
 * A statement is right when a label has its subject, facet and polarity. Neither right nor wrong is what the labels leave out
 * on purpose: that a model that is named as a replacement is documented, that what ends is deprecated, too, and that what a
 * few may test can be had by them.
 * @param {VendorText} text
 * @param {{ said: readonly any[], resolve: (name: string) => string }} reading
 */
function scoreOf({ states }, { said, resolve }) {
  const key = (/** @type {State} */ { subject, facet, polarity }) =>
    `${resolve(subject)} ${facet}${polarity === 'deny' ? ' denied' : ''}`;
  const asked = states.filter(({ facet }) => FACETS.has(facet));
  const want = new Map(asked.map((state) => [key(state), state]));
  const got = new Map(
    said
      .map(({ claim, polarity, quote }) => ({ ...claim, polarity, quote }))
      .filter(({ facet }) => FACETS.has(facet))
      .map((claim) => [key(claim), claim]),
  );
  const wrong = [...got].filter(
    ([said, { facet, subject, polarity }]) =>
      !want.has(said) &&
      facet !== 'documented' &&
      !(
        facet === 'product_available' && want.has(key({ subject, facet: 'limited_test', polarity }))
      ) &&
      !(facet === 'deprecated' && want.has(key({ subject, facet: 'retired', polarity }))),
  );
  const found = [...want.keys()].filter((one) => got.has(one)).length;
  return {
    score: {
      ...{ labels: want.size, found, statements: found + wrong.length, right: found },
      wrongOfKind: wrong.filter(([, { facet }]) => TOLD.has(facet)).length,
    },
    faults: [
      ...wrong.map(([said, { quote }]) => `WRONG ${said}: "${quote}"`),
      ...[...want].filter(([one]) => !got.has(one)).map(([one]) => `missed ${one}`),
    ],
  };
}

/**
 * @param {Map<string, Score>} scores
 * @param {string} name
 * @param {Score} more
 */
function add(scores, name, more) {
  const sum = scores.get(name);
  scores.set(name, {
    labels: more.labels + (sum?.labels ?? 0),
    found: more.found + (sum?.found ?? 0),
    statements: more.statements + (sum?.statements ?? 0),
    right: more.right + (sum?.right ?? 0),
    wrongOfKind: more.wrongOfKind + (sum?.wrongOfKind ?? 0),
  });
}

/**
 * @param {string} name empty for all
 * @param {Score | undefined} score
 * @returns {Row[]}
 */
function rowsOf(name, score) {
  if (score === undefined) return [];
  const { labels, found, statements, right, wrongOfKind } = score;
  const corpusName = name === '' ? 'vendors' : `vendors, ${name}`;
  const least = name === '' ? LEAST : { recall: null, precision: null };
  return [
    figureRow(corpusName, `${labels} labels`, 'recall', found, labels, least.recall),
    figureRow(
      corpusName,
      `${statements} statements`,
      'precision',
      right,
      statements,
      least.precision,
    ),
    ...(name === '' || wrongOfKind > 0
      ? [
          {
            ...{ corpus: corpusName, cases: `${statements} statements` },
            ...{ measure: 'wrong of what is told', found: wrongOfKind },
            ...{ atLeast: '', isEnough: true },
          },
        ]
      : []),
  ].flatMap((row) => row ?? []);
}

/**
 * @param {string} name
 * @param {string} cases
 * @param {string} measure
 * @param {number} part
 * @param {number} whole
 * @param {number | null} least
 * @returns {Row | null}
 */
function figureRow(name, cases, measure, part, whole, least) {
  if (whole === 0) return null;
  const figure = part / whole;
  return {
    ...{ corpus: name, cases, measure, found: figure.toFixed(3) },
    atLeast: least === null ? '' : least.toFixed(2),
    isEnough: least === null || figure >= least,
  };
}
