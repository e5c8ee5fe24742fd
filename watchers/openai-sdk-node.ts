import { blocksOfMarkdown } from '../src/core/document/markdown.ts';
import { itemText, lineBlock } from '../src/core/document/text.ts';
import { dayPoint } from '../src/core/extract/dates.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { readJson } from '../src/core/extract/json.ts';
import {
  changesOf,
  PackageFiles,
  type TypedId,
  typedIds,
} from '../src/core/extract/package-files.ts';
import { textOf } from '../src/core/extract/text.ts';
import { defineWatcher, type Item } from '../src/watch/define.ts';

const PACKAGE = 'npm:openai';

export default defineWatcher({
  version: 2,
  about:
    'The openai package for Node.js: an id in its types proves that the SDK types it, weeks late or for a model never offered; it says nothing of release.',
  kind: 'package',
  vendor: 'openai',
  facets: ['sdk_typed', 'retired'],
  every: '1h',
  via: 'npm',
  coverage: 'rolling',
  shape: { landmarks: [/"files"/], share: 0.5 },
  targets: () => [{ url: PACKAGE }],
  owns: (url) => url.protocol === 'npm:' && /^openai(@[^/@]+)?$/.test(url.pathname),
  async extract(capture) {
    const content = readJson(textOf(capture.body, capture.contentType), PackageFiles);
    const ids = typedIds(content.files);
    if (ids.length === 0) {
      throw unreadable(
        'shape',
        `${content.name} ${content.version} types no model. Its type definitions may have moved.`,
      );
    }
    return [versionItem(content), ...ids.map(typedItem)];
  },
});

function versionItem({ name, version, integrity, files }: PackageFiles): Item {
  const changes = changesOf(files['CHANGELOG.md'] ?? '', version);
  const said = changes === null ? [] : blocksOfMarkdown(changes.text);
  return {
    key: `${name}@${version}`,
    kind: 'package',
    title: `${name} ${version}`,
    ...itemText([lineBlock(`${name} ${version}`, 'heading'), ...said]),
    url: `${PACKAGE}@${version}`,
    published: changes?.day == null ? null : dayPoint(changes.day),
    fields: { version, ...(integrity === null ? {} : { integrity }) },
  };
}

/** The version is left out: an id stays the same item from version to version, until something is said of it. */
function typedItem({ id, types, notes }: TypedId): Item {
  return {
    key: id,
    kind: 'package',
    title: id,
    text: [id, `Typed in: ${types.join(', ')}`, ...notes].join('\n'),
    url: PACKAGE,
    published: null,
    fields: { id, types, ...(notes.length > 0 ? { notes } : {}) },
  };
}
