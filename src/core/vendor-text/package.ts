import type { Item } from '../../domain/item.ts';
import { endingIn } from './retirement-cues.ts';
import { pieceAt } from './spans.ts';
import {
  fieldOf,
  type PrimaryContext,
  type PrimaryStatement,
  statementOf,
  subjectOf,
} from './statement.ts';

const UNSUPPORTED = /\bnot a (supported|valid) model\b|\bnot supported\b/i;

/**
 * What a package's types state of an id: that it is typed. Its comments are the vendor's word on an end; that an
 * announced shutdown came about, and that an id was never offered, they only suggest.
 */
export function packageStatements(
  item: Item,
  context: PrimaryContext,
): readonly PrimaryStatement[] {
  const id = fieldOf(item, 'id')[0] ?? '';
  const subject = subjectOf(id, context);
  if (subject === null) return [];
  const lines = item.text.split('\n');
  const typed = (lines[0]?.length ?? 0) + 1 + (lines[1]?.length ?? 0);
  const said = { subject, artefact: 'permanent' as const, rule: 'package.type' };
  const notes = fieldOf(item, 'notes').flatMap((note) => noteSays(item, subject, note));
  return [statementOf(item, { ...said, facet: 'sdk_typed', span: [0, typed] }), ...notes];
}

function noteSays(item: Item, subject: string, note: string): readonly PrimaryStatement[] {
  const place = pieceAt(item.text, note);
  if (place === null) return [];
  const said = {
    ...{ subject, span: [place.start, place.end] as const, artefact: 'permanent' as const },
    rule: 'package.note',
  };
  const hint = { ...said, evidentiality: 'first_hand' as const };
  if (UNSUPPORTED.test(note))
    return [statementOf(item, { ...hint, facet: 'api_listed', polarity: 'deny' })];
  const ending = endingIn(note);
  if (ending === null) return [];
  const retired = { facet: 'retired' as const, validTime: ending.date };
  if (ending.kind === 'removed') return [statementOf(item, { ...said, ...retired })];
  const deprecated = statementOf(item, { ...hint, facet: 'deprecated' });
  return ending.date === null
    ? [deprecated]
    : [deprecated, statementOf(item, { ...hint, ...retired })];
}
