import { coordinationFrom, merged } from './arguments.ts';
import { companyBehind } from './company.ts';
import { type Frame, frameOf } from './frame.ts';
import { predicateAt } from './headlines.ts';
import { hasPhrase, isSign, type Phrases, skip } from './phrases.ts';

/**
 * "X, launching today in ChatGPT, draws in layers", "X, now available in the API, is …": what stands between the name that
 * opens a sentence and its verb. Only what is said to be new says anything: "X, out since May, now …" tells of something else.
 */
export function asideFrames(phrases: Phrases): readonly Frame[] {
  const { chunks, tokens } = phrases;
  const opening = skip(phrases, 0, 1, 'sign', 'adverb', 'time');
  if (chunks[opening]?.kind !== 'noun') return [];
  const { items, last } = coordinationFrom(phrases, opening);
  const theme = merged(items);
  if (theme?.kind !== 'names' || !isSign(phrases, chunks[last + 1], ',', '—')) return [];
  const at = skip(phrases, last + 2, 1, 'adverb', 'time');
  const verb = chunks.findIndex((chunk, index) => index > at && chunk.verb?.form === 'finite');
  const closing = skip(phrases, verb - 1, -1, 'adverb', 'time');
  if (verb < 0 || closing <= at || !isSign(phrases, chunks[closing], ',', '—')) return [];
  const scope = { from: chunks[last + 2]?.from ?? 0, to: (chunks[closing]?.from ?? 1) - 1 };
  if (!hasPhrase(phrases, scope.from, scope.to, 'now-times') && !isNew(phrases, scope.from))
    return [];
  const predicate = predicateAt(phrases, at, closing);
  if (predicate === null || tokens[scope.to] === undefined) return [];
  const { rule, clause } = predicate;
  const main = chunks[at]?.verb?.main ?? clause.verb.main;
  const own = { ...clause, verb: { ...clause.verb, main } };
  return [frameOf(phrases, at, rule, own, theme, null, scope)];
}

function isNew({ words, list }: Phrases, at: number): boolean {
  return words.is(list[at] ?? '', 'newly');
}

/** "launched a, alongside b for participants": b came out with it, and for them alone. */
export function reservedCompany(phrases: Phrases, frame: Frame): readonly Frame[] {
  if (frame.theme.kind !== 'names' || !TAKEN_BY.includes(frame.category)) return [];
  const { chunks, tokens, sentence } = phrases;
  const from = chunks.findIndex(({ to }) => (tokens[to]?.end ?? 0) > frame.theme.start);
  const company = from < 0 ? null : companyBehind(phrases, from);
  const [first] = company?.names ?? [];
  if (company === null || !company.isForFew || first === undefined) return [];
  const { names } = company;
  const end = names.at(-1)?.end ?? first.end;
  const theme = { ...frame.theme, start: first.start, end, names };
  const start = tokens[chunks[company.lead]?.from ?? 0]?.start ?? first.start;
  const context = { ...frame.context, extent: 'limited' as const };
  return [{ ...frame, theme, context, scope: { start, end: sentence.end } }];
}

const TAKEN_BY: readonly Frame['category'][] = ['release', 'announce', 'list', 'available'];
