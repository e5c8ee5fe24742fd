import type { Item } from '../../domain/item.ts';
import { dayOf } from '../../domain/time.ts';
import { type Figure, figureIn, priceValue } from '../extract/price-figures.ts';
import type { Frame } from '../language/frame.ts';
import type { Range } from '../text/characters.ts';
import { isDenied, isPlanned } from './assertion.ts';
import { endingStatements } from './endings.ts';
import { subjectOf } from './named-models.ts';
import { FIGURE } from './prices.ts';
import { pieceAt } from './quotes.ts';
import { type Act, type Reading, readItemText } from './reading.ts';
import {
  fieldOf,
  onceEach,
  type PrimaryContext,
  type PrimaryStatement,
  statedWith,
  statementOf,
} from './statement.ts';

const LONGEST_QUOTE = 300;

/**
 * What the page of one model states. Its `Model ID` line documents the model and says that it is in the API, unless
 * the page says that the model is shut down, or not there yet: pages of retired models stay. Tables that name others
 * prove nothing, and a copy in another language proves no availability.
 */
export function modelPageStatements(
  item: Item,
  context: PrimaryContext,
): readonly PrimaryStatement[] {
  const id = fieldOf(item, 'modelId')[0] ?? '';
  const subject = subjectOf(id, context);
  if (subject === null) return [];
  const reading = readItemText(item, context);
  const ended = endingStatements(reading).filter(({ claim }) => claim.subject === subject);
  const isGone = ended.some(
    ({ claim, polarity, validTime }) =>
      claim.facet === 'retired' &&
      polarity === 'support' &&
      (validTime === null || dayOf(validTime.from) <= dayOf(context.at)),
  );
  const isCopy = fieldOf(item, 'locale').length > 0;
  if (isGone || isCopy) return ended;
  const said = onceEach(pageSays(item, subject, id, context));
  return [
    ...ended,
    ...(isNotThere(reading, subject)
      ? said.filter(({ claim }) => claim.facet !== 'api_listed')
      : said),
  ];
}

/** "This model is not available yet", "We plan to release this model": the page says that it cannot be had. */
function isNotThere({ acts, title, body }: Reading, subject: string): boolean {
  const isOf = ({ about }: Act): boolean => about.some((one) => one.subject === subject);
  const isDenial = ({ frame }: Act): boolean =>
    OFFERED.includes(frame.category) &&
    (isDenied(frame) ||
      isPlanned(frame) ||
      frame.context.scope === 'embedded' ||
      frame.context.elsewhere);
  return (
    acts.some((act) => isOf(act) && isDenial(act)) ||
    [...title, ...body].some(({ isForthcoming }) => isForthcoming)
  );
}

const OFFERED: readonly Frame['category'][] = ['release', 'available', 'use', 'announce', 'list'];

function pageSays(
  item: Item,
  subject: string,
  id: string,
  context: PrimaryContext,
): readonly PrimaryStatement[] {
  const idLine = idLineOf(item, id);
  const endpoints = endpointRows(item);
  const prices = fieldOf(item, 'prices');
  const figures = prices.length === 0 ? null : pieceAt(item.text, prices[0] ?? '');
  return [
    statementOf(item, {
      ...{ subject, facet: 'documented', rule: 'model-page.id' },
      span: [idLine.start, withNext(item, idLine)],
    }),
    statementOf(item, {
      ...{ subject, facet: 'api_listed', rule: 'model-page.endpoints' },
      span: [endpoints.start, endpoints.end],
    }),
    ...(figures === null ? [] : pricesSay(item, subject, prices, figures)),
    ...snapshotsSay(item, context),
  ];
}

/** The line that states the id; pages that set it alone under the title have no other place for it. */
function idLineOf(item: Item, id: string): Range {
  const lines = item.text.split('\n');
  const line =
    lines.find((one) => one.endsWith(id) && /\bid\b/i.test(one)) ??
    lines.find((one) => one.startsWith(id));
  return pieceAt(item.text, line ?? id) ?? { start: 0, end: item.title.length };
}

/** The end of what follows the id line, when the two make one quote of a length people read. */
function withNext(item: Item, line: Range): number {
  const next = /^\s*\n+([^\n]+[.!?])(?=\n|$)/.exec(item.text.slice(line.end));
  const end = line.end + (next?.[0].length ?? 0);
  return end - line.start > LONGEST_QUOTE ? line.end : end;
}

/** The longest run of routes marked as supported; the id line on a page without such a table. */
function endpointRows(item: Item): Range {
  const routes = fieldOf(item, 'endpoints');
  const lines = item.text.split('\n');
  let best = '';
  let run: string[] = [];
  for (const line of lines) {
    const isSupported =
      routes.some((route) => line.includes(`| ${route} |`)) && !/not supported/i.test(line);
    run = isSupported ? [...run, line] : [];
    const text = run.join('\n');
    if (text.length > best.length && text.length <= LONGEST_QUOTE) best = text;
  }
  return pieceAt(item.text, best) ?? idLineOf(item, fieldOf(item, 'modelId')[0] ?? '');
}

/** That there is a price, and the figures as one value: when they change, the old value is gone from the page. */
function pricesSay(
  item: Item,
  subject: string,
  prices: readonly string[],
  first: Range,
): readonly PrimaryStatement[] {
  const last = pieceAt(item.text, prices.at(-1) ?? '', first.start) ?? first;
  const end = last.end - first.start > LONGEST_QUOTE ? first.end : last.end;
  const said = { subject, facet: 'priced', rule: 'model-page.prices' } as const;
  const value = priceValue(prices.flatMap(figureOfRow));
  return statedWith(item, { ...said, span: [first.start, end] }, value);
}

/** `Input tokens | $5.00 | 1M tokens`: what it is for, the figure, and of how many. */
function figureOfRow(row: string): readonly Figure[] {
  const [name = '', ...rest] = row.split(' | ');
  const figures = rest.flatMap((cell) => figureIn(name, cell) ?? []);
  const [first] = figures;
  // Several figures of one row are of several things, which only its headings name.
  const isOne = rest.filter((cell) => FIGURE.test(cell)).length < 2;
  if (first === undefined || !isOne) return [];
  const per = rest.filter((cell) => figureIn(name, cell)?.amount !== first.amount);
  const unit = per.length === 0 ? first.unit : `${first.unit} per ${per.join(' ').toLowerCase()}`;
  return [{ ...first, unit }];
}

function snapshotsSay(item: Item, context: PrimaryContext): readonly PrimaryStatement[] {
  return fieldOf(item, 'snapshots').flatMap((id) => {
    const subject = subjectOf(id, context);
    const line = item.text.split('\n').find((one) => one.endsWith(id));
    const place = pieceAt(item.text, line ?? id);
    if (subject === null || place === null) return [];
    const said = { subject, facet: 'documented', rule: 'model-page.snapshot' } as const;
    return [statementOf(item, { ...said, span: [place.start, place.end] })];
  });
}
