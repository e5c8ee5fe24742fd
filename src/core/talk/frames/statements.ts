import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Memory } from '../document/clause.ts';
import { datesWithin, mentionsWithin, type Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';
import { clausesOf } from '../syntax/clauses.ts';
import { tokensIn } from '../syntax/tokens.ts';
import { assertedBy } from './asserted.ts';
import { claimsOf } from './claims.ts';
import { denialFacts } from './denial-facts.ts';
import type { Frame } from './frame.ts';
import { framesIn } from './frames.ts';
import { identityStatements } from './identities.ts';
import { type ParsedSentence, wordAt } from './noun-phrases.ts';
import { argumentOf, fillersOf } from './resolve.ts';
import { type ReadSentence, rangeOf, statementsFor } from './statement.ts';
import { supportFacts } from './support-facts.ts';

export function parseSentence(scene: Scene, sentence: Range): ParsedSentence {
  const tokens = tokensIn(scene.folded, sentence, mentionsWithin(scene, sentence));
  return { tokens, clauses: clausesOf(tokens) };
}

/** What a sentence says of models: by its verbs and adjectives, by its nouns, by its figures. */
export function frameStatements(
  scene: Scene,
  sentence: Range,
  memory: Memory,
): readonly Statement[] {
  const parsed = parseSentence(scene, sentence);
  if (parsed.tokens.at(-1)?.text === '?') return [];
  const read: ReadSentence = { scene, parsed, sentence, memory };
  const framed = framesIn(scene, parsed, scene.context.predicates).flatMap((ways) =>
    firstRead(read, ways),
  );
  return [
    ...framed,
    ...likewise(read, framed),
    ...denialFacts(read, framed),
    ...supportFacts(read, framed),
    ...identityStatements(scene, parsed, sentence, memory),
  ];
}

const BE_HELPER = /^(?:is|are|was|were|'s)$/;
const HELPER = /^(?:is|are|was|were|has|have|does|do|did|can|will|'s)$/;
const TAIL = /^(?:not|yet|too|already|either)$/;
const END = /^[,.;!)]?$|^(?:and|but|while|though)$/;

/** "GPT-5.5 is out, GPT-6 is not": the predicate of the clause before, of another model. */
function likewise(read: ReadSentence, framed: readonly Statement[]): readonly Statement[] {
  const { parsed, sentence, memory } = read;
  const { tokens } = parsed;
  const [first] = framed;
  if (first === undefined) return [];
  return tokens.flatMap(({ mention, start }, at) => {
    const short = mention === null ? null : shortPredicate(parsed, at + 1);
    if (mention === null || short === null || short.polarity === first.polarity) return [];
    const claimed = framed
      .filter((one) => one.polarity === first.polarity && one.claim.subject !== mention.subject)
      .map(({ claim: { facet, qualifiers } }) => ({ facet, qualifiers }));
    const predicate = rangeOf(parsed, at + 1, short.to);
    const clause = { start, end: predicate.end, sentence, memory };
    const hit = { family: 'deny.past', rule: 'likewise', ...predicate };
    return statementsFor(read, clause, hit, short.polarity, claimed, [argumentOf(mention)]);
  });
}

/** A helper verb that stands for a whole predicate: "is not", "has". */
function shortPredicate(
  { tokens }: ParsedSentence,
  at: number,
): { polarity: Polarity; to: number } | null {
  if (!HELPER.test(wordAt(tokens, at))) return null;
  let to = at + 1;
  while (TAIL.test(wordAt(tokens, to))) to++;
  const isBare = to === at + 1 && BE_HELPER.test(wordAt(tokens, at));
  if (isBare || !END.test(wordAt(tokens, to))) return null;
  const isDenied = tokens.slice(at, to).some(({ text }) => text === 'not');
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
  const { scene, parsed, sentence, memory } = read;
  const { entry, clause: span } = frame;
  const polarity = assertedBy(parsed, frame);
  if (polarity === null) return [];
  const predicate = rangeOf(parsed, frame.at, frame.to);
  const clause = { ...rangeOf(parsed, span.from, span.to), sentence, memory, predicate };
  if (polarity === 'support' && isDatedAhead(scene, frame, clause)) return [];
  const subjects = fillersOf(scene, parsed, frame, clause, memory);
  const isOfCodename = subjects.some(
    ({ subject }) => scene.context.names.subject(subject)?.kind === 'codename',
  );
  if (entry.says === 'retire' && isOfCodename) return [];
  const stated: Polarity = entry.says === 'absence' ? 'deny' : polarity;
  const hit = { family: familyOf(frame), rule: entry.id, ...predicate };
  return statementsFor(
    read,
    clause,
    hit,
    stated,
    claimsOf(scene, frame, clause, polarity),
    subjects,
  );
}

function familyOf({ entry, form }: Frame): string {
  const family = entry.says === 'document' || entry.says === 'test' ? 'sight' : entry.says;
  return `${family}.${form === 'ing' ? 'ing' : 'past'}`;
}

const AHEAD =
  /\b(?:next (?:week|month|year|quarter|spring|summer|autumn|fall|winter)|soon|tomorrow|shortly|later this|in the coming|this (?:summer|fall|autumn|winter|spring))\b/;

/** "launches on June 1", said in May; "ships next week": a present that means the future. */
function isDatedAhead(
  scene: Scene,
  { form, entry, use }: Frame,
  { predicate, end }: Range & { predicate: Range },
): boolean {
  if (entry.says !== 'release' || use === 'state' || !/^(?:s|ing|base)$/.test(form)) return false;
  const behind = { start: predicate.end, end };
  if (AHEAD.test(scene.folded.slice(behind.start, behind.end))) return true;
  return datesWithin(scene, behind).some(
    ({ interval }) => interval.from.slice(0, 10) > scene.today,
  );
}
