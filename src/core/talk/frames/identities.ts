import type { Statement } from '../../../domain/evidence.ts';
import type { Mention } from '../../names/mention.ts';
import { standingOf } from '../context/certainty.ts';
import { type Clause, type Memory, quoteOf, statementOf } from '../document/clause.ts';
import { isCodename, type TextAnalysis } from '../document/document.ts';
import type { ParsedSentence } from '../syntax/clauses.ts';
import { argumentOf } from './coreference.ts';
import type { ReadSentence } from './statement.ts';

/** How far apart the two names may stand, in characters. */
const REACH = 90;

/** What a sentence says of which name belongs to which model. A codename is never more than rumoured to be one. */
export function identityStatements(read: ReadSentence): readonly Statement[] {
  const { analysis, parsed, memory } = read;
  const { words } = parsed;
  const named = parsed.tokens.flatMap(({ mention }) => (mention === null ? [] : [mention]));
  // It takes two names, one of which may have been named before.
  if (named.length === 0 || (named.length === 1 && memory.codename === null)) return [];
  if (parsed.tokens.at(-1)?.text === '?' || words.has('if') || words.has('whether')) return [];
  const taken = takenUp(analysis, parsed.tokens, memory);
  if (taken !== null) return [identityOf(read, taken, [taken.model, taken.model])];
  for (const [index, first] of named.entries()) {
    const second = named[index + 1];
    if (second === undefined) break;
    const pair = pairOf(analysis, first, second);
    if (pair !== null) return [identityOf(read, pair, [first, second])];
  }
  return [];
}

/** "linked them to what people call GPT Image 2": a plural takes up the codename named last. */
function takenUp(
  analysis: TextAnalysis,
  tokens: ParsedSentence['tokens'],
  { codename }: Memory,
): Pair | null {
  const models = tokens.filter(({ mention }) => mention !== null && !isCodename(analysis, mention));
  const [only] = models;
  if (
    codename === null ||
    only?.mention == null ||
    tokens.some(({ mention }) => mention !== null && isCodename(analysis, mention))
  )
    return null;
  const at = tokens.indexOf(only);
  const ahead = tokens.slice(0, at).map(({ text }) => text);
  const isPlural = ahead.some((text) => /^(?:they|them|these|those|it)$/.test(text));
  const isLinked = ahead.some((text) => analysis.lists['identities.taken-up'].test(text));
  if (!isPlural || !isLinked) return null;
  return {
    model: only.mention,
    codename,
    isDenied: ahead.some((text) => /^(?:not|never|no)$/.test(text)),
  };
}

interface Pair {
  model: Mention;
  codename: Mention | null;
  isDenied: boolean;
}

function pairOf(analysis: TextAnalysis, first: Mention, second: Mention): Pair | null {
  const between = analysis.folded.slice(first.span[1], second.span[0]);
  if (
    between.length > REACH ||
    !analysis.lists['identities.link'].test(between) ||
    analysis.lists['identities.broken'].test(between)
  )
    return null;
  const isDenied = /\b(?:not|n't|never|no)\b/.test(between);
  const [a, b] = [isCodename(analysis, first), isCodename(analysis, second)];
  if (a !== b) return { model: a ? second : first, codename: a ? first : second, isDenied };
  if (a || first.subject !== second.subject || first.alias === second.alias) return null;
  return first.text.toLowerCase() === second.text.toLowerCase()
    ? null
    : { model: first, codename: null, isDenied };
}

function identityOf(
  { analysis, sentence, memory }: ReadSentence,
  { model, codename, isDenied }: Pair,
  [first, second]: readonly [Mention, Mention],
): Statement {
  const clause: Clause = { ...sentence, sentence, memory };
  const polarity = isDenied ? 'deny' : 'support';
  const link = { family: 'identity.link', start: first.span[1], end: second.span[0] };
  const standing = standingOf(analysis, link, clause, polarity);
  const isFirm = standing.force === 'assert' || standing.force === 'assert_partial';
  const isRumor = codename !== null && isFirm && !isDenied;
  const said = statementOf(
    argumentOf(model),
    { facet: 'identity', qualifiers: {} },
    {
      ...{ polarity, ...standing, ...quoteOf(analysis, clause), rule: 'identity.link' },
      ...(isRumor ? ({ force: 'report', evidentiality: 'none' } as const) : {}),
    },
  );
  return { ...said, claim: { ...said.claim, value: codename?.subject ?? null } };
}
