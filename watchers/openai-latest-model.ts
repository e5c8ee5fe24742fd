import { itemText } from '../src/core/document/text.ts';
import { canonicalUrl, htmlTwin } from '../src/core/extract/canonical-url.ts';
import { readBlocks } from '../src/core/extract/read-blocks.ts';
import { textOf } from '../src/core/extract/text.ts';
import { type Block, defineWatcher } from '../src/watch/define.ts';

const PAGE = 'https://developers.openai.com/api/docs/guides/latest-model';

const BUILT_WITH =
  /^(import |export (const|function) |<\/?>;)|^-{2,}|latestModelInfo:|^(migrationGuide|model): /;
const CODE = /(^|\s)(const|let|var) \w+ = |^\w+ = \S|[;{]$/;

export default defineWatcher({
  version: 3,
  about:
    'The guide to the newest model: it documents the ids it gives; its banners speak of staged rollouts, which are the vendor’s word on partial access and no release.',
  kind: 'guide',
  vendor: 'openai',
  facets: ['documented'],
  every: '30m',
  coverage: 'single',
  shape: { landmarks: [/^# |<h1/m], share: 0 },
  targets: ({ pages }) => [`${PAGE}.md`, ...pages].map((url) => ({ url })),
  twin: htmlTwin,
  owns: (url) =>
    url.hostname === 'developers.openai.com' &&
    /^\/api\/docs\/guides\/latest-model(\.md|\/)?$/.test(url.pathname) &&
    !url.searchParams.has('translationFallback'),
  async extract(capture) {
    const blocks = readBlocks(capture).filter((block) => !isScaffold(block));
    const title = blocks.find(({ kind }) => kind === 'heading');
    const source = textOf(capture.body, capture.contentType);
    const model = /^\s+model: ([\w.-]+)$/m.exec(source.slice(0, 1000))?.[1];
    return [
      {
        // The page is about whichever model is the newest: another one makes it another text, not another page.
        key: canonicalUrl(capture.finalUrl),
        kind: 'article',
        title: title?.text ?? 'Latest model',
        ...itemText(blocks.filter(({ kind }) => kind !== 'code')),
        url: canonicalUrl(capture.finalUrl),
        published: null,
        fields: model === undefined ? {} : { model },
      },
    ];
  },
});

/** What the page is built with, where else it can be had, and code that lost its fence: an id in it is an example. */
function isScaffold({ kind, text }: Block): boolean {
  if (kind === 'quote') return text.includes('llms.txt');
  return kind === 'paragraph' && (BUILT_WITH.test(text) || CODE.test(text));
}
