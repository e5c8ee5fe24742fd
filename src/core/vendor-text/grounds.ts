import type { Mark } from '../../domain/evidence.ts';
import type { Argument } from '../language/arguments.ts';
import type { Frame } from '../language/frame.ts';
import type { Range } from '../text/range.ts';
import type { Reading } from './reading.ts';
import type { Said } from './statement.ts';

/** What a statement rests on: the rule of its frame, and the words of the predicate, the model and who does it. */
export function groundsOf(
  { mentions }: Pick<Reading, 'mentions'>,
  { rule, predicate, theme, agent }: Frame,
  subject: string | null = null,
): Pick<Said, 'rule' | 'marks'> {
  const named = theme.names.filter(
    ({ mention }) => subject === null || mentions[mention]?.subject === subject,
  );
  const models = named.length === 0 ? [theme] : named;
  return {
    rule,
    marks: [
      ...models.map((range) => markOf('model', range)),
      markOf('predicate', predicate),
      ...(agent === null ? [] : [markOf('agent', agent)]),
    ].sort((a, b) => a.span[0] - b.span[0]),
  };
}

/** What a name that stands alone rests on. */
export function namesOnly(rule: string, { names }: Argument): Pick<Said, 'rule' | 'marks'> {
  return { rule, marks: names.map((range) => markOf('model', range)) };
}

function markOf(part: Mark['part'], { start, end }: Range): Mark {
  return { part, span: [start, end] };
}
