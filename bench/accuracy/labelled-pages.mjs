import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./reading-score.mjs').LabelledPage} LabelledPage */

/** Where the seeds come from and when they were had; the corpus's own scorer says the same. */
const SEEDS = /** @type {const} */ ({
  '000': ['https://ai7bot.com/gpt-image-2-cake-in-the-oven', '2026-04-21T10:00:00Z', 'S3'],
  '001': ['https://agntai.net/gpt-image-2-almost-launch', '2026-04-22T09:00:00Z', 'S3'],
  '002': ['https://earlyterms.com/term/gpt-image-2', '2026-04-21T13:58:30Z', 'S2'],
  '003': ['https://goimg.ai/blog/gpt-image-2-is-here', '2026-04-17T09:00:00Z', 'S4'],
  '004': ['https://vasundhara.io/blogs/gpt-image-2-leak', '2026-04-07T12:00:00Z', 'S4'],
});

/**
 * @param {string} corpus
 * @returns {LabelledPage[]}
 */
export function labelledSeeds(corpus) {
  const folder = join(corpus, 'seeds');
  /** @type {{ doc: string, subject: string, facet: string, expected_level_contribution: string, quote: string }[]} */
  const gold = JSON.parse(readFileSync(join(folder, 'gold.json'), 'utf8'));
  const files = readdirSync(folder);
  return Object.entries(SEEDS).map(([name, [url, at, publisherClass]]) => {
    const file = files.find((one) => one.startsWith(`${name}_`)) ?? '';
    const claims = gold
      .filter(({ doc }) => doc === name)
      .map(({ subject, facet, expected_level_contribution: expected, quote }) => ({
        ...{ subject, facet, expected, quote },
      }));
    const path = join(folder, file);
    return { name, file, path, url, at, subject: 'gpt-image-2', publisherClass, claims };
  });
}

/**
 * @param {string} corpus
 * @returns {LabelledPage[]}
 */
export function labelledPages(corpus) {
  /** @type {{ file: string, subject: string, facet: string, expected_contribution: string, quote: string }[]} */
  const labels = linesOf(join(corpus, 'claims.jsonl'));
  /** @type {{ file: string, url: string, fetched_at: string, publisher_class: string, subject?: string, subjects?: string[] }[]} */
  const pages = linesOf(join(corpus, 'pages.jsonl'));
  return pages.map((page) => ({
    name: page.file.slice(0, 3),
    file: page.file,
    path: join(corpus, 'pages', page.file),
    url: page.url,
    at: page.fetched_at,
    subject: page.subjects?.[0] ?? page.subject ?? '',
    publisherClass: page.publisher_class,
    claims: labels
      .filter(({ file }) => file === page.file)
      .map(({ subject, facet, expected_contribution: expected, quote }) => ({
        ...{ subject, facet, expected, quote },
      })),
  }));
}

/** @param {string} path */
function linesOf(path) {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
}

/**
 * The half of a corpus a case belongs to, by the SHA-256 of its name: the even half was looked at while the cues were
 * written, the odd half was not.
 * @param {string} name
 * @returns {'tuned' | 'held out'}
 */
export function halfOf(name) {
  const digest = createHash('sha256').update(name).digest();
  return (digest.at(-1) ?? 0) % 2 === 0 ? 'tuned' : 'held out';
}
