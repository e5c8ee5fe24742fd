import type { Flag, Rule } from '../../domain/verdict.ts';

/** What each row of the decision table says, in a sentence. */
export const RULE_WORDS: Record<Rule, string> = {
  '1': 'A primary source that may say so states it.',
  '2': 'It was confirmed, and every artefact that could be found gone has been found gone.',
  '3': 'A primary source states the opposite, or another value.',
  '4': 'Independent groups agree, at least one of them without an interest and one captured by us.',
  '4b': 'One edited or official source says so in its own words, or quotes a named spokesperson.',
  '5': 'Somebody says so, and nothing above it holds.',
  '6': 'Nobody says so, and somebody denies it.',
  '7': 'Nobody has said anything about it.',
  derived:
    'The headline takes the best of the API listing, product availability and talk of release.',
};

export const FLAG_WORDS: Record<Flag, string> = {
  primary_silent: 'every mandatory channel was checked and shows nothing',
  primary_partially_checked: 'only some of the mandatory channels could be checked',
  primary_unreachable: 'the mandatory channels could not be read',
  primary_check_stale: 'the last checks of the mandatory channels are too old to count',
  disputed: 'a denial reaches the time of what is claimed',
  date_conflict: 'sources give dates that exclude each other',
  circular: 'more pages than independent voices',
  interested_only: 'only interested parties say so',
  alias_unverified: 'named only by an alias that no primary source has used',
  source_self_contradiction: 'one page says both',
  single_source: 'rests on a single source',
  stale_denial: 'a denial was seen after the confirmation; it is out of date',
  primary_gone_pending: 'missing at the last check; a second miss would withdraw it',
  listed_only: 'listed, not announced: only the list of models shows it, and not yet for long',
};
