/** Lays the labelled sentences of pages by others into pages, as the corpus's own `talk_pages.py` does. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isModel } from './reading-score.mjs';

/** @typedef {import('./reading-score.mjs').LabelledPage} LabelledPage */

/**
 * @typedef {object} Document
 * @property {string} doc
 * @property {string} kind
 * @property {string} date
 * @property {string} main_subject
 *
 * @typedef {object} Sentence
 * @property {string} doc
 * @property {string} date
 * @property {string} title
 * @property {string} heading
 * @property {string} before
 * @property {string} text
 * @property {string} lang
 * @property {readonly string[]} subjects
 * @property {readonly { subject: string, facet: string, contribution: string }[]} labels
 */

/** @type {Readonly<Record<string, string>>} */
const CLASS = { press: 'S1', tracker: 'S2', reseller: 'S4', landing: 'S4' };
const DAY = /^\d{4}-\d\d-\d\d$/;
const UNDATED = '2026-06-15';
/** A longer quote matches nothing. */
const LONGEST_QUOTE = 390;

/**
 * Those of the pages whose main subject is a model of OpenAI; for learning from, those about other models as well.
 * @param {string} folder
 * @param {{ ofAllVendors?: boolean }} [which]
 * @returns {LabelledPage[]}
 */
export function talkPages(folder, { ofAllVendors = false } = {}) {
  /** @type {Document[]} */
  const documents = linesOf(join(folder, 'docs.jsonl'));
  /** @type {Map<string, Sentence[]>} */
  const byDocument = new Map();
  for (const row of linesOf(join(folder, 'sentences.jsonl'))) {
    byDocument.set(row.doc, [...(byDocument.get(row.doc) ?? []), row]);
  }
  return documents.flatMap((document) => {
    const rows = byDocument.get(document.doc);
    const isAsked = ofAllVendors || isModel(document.main_subject);
    return rows === undefined || !isAsked ? [] : pageOf(document, rows);
  });
}

/**
 * @param {Document} document
 * @param {readonly Sentence[]} rows
 * @returns {LabelledPage}
 */
function pageOf({ doc, kind, date, main_subject: subject }, rows) {
  const day = (date || rows[0]?.date || '').slice(0, 10);
  return {
    ...{ name: doc, file: `${doc}.html`, path: `${doc}.html`, url: `https://${doc}.example/p` },
    ...{ at: `${DAY.test(day) ? day : UNDATED}T12:00:00Z`, subject },
    publisherClass: CLASS[kind] ?? 'S3',
    claims: rows.flatMap(labelsOf),
    body: htmlOf(rows),
  };
}

/**
 * A sentence that states nothing is labelled with its first subject.
 * @param {Sentence} row
 */
function labelsOf({ labels, subjects, text }) {
  const nothing = { facet: 'none', contribution: 'none' };
  const said =
    labels.length > 0 ? labels : subjects.slice(0, 1).map((subject) => ({ subject, ...nothing }));
  const quote = Array.from(text).slice(0, LONGEST_QUOTE).join('');
  return said.map(({ subject, facet, contribution: expected }) => ({
    ...{ subject, facet, expected, quote },
  }));
}

/** @param {readonly Sentence[]} rows */
function htmlOf(rows) {
  const title = escaped(rows[0]?.title ?? '');
  const texts = new Set(rows.map(({ text }) => text));
  const shown = new Set();
  let last = '';
  const body = rows.map(({ heading, before = '', text }) => {
    const head = heading && heading !== last ? `<h2>${escaped(heading)}</h2>\n` : '';
    if (heading) last = heading;
    const lead = before === '' || shown.has(before) || texts.has(before) ? '' : `${before} `;
    shown.add(before);
    return `${head}<p>${escaped(lead + text)}</p>`;
  });
  const lang = rows[0]?.lang ?? 'en';
  return `<!doctype html><html lang=${lang}><head><meta charset=utf-8><title>${title}</title></head><body><main><article><h1>${title}</h1>${body.join('\n')}</article></main></body></html>`;
}

/** @type {Readonly<Record<string, string>>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' };

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * The part of the corpus a page belongs to: `looked at` while the rules were written, `looked at late` when they stood,
 * and `never opened`.
 * @param {string} doc
 */
export function partOf(doc) {
  const digest = createHash('sha256').update(`talk-half:${doc}`).digest();
  if ((digest[0] ?? 0) % 2 === 0) return 'looked at';
  return (digest[1] ?? 0) % 2 === 0 ? 'looked at late' : 'never opened';
}

/** @param {string} path */
function linesOf(path) {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
}
