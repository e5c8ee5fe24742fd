import type { Force, Statement } from '../../domain/evidence.ts';
import { canonicalJson } from '../../domain/ids.ts';

/** The forces, the firmest first. */
const ORDER: readonly Force[] = [
  'assert',
  'assert_partial',
  'attributed',
  'relayed',
  'report',
  'hedge',
  'inference',
  'forecast',
];

/** One statement for what the same words say twice: the firmest of them, in the order of the text. */
export function merged(statements: readonly Statement[]): readonly Statement[] {
  const kept = new Map<string, Statement>();
  for (const statement of statements) {
    const key = `${canonicalJson(statement.claim)} ${statement.polarity} ${statement.span.join('-')}`;
    const known = kept.get(key);
    if (known === undefined || ORDER.indexOf(statement.force) < ORDER.indexOf(known.force)) {
      kept.set(key, statement);
    }
  }
  return [...kept.values()].sort((a, b) => a.span[0] - b.span[0]);
}
