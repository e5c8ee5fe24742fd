import type { Item } from '../../domain/item.ts';
import { type Ending, endingIn } from './retirement-cues.ts';
import { mentionsIn, type Piece, pieceAt, sentencesOf } from './spans.ts';
import {
  fieldOf,
  namesIn,
  onceEach,
  type PrimaryContext,
  type PrimaryStatement,
  statementOf,
  subjectOf,
} from './statement.ts';

const LONGEST_QUOTE = 300;
const THIS_MODEL =
  /^(this|the) model\b|^it (has|is|was)\b|^(dieses|ce|este|questo) (modell|modèle|modelo|modello)\b/i;

/** An end the page says of its own model, with its place. */
interface Ended {
  ending: Ending;
  sentence: Piece;
}

/**
 * What the page of one model states. Its `Model ID` line documents the model and says that it is in the API, unless
 * the page says that the model is shut down: pages of retired models stay. Tables that name others prove nothing, and
 * a copy in another language proves no availability.
 */
export function modelPageStatements(
  item: Item,
  context: PrimaryContext,
): readonly PrimaryStatement[] {
  const id = fieldOf(item, 'modelId')[0] ?? '';
  const subject = subjectOf(id, context);
  if (subject === null) return [];
  const ends = endsIn(item, subject, context);
  const ended = ends.flatMap((end) => endSays(item, subject, end));
  const isGone = ends.some(({ ending }) => ending.kind === 'removed');
  const isCopy = fieldOf(item, 'locale').length > 0;
  return isGone || isCopy ? ended : [...ended, ...onceEach(pageSays(item, subject, id, context))];
}

function endsIn(item: Item, subject: string, context: PrimaryContext): readonly Ended[] {
  const mentions = namesIn(item.text, context);
  return sentencesOf(item.text).flatMap((sentence) => {
    const ending = endingIn(sentence.text);
    if (ending === null) return [];
    const [first] = mentionsIn(sentence, mentions);
    const isOwn = first === undefined ? THIS_MODEL.test(sentence.text) : first.subject === subject;
    return isOwn ? [{ ending, sentence }] : [];
  });
}

function endSays(
  item: Item,
  subject: string,
  { ending, sentence }: Ended,
): readonly PrimaryStatement[] {
  const said = {
    subject,
    span: [sentence.start, sentence.end] as const,
    artefact: 'page' as const,
  };
  const deprecated = statementOf(item, { ...said, facet: 'deprecated' });
  const retired = statementOf(item, { ...said, facet: 'retired', validTime: ending.date });
  if (ending.kind === 'deprecated') return [deprecated];
  if (ending.kind === 'scheduled')
    return ending.date === null ? [deprecated] : [deprecated, retired];
  return ending.deprecated ? [retired, deprecated] : [retired];
}

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
  const said = { subject, artefact: 'page' as const };
  return [
    statementOf(item, {
      ...said,
      facet: 'documented',
      span: [idLine.start, withNext(item, idLine)],
    }),
    statementOf(item, { ...said, facet: 'api_listed', span: [endpoints.start, endpoints.end] }),
    ...(figures === null ? [] : pricesSay(item, subject, prices, figures)),
    ...snapshotsSay(item, context),
  ];
}

/** The line that states the id; pages that set it alone under the title have no other place for it. */
function idLineOf(item: Item, id: string): Piece {
  const lines = item.text.split('\n');
  const line =
    lines.find((one) => one.endsWith(id) && /\bid\b/i.test(one)) ??
    lines.find((one) => one.startsWith(id));
  return pieceAt(item.text, line ?? id) ?? { text: '', start: 0, end: item.title.length };
}

/** The end of what follows the id line, when the two make one quote of a length people read. */
function withNext(item: Item, line: Piece): number {
  const next = /^\s*\n+([^\n]+[.!?])(?=\n|$)/.exec(item.text.slice(line.end));
  const end = line.end + (next?.[0].length ?? 0);
  return end - line.start > LONGEST_QUOTE ? line.end : end;
}

/** The longest run of routes marked as supported; the id line on a page without such a table. */
function endpointRows(item: Item): Piece {
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
  first: Piece,
): readonly PrimaryStatement[] {
  const last = pieceAt(item.text, prices.at(-1) ?? '', first.start) ?? first;
  const end = last.end - first.start > LONGEST_QUOTE ? first.end : last.end;
  const said = {
    subject,
    facet: 'priced' as const,
    span: [first.start, end] as const,
    artefact: 'page' as const,
  };
  const value = prices
    .map((row) => row.replaceAll(' | ', ' '))
    .join('; ')
    .slice(0, LONGEST_QUOTE);
  return [statementOf(item, said), statementOf(item, { ...said, value })];
}

function snapshotsSay(item: Item, context: PrimaryContext): readonly PrimaryStatement[] {
  return fieldOf(item, 'snapshots').flatMap((id) => {
    const subject = subjectOf(id, context);
    const line = item.text.split('\n').find((one) => one.endsWith(id));
    const place = pieceAt(item.text, line ?? id);
    if (subject === null || place === null) return [];
    const span = [place.start, place.end] as const;
    return [statementOf(item, { subject, facet: 'documented', span, artefact: 'page' })];
  });
}
