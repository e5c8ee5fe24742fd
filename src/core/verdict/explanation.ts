import { facetLabel } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { firstOfEach } from '../../domain/groups.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import { speakerWords } from '../../domain/publisher.ts';
import { timeWords } from '../../domain/time.ts';
import type { ChannelState, Verdict, Voice } from '../../domain/verdict.ts';
import { readersIn } from '../../domain/watcher.ts';
import { isBeyondProof } from '../claims/to-evidence.ts';
import { counted } from '../render/words.ts';
import { type ExplanationSources, flagLine, markedQuote, RULE_WORDS } from './explanation-words.ts';

/** A verdict in words. The three lists always stand, empty or not. */
export interface Explanation {
  headline: string;
  rule: string;
  /** How many pages and how many voices support it, and how many deny it. */
  voices: string;
  for: readonly string[];
  against: readonly string[];
  unchecked: readonly string[];
  /** What was looked at and does not count, with the reason. */
  setAside: readonly string[];
  primary: string;
  /** What would confirm it; null when it is confirmed, and for what no channel is an authority. */
  becomes: string | null;
  /** For what is contradicted by another value, the claim that holds instead. */
  supersededBy: string | null;
  flags: readonly string[];
}

/** Puts a verdict into words, from the verdict and its evidence alone and in a fixed grammar. */
export function explain(verdict: Verdict, sources: ExplanationSources): Explanation {
  const { claim, level, status, asOf, supersededBy } = verdict;
  const { mandatory } = verdict.primary;
  const instead = supersededBy === null ? undefined : sources.claimOf(supersededBy);
  return {
    headline: `${level} · ${claim.subject} · ${facetLabel(claim)} · ${words(status)} · known at ${asOf}`,
    rule: ruleLine(verdict, sources),
    voices: voicesLine(verdict, sources),
    for: linesOf(verdict, ['support', 'hedged'], sources),
    against: linesOf(verdict, ['deny'], sources),
    unchecked: uncheckedLines(verdict.primary.channels),
    setAside: verdict.setAside.map(({ evidence, reason }) =>
      [lineOf(sources.evidence.get(evidence), sources), reason].filter(Boolean).join(': '),
    ),
    primary: mandatory === 0 ? 'No channel has to speak of this.' : primaryLine(verdict),
    becomes: level === 'confirmed' || isBeyondProof(claim.facet) ? null : claim.criterion,
    supersededBy: instead === undefined ? null : facetLabel(instead),
    flags: verdict.flags.map((flag) => flagLine(flag, verdict, sources)),
  };
}

/** A derived level names the claim it comes from. */
function ruleLine({ rule, derivedFrom }: Verdict, { claimOf }: ExplanationSources): string {
  const from = derivedFrom === null ? undefined : claimOf(derivedFrom);
  return from === undefined ? RULE_WORDS[rule] : `${RULE_WORDS[rule]} Here: ${facetLabel(from)}.`;
}

/** "6 pages, 2 voices support; 1 page, 1 voice denies": pages are what a reader counts, voices what a level counts. */
function voicesLine({ voices, heard }: Verdict, { evidence }: ExplanationSources): string {
  const denying = heard.filter(({ stance }) => stance === 'deny');
  const pages = new Set(
    denying.flatMap((voice) => voice.evidence.map((id) => evidence.get(id)?.url)),
  );
  const hedged = heard.filter(({ stance }) => stance === 'hedged').length;
  const doubt = hedged === 0 ? '' : `, ${counted(hedged, 'voice')} with a doubt`;
  const support = `${counted(voices.pages, 'page')}, ${counted(voices.groups, 'voice supports', 'voices support')}${doubt}`;
  if (denying.length === 0) return `${support}; none denies`;
  return `${support}; ${counted(pages.size, 'page')}, ${counted(denying.length, 'voice denies', 'voices deny')}`;
}

function words(status: string): string {
  return status === 'names_it' ? 'names it, says nothing we can read' : status.replaceAll('_', ' ');
}

function linesOf(
  verdict: Verdict,
  stances: readonly Voice['stance'][],
  sources: ExplanationSources,
): readonly string[] {
  const voices = verdict.heard.filter(({ stance }) => stances.includes(stance));
  const spoken = voices.flatMap((voice) => voiceLines(voice, sources));
  const isAgainst = stances.includes('deny');
  const heard = new Set((isAgainst ? verdict.heard : voices).flatMap(({ evidence }) => evidence));
  // What authorities state: for a claim before all others, and another value of it behind those who deny it.
  const primary = (isAgainst ? verdict.against : verdict.for).filter((id) => !heard.has(id));
  const stated = onePerPage(primary, sources);
  return isAgainst ? [...spoken, ...stated] : [...stated, ...spoken];
}

function voiceLines(voice: Voice, sources: ExplanationSources): readonly string[] {
  const notes = [voice.stance === 'hedged' ? 'hedged' : '', voice.inInterval ? '' : 'out of date'];
  const suffix = notes.filter(Boolean).join(', ');
  return onePerPage(voice.evidence, sources).map((line) => (suffix ? `${line} [${suffix}]` : line));
}

/** A page that says one thing in five sentences is one line. */
function onePerPage(ids: readonly EvidenceId[], sources: ExplanationSources): readonly string[] {
  const pieces = ids.flatMap((id) => sources.evidence.get(id) ?? []);
  const pages = firstOfEach(pieces, ({ url, relays }) => `${url} ${relays ?? ''}`);
  return pages.map((evidence) => lineOf(evidence, sources));
}

function lineOf(evidence: Evidence | undefined, { nameOf }: ExplanationSources): string {
  if (evidence === undefined) return '';
  const { publisher, publisherClass, relays, observedAt, id, extractor, rule } = evidence;
  const name = nameOf(publisher);
  const speaker = `${speakerWords(name, relays)}${relays === null ? '' : ', not captured'}`;
  const interest = publisherClass === 'S4' ? ', interested' : '';
  const { model } = readersIn(extractor);
  const help = model === null ? '' : `, read with ${model}`;
  const by = rule === null ? '' : `, rule ${rule}`;
  const seen = `seen ${timeWords(observedAt)}`;
  return `${speaker} (${publisherClass}${interest}${help}, ${seen}${by}): “${markedQuote(evidence)}” ${id}`;
}

const BAD = new Set<ChannelState['state']>(['unreachable', 'control_failed', 'stale', 'never']);

/** What could not be checked, a sentence each; empty when every mandatory channel was. */
export function uncheckedLines(channels: readonly ChannelState[]): readonly string[] {
  return channels
    .filter(({ state }) => BAD.has(state))
    .map(({ kind, state, reason, at, url }) => {
      const when = at === null ? '' : ` at ${timeWords(at)}`;
      const where = url === null ? '' : ` (${url})`;
      return `${kind}${where}: ${words(state)}${when}${reason === null ? '' : `, ${reason}`}`;
    });
}

function primaryLine({ primary }: Verdict): string {
  const parts = primary.channels.map(channelPhrase);
  const beside = primary.beside.map(({ kind, state, reason }) =>
    state === 'control_failed' ? `${kind} ignored: ${reason}` : `${kind} ${words(state)}`,
  );
  const share = `${primary.checked}/${primary.mandatory} mandatory`;
  return `${words(primary.state)}, ${share} (${[...parts, ...beside].join('; ')})`;
}

function channelPhrase({ kind, state, at, controls }: ChannelState): string {
  const when = at === null ? '' : ` ${timeWords(at)}`;
  const seen = controls.length === 0 ? '' : `, control seen: ${controls.join(', ')}`;
  return `${kind} ${words(state)}${when}${seen}`;
}
