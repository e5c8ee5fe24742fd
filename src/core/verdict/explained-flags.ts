import type { Claim } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { ClaimKey, EvidenceId } from '../../domain/ids.ts';
import type { Publisher } from '../../domain/publisher.ts';
import type { Flag, Verdict } from '../../domain/verdict.ts';
import { FLAG_WORDS } from './explanation-words.ts';
import { isDate } from './values.ts';

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
  return `${pages} pages, ${groups} ${groups === 1 ? 'voice' : 'voices'}`;
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
