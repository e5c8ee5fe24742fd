import { sectionsOf } from '../src/core/document/sections.ts';
import { columnOf, rowText, tablesOf } from '../src/core/document/tables.ts';
import { codesOf, itemText } from '../src/core/document/text.ts';
import { canonicalUrl, htmlTwin, localeOf } from '../src/core/extract/canonical-url.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { readBlocks } from '../src/core/extract/read-blocks.ts';
import { foldHyphens } from '../src/core/extract/tidy.ts';
import { type Block, defineWatcher, type Item, type TargetContext } from '../src/watch/define.ts';

const FOLDER = 'https://developers.openai.com/api/docs/models/';
const ID = /^[a-z][\w.-]*$/i;
/** Pages of the folder that are about many models. */
const MANY = /^(all|compare)$/;
/** The words for a model id and for supported, in the languages the documentation is served in. */
const ID_LINE =
  /^(?:model id|modell-id|id de(?:l)? modelo|id du modèle|モデル ?ID|模型 ?ID|모델 ?ID)\s*[:：]?\s*(\S+)$/iu;
/** What stands on a page beyond its opening: a section, the default snapshot, a price, where it is to be had, or that it is gone. */
const LANDMARK =
  /^## |<h2[\s>]|^\W*default snapshot\b|^[^#\n]*[$€£]\s?\d|^\W*deprecated\W*$|\b(?:shut down|removed|retired) on\b|\bis available in\b/im;
const SNAPSHOTS = /snapshot|instantánea|instantané|快照|スナップショット|스냅샷/iu;
const LINES = /^(?:item|paragraph)$/;
/** A line that begins with what a figure is for, and says of how much: `Input $0.30 · Output $2.40 per 1M tokens`. */
const FIGURES =
  /^(?:text |image |audio )?(?:input|output|price|pricing)\b[^.]*[$€£]\s?\d.*\b(?:per|\/)\b/i;
const PRICING = /^(pricing|preise|precios|preços|tarifs|价格|料金|가격)/iu;

export default defineWatcher({
  version: 2,
  about:
    'The page of one model in the API documentation: its "Model ID" line, on a page that does not say it is shut down, proves that the model is documented and in the API.',
  kind: 'model-page',
  vendor: 'openai',
  facets: ['documented', 'api_listed', 'priced', 'deprecated', 'retired', 'capability'],
  every: '10m',
  coverage: 'single',
  // With nothing but its id, a page was cut off before what it says of the model's end.
  shape: { landmarks: [LANDMARK], share: 0 },
  targets: (context) => [...modelsOf(context), ...context.pages.map((url) => ({ url }))],
  twin: htmlTwin,
  owns: (url) => modelOf(url) !== null,
  async extract(capture) {
    const url = new URL(capture.finalUrl);
    const blocks = readBlocks(capture).filter((block) => !isBoilerplate(block));
    const id = statedId(blocks, modelOf(url) ?? '');
    if (id === null) {
      throw unreadable(
        'no-match',
        'The page states no model id. It may be no model page, or its layout has changed.',
      );
    }
    return [itemOf(id, url, blocks)];
  },
});

/** One page a model; snapshots have none of their own. */
function modelsOf({
  subjects,
  controls,
}: TargetContext): readonly { url: string; subject: string }[] {
  return [...subjects, ...controls]
    .filter(
      (subject) => subject.vendor === 'openai' && subject.kind === 'model' && ID.test(subject.id),
    )
    .map((subject) => ({ url: `${FOLDER}${subject.id}.md`, subject: subject.id }));
}

/** The id in the address of a model page or of a copy of one; null for any other address. */
function modelOf(url: URL): string | null {
  const isOurs = url.hostname === 'developers.openai.com' || url.hostname === 'platform.openai.com';
  const canonical = isOurs ? canonicalUrl(url.href) : '';
  const id = canonical.startsWith(FOLDER) ? canonical.slice(FOLDER.length) : '';
  return ID.test(id) && !MANY.test(id) ? id : null;
}

function isBoilerplate({ kind, text }: Block): boolean {
  return kind === 'quote' && text.includes('llms.txt');
}

/** The `Model ID` line; pages that carry none set the id as code right under the title, and it must be the address's. */
function statedId(blocks: readonly Block[], expected: string): string | null {
  for (const { kind, text } of blocks) {
    if (kind === 'cell' || kind === 'code') continue;
    const id = ID_LINE.exec(foldHyphens(text))?.[1];
    if (id !== undefined && ID.test(id)) return id;
  }
  const title = blocks.findIndex(({ kind, level }) => kind === 'heading' && level === 1);
  const next = blocks[title + 1];
  if (title === -1 || next === undefined) return null;
  const isTheId = codesOf(next)[0] === expected && next.text.startsWith(expected);
  return isTheId ? expected : null;
}

function itemOf(id: string, url: URL, blocks: readonly Block[]): Item {
  const title = blocks.find(({ kind }) => kind === 'heading');
  const sections = sectionsOf(blocks);
  const under = (heading: RegExp): readonly Block[] =>
    sections.filter((section) => heading.test(section.title)).flatMap((section) => section.blocks);
  const locale = localeOf(url) ?? url.searchParams.get('translationFallback');
  return {
    key: id,
    kind: 'model-page',
    title: title?.text ?? id,
    ...itemText(blocks),
    url: locale === null ? canonicalUrl(url.href) : url.href,
    published: null,
    fields: {
      modelId: id,
      snapshots: snapshotsIn(blocks, under(SNAPSHOTS), id),
      prices: [...pricesIn(under(PRICING)), ...pricesOf(blocks, id, title?.text ?? id)],
      endpoints: endpointsIn(blocks),
      ...(locale === null ? {} : { locale }),
    },
  };
}

/** Dated versions of this very model: the default one, and those listed as snapshots. */
function snapshotsIn(
  blocks: readonly Block[],
  listed: readonly Block[],
  id: string,
): readonly string[] {
  const lines = blocks.filter(
    ({ kind, text }) => LINES.test(kind) && /^default snapshot/i.test(text),
  );
  const codes = [...lines, ...listed.filter(({ kind }) => kind !== 'cell')].flatMap(codesOf);
  return [...new Set(codes)].filter(
    (code) => code.startsWith(`${id}-`) && /\d{4}(-\d{2}){0,2}$/.test(code),
  );
}

/** Rows that hold a figure; a row that sends the reader elsewhere states no price. */
function pricesIn(blocks: readonly Block[]): readonly string[] {
  const rows = tablesOf(blocks).flatMap((table) => table.rows.map(({ cells }) => rowText(cells)));
  return rows.filter((row) => /[$€£¥]\s?\d|\d\s?(%|USD|EUR)|\bfree\b/i.test(row));
}

/** Prices that stand under no heading: a line of figures, or the model's own row of a table that compares. */
function pricesOf(blocks: readonly Block[], id: string, title: string): readonly string[] {
  if (sectionsOf(blocks).some((section) => PRICING.test(section.title))) return [];
  const lines = blocks
    .filter(({ kind, text }) => LINES.test(kind) && FIGURES.test(text))
    .map(({ text }) => text);
  const rows = tablesOf(blocks).flatMap((table) => table.rows.map(({ cells }) => cells));
  const own = rows.filter(([first, ...rest]) => {
    const isOwn = first?.text === id || first?.text === title;
    return isOwn && rest.some(({ text }) => /[$€£]\s?\d/.test(text));
  });
  return [...lines, ...own.map(rowText)];
}

/** Routes marked as supported: tables list every route there is. */
function endpointsIn(blocks: readonly Block[]): readonly string[] {
  return tablesOf(blocks).flatMap(({ columns, rows }) => {
    const route = columnOf(columns, /^route$/i);
    const support = columnOf(columns, /^support/i);
    if (route === -1) return [];
    return rows
      .filter(({ cells }) => /^supported$/i.test(cells[support]?.text ?? ''))
      .map(({ cells }) => cells[route]?.text ?? '')
      .filter((text) => text !== '');
  });
}
