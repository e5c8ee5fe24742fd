import * as z from 'zod';
import { unreadable } from '../src/core/extract/failure.ts';
import { goodRows, readJson, readPages } from '../src/core/extract/json.ts';
import { pageItem } from '../src/core/extract/page-item.ts';
import { textOf } from '../src/core/extract/text.ts';
import { defineWatcher, type Item, type TargetContext } from '../src/watch/define.ts';

const MODELS_DEV = 'https://models.dev/api.json';
const OPENROUTER = 'https://openrouter.ai/api/v1/models';
const LITELLM =
  'https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json';
const TERMS = 'https://earlyterms.com/term/';
/** Pages of terms are asked for the models a person follows, not for every model there is. */
const MOST_TERMS = 20;

const Name = z.object({ id: z.string().min(1), name: z.string().catch('') });
const Providers = z.record(z.string(), z.unknown());
const Provider = z.object({ models: z.record(z.string(), z.unknown()) });
const Listed = z.object({ data: z.array(z.unknown()) });
const Priced = z.object({ litellm_provider: z.literal('openai') });

/** A row of a catalogue, as far as it is compared: prices and limits change daily and are no news of a model. */
interface Row {
  id: string;
  name: string;
}

export default defineWatcher({
  version: 2,
  about:
    'Catalogues that people and programs keep of models: a row is a voice among others, early or late, copied from one another, and never proof.',
  kind: 'tracker',
  vendor: null,
  facets: [],
  every: '1h',
  coverage: 'complete',
  shape: { landmarks: [], share: 2 / 3 },
  targets: (context) => [
    ...[MODELS_DEV, OPENROUTER, LITELLM, ...context.pages].map((url) => ({ url })),
    ...termPages(context),
  ],
  owns: (url) => [MODELS_DEV, OPENROUTER, LITELLM].includes(url.href) || url.href.startsWith(TERMS),
  async extract(capture) {
    const url = new URL(capture.finalUrl);
    if (capture.url.startsWith(TERMS)) return [pageItem(capture)];
    const rows = rowsOf(url, textOf(capture.body, capture.contentType));
    if (rows.length === 0)
      throw unreadable(
        'shape',
        'The catalogue lists no model of OpenAI. Its layout may have changed.',
      );
    return rows.map((row) => itemOf(row, capture.finalUrl));
  },
});

/** A tracker has no page of most models: each is about one model, so that its absence is an answer and no fault. */
function termPages({ subjects }: TargetContext): readonly { url: string; subject: string }[] {
  return subjects
    .filter(({ kind, moving }) => kind === 'model' && !moving)
    .slice(0, MOST_TERMS)
    .map(({ id }) => ({ url: `${TERMS}${id}`, subject: id }));
}

function rowsOf(url: URL, text: string): readonly Row[] {
  if (url.hostname === 'models.dev') {
    const openai = Provider.safeParse(readJson(text, Providers)['openai']);
    return openai.success ? goodRows(Object.values(openai.data.models), Name) : [];
  }
  if (url.hostname === 'openrouter.ai') {
    const listed = readPages(text, Listed).flatMap(({ data }) => data);
    const rows = goodRows(listed, Name);
    return rows.filter(({ id }) => id.startsWith('openai/'));
  }
  const entries = Object.entries(readJson(text, Providers));
  return entries
    .filter(([, row]) => Priced.safeParse(row).success)
    .map(([id]) => ({ id, name: '' }));
}

function itemOf({ id, name }: Row, url: string): Item {
  return {
    key: id,
    kind: 'listing',
    title: name === '' ? id : name,
    text: name === '' || name === id ? id : `${id}\n${name}`,
    url,
    published: null,
    fields: { id },
  };
}
