import type { Item } from '../../domain/item.ts';
import { dayOf, type Interval } from '../../domain/time.ts';
import { languageIn } from '../extract/page-language.ts';
import type { Mention } from '../names/mention.ts';
import { foldText } from '../text/characters.ts';
import { identifiedIn, isOfModel, namesIn } from './named-models.ts';
import { daysIn } from './quotes.ts';
import {
  announcedOn,
  isReleasable,
  type PrimaryContext,
  type PrimaryStatement,
  type Said,
  statementOf,
} from './statement.ts';
import { isApi, NAMES, type TranslatedForm, type TranslatedForms } from './vendor-language.ts';

/** Where a sentence ends; a name's own dots are hidden by then. */
const END = /(?<!\d)[.!](?=\s|$)|[。！]/u;
/** Several models in a row, each with its id in brackets or without: "a, b y c", "a 和 b". */
const ONE = `${NAMES}(?:\\s*\\(\\s*${NAMES}\\s*\\))?`;
const ROW = `${ONE}(?:\\s*(?:,(?= )|[、·]|\\be\\b|\\by\\b|\\bet\\b|\\bund\\b|和|与|と|및)?\\s*${ONE})*`;
const FIRST_ROW = new RegExp(ROW);
const EVERY_ROW = new RegExp(ROW, 'g');
/** A label before the sentence: "Aviso de descontinuación:". */
const LABEL = /^[^:：]{1,80}[:：]\s*/;

/** An entry that names more is a list of everything. */
const MOST_MODELS = 60;

/** A sentence, with the models it names, as the forms see it. */
interface Sentence {
  start: number;
  end: number;
  said: string;
  subjects: readonly string[];
}

/** What an entry of a changelog in another language states, in the plain forms that are known; nothing in any other. */
export function translatedStatements(
  item: Item,
  context: PrimaryContext,
): readonly PrimaryStatement[] {
  const language = languageIn(item.text);
  if (language === 'en') return [];
  const { mentions } = identifiedIn(item.text, namesIn(item.text, context), context);
  const models = mentions.filter((one) => isOfModel(one, context));
  if (models.length === 0 || models.length > MOST_MODELS) return [];
  const sentences = linesOf(item.text).flatMap((line) => sentencesIn(item.text, line, models));
  return sentences.flatMap((sentence, at) => {
    const match = matchOf(sentence, context.translated);
    if (match === null) return [];
    const subjects = match.form.isOfList
      ? listedFrom(sentence, sentences.slice(at + 1))
      : match.subjects;
    return [...new Set(subjects)].flatMap((subject) =>
      statementsOf(item, context, { ...match, sentence, subject }),
    );
  });
}

/** The lines of a text; one that only goes on ("The\n`id` was closed") belongs to the line before it. */
function linesOf(text: string): readonly (readonly [number, number])[] {
  const lines: [number, number][] = [];
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const last = lines.at(-1);
    const before = last === undefined ? '' : text.slice(last[0], last[1]).trimEnd();
    const isIdAlone = /^[\s\-*•]*[a-z\d.-]*$/.test(before);
    const goesOn = !isIdAlone && !/[.!:。！：]$/.test(before) && /^[a-z]/.test(line);
    if (last !== undefined && goesOn) last[1] = index + line.length;
    else lines.push([index, index + line.length]);
  }
  return lines;
}

/** The sentences of a line, with a sign for each model in them. */
function sentencesIn(
  text: string,
  [start, end]: readonly [number, number],
  models: readonly Mention[],
): readonly Sentence[] {
  const inside = models.filter(({ span }) => span[0] >= start && span[1] <= end);
  const sentences: Sentence[] = [];
  let from = start;
  while (from < end) {
    const hidden = hiddenFrom(text, from, end, inside);
    const found = END.exec(hidden);
    const to = found === null ? end : from + found.index + found[0].length;
    const own = inside.filter(({ span }) => span[0] >= from && span[1] <= to);
    sentences.push({ start: from, end: to, ...formOf(text.slice(from, to), from, own) });
    from = to;
  }
  return sentences;
}

/** The rest of a line with its names blotted out, sign by sign. */
function hiddenFrom(text: string, from: number, to: number, models: readonly Mention[]): string {
  let hidden = text.slice(from, to);
  for (const { span } of models) {
    if (span[0] < from) continue;
    const [start, end] = [span[0] - from, span[1] - from];
    hidden = `${hidden.slice(0, start)}${NAMES.repeat(end - start)}${hidden.slice(end)}`;
  }
  return hidden;
}

function formOf(
  written: string,
  from: number,
  models: readonly Mention[],
): Pick<Sentence, 'said' | 'subjects'> {
  let said = '';
  let at = 0;
  for (const { span } of models) {
    said += `${written.slice(at, span[0] - from)}${NAMES}`;
    at = span[1] - from;
  }
  const folded = foldText(said + written.slice(at)).replace(/^[\s\-*•·]+/, '');
  return {
    said: folded.replaceAll(/[`"*_]/g, '').replaceAll('：', ':'),
    subjects: models.map(({ subject }) => subject),
  };
}

/** The form that a sentence has. */
interface Match {
  form: TranslatedForm;
  /** The models it is said of. */
  subjects: readonly string[];
  /** The form was met with the day that it may have. */
  isDated: boolean;
}

/** The first form that a sentence has, or that it has behind its label. */
function matchOf(
  { said, subjects }: Sentence,
  { forms, labels, limits }: TranslatedForms,
): Match | null {
  if (/[?？]\s*$/.test(said) || limits.test(said)) return null;
  const found = LABEL.exec(said)?.[0] ?? '';
  const label = labels.test(found) ? found : '';
  for (const lead of label === '' ? [''] : ['', label]) {
    const rest = said.slice(lead.length);
    const row = rest.replaceAll(EVERY_ROW, NAMES).replaceAll(/\s+/g, ' ');
    const first = FIRST_ROW.exec(rest)?.[0] ?? '';
    const from = countIn(lead);
    for (const form of forms) {
      const match = form.pattern.exec(row);
      if (match === null) continue;
      const isDated = match.groups?.['day'] !== undefined;
      return { form, isDated, subjects: subjects.slice(from, from + countIn(first)) };
    }
  }
  return null;
}

function countIn(said: string): number {
  return said.split(NAMES).length - 1;
}

/** The names behind the colon, or those that open the lines under it. */
function listedFrom({ said, subjects }: Sentence, after: readonly Sentence[]): readonly string[] {
  if (subjects.length > 0) {
    const [, behind = ''] = said.split(/:(?!.*:)/);
    return behind.replaceAll(/[\s,、，e和y]/g, '').replaceAll(NAMES, '') === '' ? subjects : [];
  }
  const other = after.findIndex(({ said: line }) => !line.startsWith(NAMES));
  return after.slice(0, other < 0 ? undefined : other).flatMap((line) => line.subjects.slice(0, 1));
}

function statementsOf(
  item: Item,
  context: PrimaryContext,
  { form, isDated, sentence, subject }: Match & { sentence: Sentence; subject: string },
): readonly PrimaryStatement[] {
  const { start, end } = sentence;
  const bare = item.text.slice(start, end).replace(/[\s.!:。！：]+$/, '');
  const said: Omit<Said, 'facet'> = {
    ...{ subject, rule: `translated.${form.rule}` },
    span: [start, start + bare.length],
  };
  if (form.category === 'release') return released(item, context, said);
  const [day] = isDated ? daysIn({ item }, sentence) : [item.published];
  if (day === undefined) return [];
  const retired = statementOf(item, { ...said, facet: 'retired', validTime: day });
  return isAhead(item, day)
    ? [statementOf(item, { ...said, facet: 'deprecated' }), retired]
    : [retired];
}

function isAhead({ published }: Item, day: Interval | null): boolean {
  return published !== null && day !== null && dayOf(day.from) > dayOf(published.from);
}

function released(
  item: Item,
  context: PrimaryContext,
  said: Omit<Said, 'facet'>,
): readonly PrimaryStatement[] {
  if (!isReleasable(said.subject, context)) return [];
  const places = context.places.in(item.text.slice(...said.span));
  const isInApi = places.length === 0 ? context.places.home(item.url) === null : places.some(isApi);
  const listed = isInApi ? [statementOf(item, { ...said, facet: 'api_listed' })] : [];
  return [...announcedOn(item, said), ...listed];
}
