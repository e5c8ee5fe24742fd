import * as z from 'zod';
import { columnOf, tablesOf } from '../src/core/document/tables.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { isHtml, openPage, readHtml } from '../src/core/extract/html.ts';
import { textOf } from '../src/core/extract/text.ts';
import { oneLine } from '../src/core/extract/tidy.ts';
import { defineWatcher, type Item } from '../src/watch/define.ts';

const LEADERBOARD = 'https://lmarena.ai/leaderboard';
/** Rows as the page hands them to its own script, quotes escaped or not. */
const EMBEDDED = /\{[^{}]{0,2000}?"publicName"[^{}]{0,2000}?\}/g;

const Entry = z.object({
  publicName: z.string().min(1),
  name: z.string().catch(''),
  organization: z.string().nullish().catch(null),
});
type Entry = z.output<typeof Entry>;

export default defineWatcher({
  version: 1,
  about:
    'The models that public arenas show: that a name appears or disappears is a sighting of a test there; whose model it is, the arena does not prove.',
  kind: 'arena',
  vendor: null,
  facets: [],
  every: '30m',
  coverage: 'complete',
  shape: { landmarks: [], share: 2 / 3 },
  targets: ({ pages }) => [LEADERBOARD, ...pages].map((url) => ({ url })),
  owns: (url) =>
    /^(www\.)?(lmarena|arena)\.ai$/.test(url.hostname) &&
    /^\/(leaderboard|api\/models)/.test(url.pathname),
  async extract(capture) {
    const text = textOf(capture.body, capture.contentType);
    const entries = [
      ...embeddedIn(text),
      ...(isHtml(capture.contentType, text) ? tabled(text) : []),
    ];
    const byName = new Map(entries.map((entry) => [entry.name || entry.publicName, entry]));
    if (byName.size === 0)
      throw unreadable('no-match', 'The arena shows no model. Its layout may have changed.');
    return [...byName.values()].map((entry) => itemOf(entry, capture.finalUrl));
  },
});

function embeddedIn(text: string): readonly Entry[] {
  const plain = text.replaceAll('\\"', '"');
  return [...plain.matchAll(EMBEDDED)].flatMap(([row]) => {
    try {
      const entry = Entry.safeParse(JSON.parse(row));
      return entry.success ? [entry.data] : [];
    } catch {
      // A row that is cut or nested is left out; the others count.
      return [];
    }
  });
}

function tabled(text: string): readonly Entry[] {
  return tablesOf(readHtml(openPage(text))).flatMap(({ columns, rows }) => {
    const model = columnOf(columns, /^model$/i);
    const organization = columnOf(columns, /^(organi[sz]ation|provider|company)$/i);
    if (model === -1) return [];
    return rows.flatMap(({ cells }): Entry[] => {
      const publicName = oneLine(cells[model]?.text ?? '');
      return publicName === ''
        ? []
        : [{ publicName, name: '', organization: cells[organization]?.text ?? null }];
    });
  });
}

/** The rank and score change by the hour and are left out; the name behind a display name is what is compared. */
function itemOf({ publicName, name, organization }: Entry, url: string): Item {
  const lines = [publicName, name === publicName ? '' : name, organization ?? ''];
  return {
    key: name || publicName,
    kind: 'listing',
    title: publicName,
    text: lines.filter((line) => line !== '').join('\n'),
    url,
    published: null,
    fields: { id: name || publicName, ...(organization == null ? {} : { organization }) },
  };
}
