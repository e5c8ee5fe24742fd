import { unreadable } from '../src/core/extract/failure.ts';
import { feedItems } from '../src/core/extract/feed.ts';
import { listsNoModels } from '../src/core/extract/package-files.ts';
import { textOf } from '../src/core/extract/text.ts';
import { defineWatcher, type Item } from '../src/watch/define.ts';

const COMMITS = 'https://github.com/openai/openai-openapi/commits/main.atom';
const SPEC = 'https://raw.githubusercontent.com/openai/openai-openapi/main/openapi.yaml';
const MODEL_KEY = /(^|_)models?$|Models?$|^ModelIds/;
const ID = /^(?=.*[\d-])[a-z][\w.:-]*$/;

/** An id in an enumeration of the description, with the schemas or properties that list it. */
type Enumerated = Map<string, Set<string>>;

export default defineWatcher({
  version: 2,
  about:
    'The API description on GitHub: an id in one of its lists of models proves that it is typed; it came up to four months after a launch, so its silence says nothing.',
  kind: 'spec',
  vendor: 'openai',
  facets: ['sdk_typed'],
  every: '6h',
  coverage: 'rolling',
  targets: ({ pages }) => [COMMITS, SPEC, ...pages].map((url) => ({ url })),
  owns: ({ href }) => [COMMITS, SPEC, SPEC.replace('/main/', '/refs/heads/main/')].includes(href),
  async extract(capture) {
    const text = textOf(capture.body, capture.contentType);
    if (capture.finalUrl.endsWith('.atom'))
      return feedItems(text, capture.finalUrl, { exactTime: true });
    const found = enumeratedIds(text);
    if (found.size === 0)
      throw unreadable('no-match', 'The description lists no model. Its layout may have changed.');
    return [...found].map(([id, places]) => itemOf(id, [...places].sort(), capture.finalUrl));
  },
});

interface Scan {
  found: Enumerated;
  /** The keys that are open above the line. */
  above: { indent: number; key: string }[];
  list: { indent: number; place: string } | null;
}

/**
 * Reads the lists (`enum:`) under keys that are about models, line by line: the description is some megabytes of YAML
 * whose indentation says all that is needed here.
 */
function enumeratedIds(yaml: string): Enumerated {
  const scan: Scan = { found: new Map(), above: [], list: null };
  for (const line of yaml.split('\n')) {
    const indent = line.search(/\S/);
    if (indent === -1 || line.length > 1000 || takeEntry(scan, line, indent)) continue;
    scan.list = null;
    takeKey(scan, line, indent);
  }
  return scan.found;
}

function takeEntry({ found, list }: Scan, line: string, indent: number): boolean {
  if (list === null || indent < list.indent) return false;
  const entry = /^\s*- ["']?([^"'#\s]+)["']?\s*(?:#.*)?$/.exec(line)?.[1];
  if (entry === undefined) return false;
  if (ID.test(entry)) found.set(entry, (found.get(entry) ?? new Set()).add(list.place));
  return true;
}

function takeKey(scan: Scan, line: string, indent: number): void {
  const key = /^\s*(?:- )?["']?([\w.$-]+)["']?:/.exec(line)?.[1];
  if (key === undefined) return;
  scan.above = scan.above.filter((open) => open.indent < indent);
  if (key === 'enum') scan.list = placeOf(scan.above, indent);
  scan.above.push({ indent, key });
}

/** The nearest key above a list that says it is about models. */
function placeOf(
  above: readonly { key: string }[],
  indent: number,
): { indent: number; place: string } | null {
  const near = above
    .slice(-6)
    .reverse()
    .find(({ key }) => MODEL_KEY.test(key));
  if (above.some(({ key }) => key === 'not' || listsNoModels(key))) return null;
  return near === undefined ? null : { indent, place: near.key };
}

function itemOf(id: string, places: readonly string[], url: string): Item {
  return {
    key: id,
    kind: 'package',
    title: id,
    text: `${id}\nListed in: ${places.join(', ')}`,
    url,
    published: null,
    fields: { id, types: places },
  };
}
