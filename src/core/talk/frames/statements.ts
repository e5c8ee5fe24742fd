import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Range } from '../../text/characters.ts';
import type { Memory } from '../document/clause.ts';
import { datesWithin, shows, type TextAnalysis } from '../document/document.ts';
import type { ParsedSentence } from '../syntax/clauses.ts';
import { assertedBy } from './asserted.ts';
import { claimsOf } from './claims.ts';
import { argumentOf, fillersOf } from './coreference.ts';
import type { Frame } from './frame.ts';
import { framesIn } from './frames.ts';
import { identityStatements } from './identities.ts';
import { nounFacts } from './noun-facts.ts';
import { phraseStatements } from './phrases.ts';
import { plannedDates } from './planned-dates.ts';
import { type ReadSentence, rangeOf, statementsFor } from './statement.ts';

/** What a sentence says of models: by its verbs and adjectives, by its nouns, by its figures. */
export function frameStatements(
  analysis: TextAnalysis,
  sentence: Range,
  memory: Memory,
): readonly Statement[] {
  const parsed = analysis.parse(sentence);
  if (parsed.tokens.at(-1)?.text === '?') return [];
  const read: ReadSentence = { analysis, parsed, sentence, memory };
  const framed = framesIn(analysis, parsed, analysis.context.predicates).flatMap((ways) =>
    firstRead(read, ways),
  );
  return [
    ...framed,
    ...likewise(read, framed),
    ...nounFacts(read, framed),
    ...identityStatements(read),
    ...phraseStatements(read),
  ];
}

const BE_HELPER = /^(?:is|are|was|were|'s)$/;
const TAIL = /^(?:not|yet|too|already|either)$/;
const END = /^[,.;!)]?$|^(?:and|but|while|though)$/;

/** "GPT-5.5 is out, GPT-6 is not": the predicate of the clause before, and so its rule, of another model. */
function likewise(read: ReadSentence, framed: readonly Statement[]): readonly Statement[] {
  const { parsed, sentence, memory } = read;
  const [first] = framed;
  if (first === undefined) return [];
  return parsed.tokens.flatMap(({ mention, start }, at) => {
    const short = mention === null ? null : shortPredicate(parsed, at + 1);
    if (mention === null || short === null || short.polarity === first.polarity) return [];
    const claimed = framed
      .filter((one) => one.polarity === first.polarity && one.claim.subject !== mention.subject)
      .map(({ claim: { facet, qualifiers } }) => ({ facet, qualifiers }));
    const predicate = rangeOf(parsed, at + 1, short.to);
    const clause = { start, end: predicate.end, sentence, memory };
    const cueMatch = { family: 'deny.past', rule: first.rule ?? 'deny.past', ...predicate };
    return statementsFor(read, clause, cueMatch, short.polarity, claimed, [argumentOf(mention)]);
  });
}

/** A helper verb that stands for a whole predicate: "is not", "has". */
function shortPredicate(
  parsed: ParsedSentence,
  at: number,
): { polarity: Polarity; to: number } | null {
  if (!parsed.is('statements.helper', at)) return null;
  let to = at + 1;
  while (TAIL.test(parsed.word(to))) to++;
  const isBare = to === at + 1 && BE_HELPER.test(parsed.word(at));
  if (isBare || !END.test(parsed.word(to))) return null;
  const isDenied = parsed.tokens.slice(at, to).some(({ text }) => text === 'not');
  return { polarity: isDenied ? 'deny' : 'support', to };
}

/** Of the ways a predicate can be taken, the first that says something. */
function firstRead(read: ReadSentence, ways: readonly Frame[]): readonly Statement[] {
  for (const frame of ways) {
    const said = saidBy(read, frame);
    if (said.length > 0) return said;
  }
  return [];
}

function saidBy(read: ReadSentence, frame: Frame): readonly Statement[] {
  const { analysis, parsed, sentence, memory } = read;
  const { entry, clause: span } = frame;
  const polarity = isEnded(parsed, frame) ? 'deny' : assertedBy(parsed, frame);
  const predicate = rangeOf(parsed, frame.at, frame.to);
  const clause = { ...rangeOf(parsed, span.from, span.to), sentence, memory, predicate };
  if (polarity === null || (polarity === 'support' && isDatedAhead(analysis, frame, clause))) {
    return plannedDates(read, frame, clause);
  }
  const subjects = fillersOf(read, frame);
  const isOfCodename = subjects.some(
    ({ subject }) => analysis.context.names.subject(subject)?.kind === 'codename',
  );
  if (entry.says === 'retire' && isOfCodename) return [];
  if (isEnded(parsed, frame)) {
    const cueMatch = { family: 'retire.past', rule: 'retire.told', ...predicate };
    return statementsFor(read, clause, cueMatch, 'support', [ENDED], subjects);
  }
  const stated: Polarity = entry.says === 'absence' ? 'deny' : polarity;
  const cueMatch = { family: familyOf(frame), rule: entry.id, ...predicate };
  const claimed = claimsOf({ analysis, frame, clause, polarity });
  return statementsFor(read, clause, cueMatch, stated, claimed, subjects);
}

const ENDED = { facet: 'retired', qualifiers: {} } as const;

/** "can no longer be used", "is no longer available": what could be had once has ended. */
function isEnded(parsed: ParsedSentence, { entry, group, at }: Frame): boolean {
  if (!/^(?:release|access)$/.test(entry.says) || group.governed === 'planned') return false;
  return parsed.tokens
    .slice(group.from, at)
    .some(({ text }, k) => text === 'no' && parsed.word(group.from + k + 1) === 'longer');
}

function familyOf({ entry, form }: Frame): string {
  const family = entry.says === 'document' || entry.says === 'test' ? 'sight' : entry.says;
  return `${family}.${form === 'ing' ? 'ing' : 'past'}`;
}

/** "launches on June 1", said in May; "ships next week": a present that means the future. */
function isDatedAhead(
  analysis: TextAnalysis,
  { form, entry, use }: Frame,
  { predicate, end }: Range & { predicate: Range },
): boolean {
  if (entry.says !== 'release' || use === 'state' || !/^(?:s|ing|base)$/.test(form)) return false;
  const behind = { start: predicate.end, end };
  if (shows(analysis, 'statements.ahead', behind)) return true;
  return datesWithin(analysis, behind).some(
    ({ interval }) => interval.from.slice(0, 10) > analysis.today,
  );
}
