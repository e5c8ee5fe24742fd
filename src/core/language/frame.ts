import type { FrameCategory, FrameRule } from '../../domain/language.ts';
import type { Range } from '../text/characters.ts';
import type { Argument } from './arguments.ts';
import type { Clause } from './clauses.ts';
import { type Context, contextOf } from './context.ts';
import type { Phrases } from './phrases.ts';
import { type Scope, scopeOf } from './scope.ts';

/** What one predicate of a sentence says, of what, and how: the unit of the analysis. */
export interface Frame {
  /** Id of the rule that found it (`data/catalog/language.yaml`). */
  rule: string;
  category: FrameCategory;
  predicate: Range;
  theme: Argument;
  /** Who does it; null where nobody is named. */
  agent: Argument | null;
  context: Context;
  /** Where the rest of its clause stands, for places, days and figures. */
  scope: Range;
  /** It shares its verb with another model that has a place of its own: "X in the app, and Y in the API". */
  apart: boolean;
}

export function frameOf(
  phrases: Phrases,
  at: number,
  rule: FrameRule,
  clause: Clause,
  theme: Argument,
  agent: Argument | null,
  scope: Scope = scopeOf(phrases, at),
): Frame {
  const { tokens, sentence } = phrases;
  const chunk = phrases.chunks[at];
  const start = tokens[chunk?.from ?? 0]?.start ?? sentence.start;
  // "We stopped using X" says what the vendor does, and not what is to be had.
  const isTheirs = rule.construction !== 'use' || agent === null || agent.kind === 'people';
  const context = contextOf(phrases, at, rule, clause, theme, scope);
  const isEnded = context.ceased && isTheirs;
  // What goes on a day goes for good; "you can no longer use X" is said to all.
  const isForAll = isEnded && phrases.words.is(agent?.head ?? '', 'everybody', 'nominatives');
  const isOver = isForAll || (rule.category === 'retire' && context.dated);
  const predicate = { start, end: tokens[chunk?.to ?? 0]?.end ?? start };
  return {
    ...{ rule: rule.id, predicate, theme },
    // Those who lose a model do not end it: it ends for them.
    agent: agent?.kind === 'people' && rule.construction === 'use' && isOver ? null : agent,
    category: isEnded ? 'retire' : rule.category,
    context,
    apart: false,
    scope: {
      start: tokens[scope.from]?.start ?? sentence.start,
      end: tokens[scope.to]?.end ?? sentence.end,
    },
  };
}
