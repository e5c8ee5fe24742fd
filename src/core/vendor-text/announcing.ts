import { dayOf } from '../../domain/time.ts';
import type { Frame } from '../language/frame.ts';
import type { ReadSentence } from '../language/read-sentence.ts';
import type { About } from './about.ts';
import { quoteOf, type Reading } from './reading.ts';
import { isReleasable, type PrimaryStatement, type Said, statementOf } from './statement.ts';

/** A quote longer than this is read by nobody. */
export const LONGEST_QUOTE = 400;
/** What comes out by its predicate. */
export const RELEASES: readonly Frame['category'][] = ['release', 'announce', 'list'];
/** What can be had by its predicate. */
export const OFFERS: readonly Frame['category'][] = [
  ...RELEASES,
  'available',
  'use',
  'host',
  'support',
  'restore',
  'default',
  'access',
];

/** A title with the sentence under it, where the two make a quote people read. */
export function titleQuote(reading: Reading, title: ReadSentence): readonly [number, number] {
  const [start, end] = quoteOf(reading, title);
  const [first] = reading.body;
  if (first === undefined || reading.title.at(-1) !== title) return [start, end];
  const [, last] = quoteOf(reading, first);
  return [start, last - start > LONGEST_QUOTE ? end : last];
}

/** That models came out, and on which day. */
export function announced(
  { item, context }: Reading,
  about: readonly About[],
  span: readonly [number, number],
  artefact: Said['artefact'],
  groundsFor: (subject: string) => Pick<Said, 'rule' | 'marks'>,
): readonly PrimaryStatement[] {
  const day = item.published === null ? null : dayOf(item.published.from);
  return about
    .filter(({ subject }) => isReleasable(subject, context))
    .flatMap(({ subject, claimed }) => {
      const grounds = groundsFor(subject);
      const said: Said = {
        ...{ subject, span, artefact, facet: 'announced', aliasClaimed: claimed },
        ...grounds,
      };
      const dated = day === null ? [] : [statementOf(item, { ...said, value: day })];
      return [statementOf(item, said), ...dated];
    });
}
