import type { AlertKind, Move, SourceChange } from '../../domain/alert.ts';
import { plain, truncate } from '../render/plain.ts';
import { counted, facetWords, statusWords } from '../render/words.ts';

const LONGEST_NAME = 60;
const LONGEST_ITEM = 90;

/** What changed, in one line: the level first, then the subject, then the most telling facet. */
export function titleOf(
  kind: AlertKind,
  name: string,
  moves: readonly Move[],
  changes: readonly SourceChange[],
): string {
  const subject = truncate(plain(name), LONGEST_NAME);
  const found = kind === 'discovery' ? `New model found first-hand: ${subject}` : null;
  const [first, ...others] = moves;
  if (first === undefined) return found ?? changeTitle(subject, changes);
  const headline = isListedOnly(moves)
    ? `Listed, not announced: ${subject}`
    : moveTitle(first, subject);
  const more =
    others.length === 0 || isListedOnly(moves)
      ? ''
      : `, and ${counted(others.length, 'more move')}`;
  return found === null ? `${headline}${more}` : `${found}. ${headline}${more}`;
}

/** The vendor's list shows it, and that alone makes no release. */
function isListedOnly(moves: readonly Move[]): boolean {
  const to = new Map(moves.map((move) => [move.facet, move.to]));
  return (
    to.size === 2 && to.get('released') === 'secondary' && to.get('api_listed') === 'confirmed'
  );
}

function moveTitle({ facet, from, to, status }: Move, subject: string): string {
  const words = truncate(plain(facetWords(facet)), LONGEST_ITEM);
  if (from === to) return `${capital(statusWords(status) ?? status)}: ${subject} ${words} (${to})`;
  return `${capital(to)}: ${subject} ${words} (was ${from})`;
}

function changeTitle(subject: string, changes: readonly SourceChange[]): string {
  const [first] = changes;
  if (first === undefined) return subject;
  const item = truncate(plain(first.title), LONGEST_ITEM) || 'an entry';
  const more = changes.length === 1 ? '' : ` and ${changes.length - 1} more`;
  return `${subject}: ${first.watcher} ${first.kind} “${item}”${more}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
