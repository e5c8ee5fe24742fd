import { facetLabel } from '../../domain/claim.ts';
import type { Statement } from '../../domain/evidence.ts';
import type { Item } from '../../domain/item.ts';
import { dayOf, type Instant } from '../../domain/time.ts';
import { datesIn } from '../extract/dates-in-text.ts';
import type { Names } from '../names/names.ts';
import { maskMarkup } from '../talk/document/markup.ts';
import type { AnswerLists } from './answer.ts';
import {
  type Holds,
  type KeptAnswer,
  type KeptStatement,
  keptAnswer,
  numberedAnswer,
} from './proposed.ts';

/** What was found on a page and is listed, with numbers from 1, in the question about it. */
export interface Given {
  /** What the page names, each with its names as the page writes them. */
  subjects: readonly { id: string; names: readonly string[] }[];
  /** The days the page gives. */
  days: readonly string[];
  /** What the rules took from it. */
  statements: readonly Statement[];
}

const MOST_SUBJECTS = 40;
const MOST_NAMES = 4;
const MOST_DAYS = 30;
const MOST_STATEMENTS = 40;

export function givenOf(
  item: Item,
  statements: readonly Statement[],
  { names, at }: { names: Names; at: Instant },
): Given {
  const masked = maskMarkup(item.text);
  const found = new Map<string, Set<string>>();
  for (const { subject, text } of [...names.find(masked.text, at), ...names.find(item.title, at)]) {
    found.set(subject, (found.get(subject) ?? new Set()).add(text.replace(/\s+/g, ' ')));
  }
  const dates = datesIn(masked.folded, dayOf(item.published?.from ?? at));
  const days = dates
    .filter(({ interval }) => interval.precision === 'day')
    .map(({ interval }) => interval.from.slice(0, 10));
  return {
    subjects: [...found]
      .slice(0, MOST_SUBJECTS)
      .map(([id, texts]) => ({ id, names: [...texts].slice(0, MOST_NAMES) })),
    days: [...new Set(days)].slice(0, MOST_DAYS),
    statements: statements.slice(0, MOST_STATEMENTS),
  };
}

/** The lists as they stand in a question. */
export function listsOf({ subjects, days, statements }: Given): string {
  return [
    listedNames(subjects),
    listed('Days found on the page', days),
    listed(
      'Statements that rules took from the page',
      statements.map(
        ({ claim, polarity, force, quote }) =>
          `${[claim.subject, facetLabel(claim)].join(' ')}, ${polarity}, ${force}: ${quoted(quote)}`,
      ),
    ),
  ].join('\n');
}

/** The lists as they stand in a second question. */
export function listsToCheck(
  subjects: Given['subjects'],
  statements: readonly Statement[],
): string {
  return [
    listedNames(subjects),
    listed(
      'Statements taken from the page',
      statements.map(
        ({ claim, polarity, quote }) =>
          `${claim.subject} ${facetLabel(claim)}, ${polarity}: ${quoted(quote)}`,
      ),
    ),
  ].join('\n');
}

function listedNames(subjects: Given['subjects']): string {
  const written = subjects.map(({ id, names }) => `${id}, written ${names.map(quoted).join(', ')}`);
  return listed('Names found on the page', written);
}

function listed(title: string, lines: readonly string[]): string {
  const numbered = lines.map((line, at) => `${at + 1}. ${line}`);
  return [`${title}:`, ...(numbered.length === 0 ? ['none'] : numbered)].join('\n');
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/**
 * An answer with what its numbers stood for in their place, which is how it is kept: answers to the rules' statements
 * first, then the model's own. What is malformed stays as it is, to be told of.
 */
export function keptAnswerOf(
  lists: AnswerLists,
  given: Given,
  resolve: Names['resolve'],
): readonly unknown[] {
  const { rules, statements } = numberedAnswer.shape;
  const answers = lists.rules.flatMap((one): readonly KeptAnswer[] => {
    const parsed = rules.element.safeParse(one);
    const statement = given.statements[(parsed.data?.number ?? 0) - 1];
    if (!parsed.success || statement === undefined) return [];
    return [answerAbout(statement, parsed.data.holds)];
  });
  const own = lists.statements.map((one): unknown => {
    const parsed = statements.element.safeParse(one);
    if (!parsed.success) return one;
    const { subject, date, other, ...said } = parsed.data;
    const named = (number: number | null) => given.subjects[(number ?? 0) - 1]?.id ?? null;
    const typed = maskMarkup(said.subjectQuote).text.trim();
    return {
      ...said,
      subject: subject === 0 ? resolve(typed) : named(subject),
      date: given.days[(date ?? 0) - 1] ?? null,
      other: named(other),
    } satisfies KeptStatement;
  });
  return [...answers, ...own];
}

/** What was answered to a listed statement, as it is kept. */
export function answerAbout({ quote, polarity, claim }: Statement, holds: Holds): KeptAnswer {
  return { rule: { quote, polarity, subject: claim.subject, facet: claim.facet }, holds };
}

/** Of what is kept of an answer, what was said to statements that were listed. */
export function answersIn(kept: readonly unknown[]): {
  answers: readonly KeptAnswer[];
  own: readonly unknown[];
} {
  const answers: KeptAnswer[] = [];
  const own: unknown[] = [];
  for (const one of kept) {
    const parsed = keptAnswer.safeParse(one);
    if (parsed.success) answers.push(parsed.data);
    else own.push(one);
  }
  return { answers, own };
}
