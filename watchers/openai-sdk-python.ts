import { unreadable } from '../src/core/extract/failure.ts';
import { feedItems } from '../src/core/extract/feed.ts';
import { type TypedId, typedIds } from '../src/core/extract/package-files.ts';
import { textOf } from '../src/core/extract/text.ts';
import { defineWatcher, type Item } from '../src/watch/define.ts';

const RELEASES = 'https://github.com/openai/openai-python/releases.atom';
const RAW = 'https://raw.githubusercontent.com/openai/openai-python/main/src/openai/types/';
const FILES = [
  'shared/chat_model.py',
  'shared/all_models.py',
  'image_model.py',
  'video_model.py',
  'embedding_model.py',
  'audio/speech_model.py',
  'audio_model.py',
  'moderation_model.py',
];

export default defineWatcher({
  version: 2,
  about:
    'The openai package for Python on GitHub, its releases and the files that list models: an id there proves that the SDK types it, and nothing of release.',
  kind: 'package',
  vendor: 'openai',
  facets: ['sdk_typed'],
  every: '1h',
  coverage: 'rolling',
  targets: ({ pages }) =>
    [RELEASES, ...FILES.map((file) => `${RAW}${file}`), ...pages].map((url) => ({ url })),
  owns: ({ href }) => {
    const main = href.replace('/refs/heads/main/', '/main/');
    return href === RELEASES || FILES.some((file) => main === `${RAW}${file}`);
  },
  async extract(capture) {
    const text = textOf(capture.body, capture.contentType);
    if (capture.finalUrl.endsWith('.atom'))
      return feedItems(text, capture.finalUrl, { exactTime: true });
    const ids = typedIds({ [capture.finalUrl]: text });
    if (ids.length === 0)
      throw unreadable('no-match', 'The file lists no model. It may have moved.');
    return ids.map((typed) => itemOf(typed, capture.finalUrl));
  },
});

function itemOf({ id, types }: TypedId, url: string): Item {
  return {
    key: id,
    kind: 'package',
    title: id,
    text: `${id}\nTyped in: ${types.join(', ')}`,
    url,
    published: null,
    fields: { id, types },
  };
}
