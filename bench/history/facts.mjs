import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/**
 * @typedef {{ id: string; at: string }} Launch
 * @typedef {{ at: string; url: string; status: number; text?: string }} Capture
 */

const DAY = /\d{4}-\d{2}-\d{2}/g;

/**
 * The launches that the timeline dates: each with the first day on which a vendor's own channel showed it.
 * @param {string} file
 * @returns {readonly Launch[]}
 */
export function launchesIn(file) {
  const [, ...rows] = readFileSync(file, 'utf8').trim().split('\n');
  return rows.flatMap((row) => {
    const [id = '', announced = '', changelog = '', , hourly = ''] = cells(row);
    // What was made and not yet shown to anybody (`created`) is no launch.
    const days = [announced, changelog, hourly].flatMap((cell) => cell.match(DAY) ?? []);
    const [at] = days.sort();
    return at === undefined ? [] : [{ id, at }];
  });
}

/** The list of one account, whose ids are those of the catalogue. */
const LIST = 'https://api.openai.com/v1/models';

/** @param {string} row */
function cells(row) {
  return [...row.matchAll(/("([^"]*)"|[^,]*)(?:,|$)/g)].map(([, plain, quoted]) => quoted ?? plain);
}

/**
 * The captures of a recording, which may be packed.
 * @param {string} file
 * @returns {readonly Capture[]}
 */
export function capturesIn(file) {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter((one) => typeof one.url === 'string');
}

/**
 * Ids that a vendor's model list did not hold in its first good answer and holds later.
 * @param {readonly Capture[]} captures
 * @returns {ReadonlySet<string>}
 */
export function listedLater(captures) {
  const polls = captures
    .filter(({ url, status }) => url === LIST && status === 200)
    .map(({ text = '' }) => idsIn(text))
    .filter((ids) => ids.length > 0);
  const first = new Set(polls[0] ?? []);
  return new Set(polls.flat().filter((id) => !first.has(id)));
}

/** @param {string} text */
function idsIn(text) {
  try {
    /** @type {{ data?: { id: string }[] }} */
    const list = JSON.parse(text);
    return (list.data ?? []).map(({ id }) => id);
  } catch {
    return [];
  }
}
