import { facetLabel } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import type { Publisher } from '../../domain/publisher.ts';
import type { ChannelState, Flag, Rule, Verdict, Voice } from '../../domain/verdict.ts';
import { readersIn } from '../../domain/watcher.ts';

/** A verdict in words. The three lists always stand, empty or not. */
export interface Explanation {
  headline: string;
  rule: string;
  for: readonly string[];
  against: readonly string[];
  unchecked: readonly string[];
  /** What was looked at and does not count, with the reason. */
  setAside: readonly string[];
  primary: string;
  /** What would change the level; null when it is confirmed. */
  becomes: string | null;
  flags: readonly string[];
}

export interface ExplanationSources {
  evidence: ReadonlyMap<EvidenceId, Evidence>;
  /** The name people know a publisher by. */
  nameOf(domain: string): Publisher['name'];
}

const RULES: Record<Rule, string> = {
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

const FLAGS: Record<Flag, string> = {
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
};

/** Puts a verdict into words, from the record alone and in a fixed grammar. */
export function explain(verdict: Verdict, sources: ExplanationSources): Explanation {
  const { claim, level, status, asOf } = verdict;
  const { mandatory } = verdict.primary;
  return {
    headline: `${level} · ${claim.subject} · ${facetLabel(claim)} · ${words(status)} · known at ${asOf}`,
    rule: RULES[verdict.rule],
    for: linesOf(verdict, ['support', 'hedged'], sources),
    against: [...linesOf(verdict, ['deny'], sources), ...rivalLines(verdict, sources)],
    unchecked: uncheckedLines(verdict),
    setAside: verdict.setAside.map(({ evidence, reason }) =>
      [lineOf(sources.evidence.get(evidence), sources), reason].filter(Boolean).join(': '),
    ),
    primary: mandatory === 0 ? 'No channel has to speak of this.' : primaryLine(verdict),
    becomes: level === 'confirmed' ? null : claim.criterion,
    flags: verdict.flags.map((flag) => `${flag}: ${FLAGS[flag]}`),
  };
}

function words(status: string): string {
  return status.replaceAll('_', ' ');
}

function linesOf(
  verdict: Verdict,
  stances: readonly Voice['stance'][],
  sources: ExplanationSources,
): readonly string[] {
  const voices = verdict.heard.filter(({ stance }) => stances.includes(stance));
  const spoken = voices.flatMap((voice) => voiceLines(voice, sources));
  if (stances.includes('deny')) return spoken;
  const heard = new Set(voices.flatMap(({ evidence }) => evidence));
  const primary = verdict.for.filter((id) => !heard.has(id));
  return [...onePerPage(primary, sources), ...spoken];
}

function voiceLines(voice: Voice, sources: ExplanationSources): readonly string[] {
  const notes = [voice.stance === 'hedged' ? 'hedged' : '', voice.inInterval ? '' : 'out of date'];
  const suffix = notes.filter(Boolean).join(', ');
  return onePerPage(voice.evidence, sources).map((line) => (suffix ? `${line} [${suffix}]` : line));
}

/** A page that says one thing in five sentences is one line. */
function onePerPage(ids: readonly EvidenceId[], sources: ExplanationSources): readonly string[] {
  const pages = new Map<string, Evidence>();
  for (const id of ids) {
    const evidence = sources.evidence.get(id);
    if (evidence === undefined) continue;
    const page = `${evidence.url} ${evidence.relays ?? ''}`;
    if (!pages.has(page)) pages.set(page, evidence);
  }
  return [...pages.values()].map((evidence) => lineOf(evidence, sources));
}

function lineOf(evidence: Evidence | undefined, { nameOf }: ExplanationSources): string {
  if (evidence === undefined) return '';
  const { publisher, publisherClass, relays, quote, observedAt, id, extractor } = evidence;
  const name = nameOf(publisher);
  const speaker = relays === null ? name : `${relays}, relayed via ${name}, not captured`;
  const interest = publisherClass === 'S4' ? ', interested' : '';
  const { model } = readersIn(extractor);
  const help = model === null ? '' : `, read with ${model}`;
  return `${speaker} (${publisherClass}${interest}${help}, seen ${observedAt.slice(0, 16)}Z): “${quote}” ${id}`;
}

function rivalLines(verdict: Verdict, sources: ExplanationSources): readonly string[] {
  const heard = new Set(verdict.heard.flatMap(({ evidence }) => evidence));
  return onePerPage(
    verdict.against.filter((id) => !heard.has(id)),
    sources,
  );
}

const BAD = new Set<ChannelState['state']>(['unreachable', 'control_failed', 'stale', 'never']);

/** What could not be checked, a sentence each; empty when every mandatory channel was. */
export function uncheckedLines(verdict: Verdict): readonly string[] {
  return verdict.primary.channels
    .filter(({ state }) => BAD.has(state))
    .map(({ kind, state, reason, at, url }) => {
      const when = at === null ? '' : ` at ${at.slice(0, 16)}Z`;
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
  const when = at === null ? '' : ` ${at.slice(0, 16)}Z`;
  const seen = controls.length === 0 ? '' : `, control seen: ${controls.join(', ')}`;
  return `${kind} ${words(state)}${when}${seen}`;
}
