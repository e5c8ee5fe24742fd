/** Labelled pages as the gate sees them: sentences with the models they may speak of, what is so of each, and its labels. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled, corpus, root } from '../support/project.mjs';
import { labelledPages, labelledSeeds } from './labelled-pages.mjs';
import { isModel, overlap } from './reading-score.mjs';
import { partOf, talkPages } from './talk-pages.mjs';

/** @typedef {import('./reading-score.mjs').LabelledPage} LabelledPage */

/**
 * @typedef {object} Example
 * @property {readonly string[]} features
 * @property {ReadonlySet<string>} classes the classes of claims its place is labelled with
 *
 * @typedef {object} TrainingPage
 * @property {LabelledPage} page
 * @property {string} id its set and its name, which no other page has
 * @property {string} part where it comes from, and whether it was looked at
 * @property {boolean} isScored its model is one that the measure asks about
 * @property {number} fold
 * @property {any} watcher
 * @property {readonly any[]} entries what the watcher takes from it, as a reader is given them
 * @property {readonly any[]} analyses its texts laid out for reading
 * @property {readonly Example[]} examples
 */

export const FOLDS = 5;
/** Parts of the labelled pages that the rules were not written with in sight. */
export const UNSEEN = /never opened|looked at late|not looked at/;
const OWN_PAGES = join(root, 'test', 'fixtures', 'labelled-pages');

/** All labelled pages, with the part each belongs to. */
function everyPage() {
  const sets = {
    talk: talkPages(join(corpus, 'talk'), { ofAllVendors: true }),
    pages: labelledPages(corpus),
    seeds: labelledSeeds(corpus),
    'own pages, looked at': labelledPages(join(OWN_PAGES, 'seen')),
    'own pages, not looked at': labelledPages(join(OWN_PAGES, 'unseen')),
  };
  return Object.entries(sets).flatMap(([set, pages]) =>
    pages.map((page) => ({
      page,
      id: `${set}:${page.name}`,
      part: set === 'talk' ? `talk, ${partOf(page.name)}` : set,
      fold: foldOf(`${set}:${page.name}`),
    })),
  );
}

/**
 * Pages fall into folds by the SHA-256 of their names: a new page moves no other.
 * @param {string} name
 */
function foldOf(name) {
  return (createHash('sha256').update(`fold:${name}`).digest()[0] ?? 0) % FOLDS;
}

/**
 * Every page with what the rules propose on it and what the gate would see of it.
 * @returns {Promise<TrainingPage[]>}
 */
export async function trainingPages() {
  const tools = await openTools();
  const pages = [];
  for (const each of everyPage()) pages.push(await prepared(tools, each));
  return pages;
}

async function openTools() {
  const modules = await Promise.all(
    [
      ...[
        'operations/read.js',
        'reader/subject-index.js',
        'reader/reader.js',
        'reader/subject-index.js',
      ],
      ...['watch/registry.js', 'package-root.js', 'domain/time.js', 'core/extract/extraction.js'],
      ...['core/talk/cues/lexicon.js', 'core/talk/frames/predicates.js', 'core/talk/read-item.js'],
      ...['core/talk/document/document.js', 'core/talk/gate/candidates.js'],
      ...['core/talk/gate/features.js', 'core/talk/syntax/word-classes.js'],
    ].map(compiled),
  );
  const tools = Object.assign({}, ...modules);
  const catalog = await tools.catalogOf();
  const index = tools.openSubjectIndex(catalog, []);
  return {
    ...tools,
    registry: await tools.openRegistry(tools.watchersFolder()),
    reader: tools.openReaders(catalog, index)(null),
    names: index.names(),
    lexicon: tools.compileLexicon(catalog.lexicon, catalog.vendors),
    predicates: tools.compilePredicates(catalog.predicates),
    lists: tools.compileWordLists(catalog.wordLists),
  };
}

/**
 * @param {any} tools
 * @param {{ page: LabelledPage, id: string, part: string, fold: number }} each
 * @returns {Promise<TrainingPage>}
 */
async function prepared(tools, { page, id, part, fold }) {
  const { reader, names, lexicon, predicates, lists } = tools;
  const at = tools.parseInstant(page.at);
  const publisher = reader.publisherOf(page.url);
  const watcher = tools.ownerIn({ registry: tools.registry }, page.url);
  const context = { names, lexicon, predicates, lists, gate: null, publisher, at };
  const entries = [];
  const analyses = [];
  const examples = [];
  for (const item of await itemsOf(tools, page, watcher, at)) {
    entries.push({ item, publisher, at });
    const analysis = tools.analysisOf(item, context);
    if (analysis === null) continue;
    analyses.push(analysis);
    if (analysis.language === 'en') examples.push(...examplesIn(tools, page, analysis));
  }
  const isScored = isModel(page.subject);
  return { page, id, part, fold, isScored, watcher, entries, analyses, examples };
}

/** @param {any} tools @param {LabelledPage} page @param {any} watcher @param {string} at */
async function itemsOf(tools, page, watcher, at) {
  const body = page.body === undefined ? readFileSync(page.path) : Buffer.from(page.body);
  const capture = {
    ...{ url: page.url, finalUrl: page.url, redirects: [page.url], status: 200, headers: {} },
    ...{ contentType: tools.contentTypeOf(page.path), body, bodyHash: '', fetchedAt: at },
  };
  const found = await tools.reader.extract(watcher, capture, tools.NO_COUNT);
  return found.kind === 'unreadable' ? [] : found.items;
}

/**
 * The candidates of a text whose place has a label, if only that nothing is said there.
 * @param {any} tools
 * @param {LabelledPage} page
 * @param {any} analysis
 * @returns {Example[]}
 */
function examplesIn({ candidatesIn, classOf, featuresOf, proposedIn, textFacts }, page, analysis) {
  const proposed = proposedIn(analysis);
  const facts = textFacts(analysis, proposed);
  return candidatesIn(analysis, proposed).flatMap((/** @type {any} */ candidate) => {
    const { start, end } = candidate.sentence;
    const text = analysis.item.text.slice(start, end);
    const near = page.claims.filter(({ quote }) => overlap(text, quote));
    if (near.length === 0) return [];
    const classes = near
      .filter(({ subject, expected }) => subject === candidate.subject && isSaid(expected))
      .map(({ facet, expected }) => classOf(baseOf(facet), polarityOf(expected)));
    return { features: featuresOf(facts, candidate), classes: new Set(classes) };
  });
}

/** @param {string} facet */
function baseOf(facet) {
  return facet.split(/[:@]/)[0] ?? facet;
}

/** @param {string} contribution */
function isSaid(contribution) {
  return contribution !== 'none' && contribution !== 'primary_silence_relay';
}

/** @param {string} contribution */
function polarityOf(contribution) {
  return /^(?:relay_)?deny/.test(contribution) ? 'deny' : 'support';
}
