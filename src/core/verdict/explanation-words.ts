import type { Claim } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { ClaimKey, EvidenceId } from '../../domain/ids.ts';
import type { Publisher } from '../../domain/publisher.ts';
import type { Flag, Rule, Verdict } from '../../domain/verdict.ts';
import { counted } from '../render/words.ts';
import { isDate } from './values.ts';

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

/** What a verdict is put into words from. */
export interface ExplanationSources {
  evidence: ReadonlyMap<EvidenceId, Evidence>;
  claimOf(key: ClaimKey): Pick<Claim, 'facet' | 'qualifiers' | 'value'> | undefined;
  /** The verdicts on the other claims of the subject, where they are at hand. */
  verdicts?: readonly Verdict[];
  /** The name people know a publisher by. */
  nameOf(domain: string): Publisher['name'];
}

/** A flag in words, with what it is about in this case. */
export function flagLine(flag: Flag, verdict: Verdict, sources: ExplanationSources): string {
  const detail = DETAILS[flag]?.(verdict, sources) ?? '';
  return `${flag}: ${FLAG_WORDS[flag]}${detail === '' ? '' : ` (${detail})`}`;
}

type Detail = (verdict: Verdict, sources: ExplanationSources) => string;

const DETAILS: Partial<Record<Flag, Detail>> = {
  primary_partially_checked: ({ primary }) => `${primary.checked}/${primary.mandatory}`,
  circular: pagesAndVoices,
  date_conflict: datesGiven,
  source_self_contradiction: pagesThatSayBoth,
};

function pagesAndVoices({ heard }: Verdict, sources: ExplanationSources): string {
  const speaking = heard.filter(({ stance }) => stance !== 'deny');
  const pieces = speaking.flatMap((voice) => piecesOf(voice.evidence, sources));
  const pages = new Set(pieces.map(({ url }) => url)).size;
  const groups = new Set(speaking.map(({ group }) => group.replace(/^relayed-via:/, ''))).size;
  return `${pages} pages, ${counted(groups, 'voice')}`;
}

function piecesOf(
  ids: readonly EvidenceId[],
  { evidence }: ExplanationSources,
): readonly Evidence[] {
  return ids.flatMap((id) => evidence.get(id) ?? []);
}

/** Who gives which day: `2026-04-16 by GoIMG; 2026-04-21 by OpenAI`. A claim with one day rests on none of the others. */
function datesGiven(verdict: Verdict, sources: ExplanationSources): string {
  const { facet } = verdict.claim;
  const all = sources.verdicts ?? [];
  const days = new Map<string, Set<string>>();
  const siblings = all.filter(({ claim }) => claim.facet === facet).flatMap((one) => one.for);
  for (const piece of piecesOf([...verdict.for, ...verdict.against, ...siblings], sources)) {
    const value = sources.claimOf(piece.claim)?.value ?? '';
    if (piece.polarity === 'deny' || !isDate(value)) continue;
    days.set(value, (days.get(value) ?? new Set()).add(sources.nameOf(piece.publisher)));
  }
  const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([day, names]) => `${day} by ${[...names].join(', ')}`).join('; ');
}

function pagesThatSayBoth(verdict: Verdict, sources: ExplanationSources): string {
  const denied = new Set(piecesOf(verdict.against, sources).map(({ item }) => item));
  const both = piecesOf(verdict.for, sources).filter(({ item }) => denied.has(item));
  return [...new Set(both.map(({ publisher }) => sources.nameOf(publisher)))].join(', ');
}

/** A quote with the parts that carry its statement in brackets, the model and what is said of it: `[GPT-5.5] is [available]`. */
export function markedQuote({
  quote,
  span: [start],
  marks,
}: Pick<Evidence, 'quote' | 'span' | 'marks'>): string {
  let said = '';
  let done = 0;
  for (const { span } of [...marks].sort((a, b) => a.span[0] - b.span[0])) {
    const [from, to] = [span[0] - start, span[1] - start];
    // A title's name may stand beyond what is quoted of it, and a name within what it is said with.
    if (from < done || to > quote.length || to <= from) continue;
    said += `${quote.slice(done, from)}[${quote.slice(from, to)}]`;
    done = to;
  }
  return said + quote.slice(done);
}
