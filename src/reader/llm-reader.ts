import { isOwnChannel } from '../core/claims/ownership.ts';
import type { Names } from '../core/names/names.ts';
import { checkedProposals } from '../core/proposals/checked.ts';
import { combined } from '../core/proposals/combined.ts';
import { givenOf } from '../core/proposals/given.ts';
import { PROMPT_VERSION, proposalId } from '../core/proposals/question.ts';
import { DEFAULT_POLICY } from '../core/verdict/policy.ts';
import type { ModelPart, Proposal } from '../domain/proposal.ts';
import { isVendorClass } from '../domain/publisher.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Logger } from '../log.ts';
import type { Entry, EntryReading, Reader, ReadingMode } from '../pipeline/context.ts';
import type { Store } from '../store/store.ts';
import type { Proposed, Proposer } from './llm-client.ts';
import type { RuleReader } from './rule-reader.ts';

/** A model whose answers count. */
export interface HelpingModel {
  model: string;
  /** Asks it; null where only what it answered before counts, as in a replay. */
  propose: Proposer | null;
}

/** What it takes to let a model help. */
export interface Assistance {
  /** What models answered before. */
  proposals: Store['proposals'];
  names(): Names;
  /** Whether a text that names no known model speaks of a vendor that releases something. */
  speaksOfRelease(text: string): boolean;
  log: Logger;
  /** Null when none is to help; what was read with one can still be read so again. */
  helper: HelpingModel | null;
}

/** Lets a model help to read pages of others; what rules read of everything else stands alone. Null for rules alone. */
export function assistedReader(
  rules: RuleReader,
  assistance: Assistance | null,
): Pick<Reader, 'read' | 'proposedBefore'> {
  if (assistance === null) return { read: rules.read, proposedBefore: async () => null };
  const { helper, proposals, names } = assistance;
  return {
    async read(watcher, entries, mode) {
      const readings = await rules.read(watcher, entries);
      if (helper === null) return readings;
      const helped: EntryReading[] = [];
      for (const [index, reading] of readings.entries()) {
        const entry = entries[index];
        const isForModel = entry !== undefined && isTalk(watcher, entry, reading, assistance);
        const helping = { ...assistance, ...helper, mode };
        helped.push(isForModel ? await help(helping, entry, reading) : reading);
      }
      return helped;
    },
    async proposedBefore({ item, at }, reader) {
      const [model, version] = partsOf(reader);
      const proposal = await proposals.get(proposalId(item, model, version));
      if (proposal === null) return null;
      const context = { names: names(), at };
      const { statements, answers } = checkedProposals(item, proposal.statements, context);
      return [
        ...statements.map(({ claim, span }) => ({ subject: claim.subject, span })),
        ...answers.map(({ rule: { subject, quote } }) => {
          const start = item.text.indexOf(quote);
          return { subject, span: [start, start + quote.length] as const };
        }),
      ];
    },
  };
}

interface Helping extends Assistance, HelpingModel {
  mode: ReadingMode;
}

/** The name of a model in evidence: its own, and the version of the prompt. */
function readerName({ model, prompt }: Pick<Proposal, 'model' | 'prompt'>): string {
  return `${model}@${prompt}`;
}

function partsOf(reader: string): readonly [string, number] {
  const at = reader.lastIndexOf('@');
  return [reader.slice(0, at), Number(reader.slice(at + 1))];
}

/**
 * Pages of others that name a model, or that speak of a vendor's release and name none we know. Vendors and partners speak
 * for themselves, by rules alone.
 */
function isTalk(
  watcher: Watcher,
  { item, publisher }: Entry,
  { mentions }: EntryReading,
  { speaksOfRelease }: Assistance,
): boolean {
  const { class: publisherClass } = publisher;
  const isVendor = isVendorClass(publisherClass) || isOwnChannel(publisher, watcher);
  const isOther = isVendor || publisherClass === 'Q' || publisherClass === 'X';
  return item.kind === 'page' && !isOther && (mentions.length > 0 || speaksOfRelease(item.text));
}

function together(
  { names }: Assistance,
  { item, at }: Entry,
  rules: EntryReading,
  proposal: Proposal,
) {
  const checked = checkedProposals(item, proposal.statements, { names: names(), at });
  return combined(rules.statements, checked, readerName(proposal), DEFAULT_POLICY.reading);
}

async function help(helping: Helping, entry: Entry, rules: EntryReading): Promise<EntryReading> {
  const proposed = await proposedFor(helping, entry, rules);
  if (proposed === null) return rules;
  if (proposed.kind === 'none') return { ...rules, model: noPart(helping, entry, proposed) };
  const { proposal } = proposed;
  const both = together(helping, entry, rules, proposal);
  const { added, lowered, raised, doubted, dropped } = both;
  const model: ModelPart = {
    ...{ model: proposal.model, prompt: proposal.prompt, answer: proposed.kind },
    ...{ outcome: proposal.outcome, why: null, message: null },
    ...{ added, lowered, raised, doubted, dropped },
    tokens: proposed.kind === 'asked' ? proposal.tokens : 0,
  };
  tell(helping, entry, model);
  // What only the model found named is named on the page too.
  const named = both.statements.map(({ claim }) => claim.subject);
  const mentions = [...new Set([...rules.mentions, ...named])];
  return { ...rules, mentions, statements: both.statements, model };
}

async function proposedFor(
  { proposals, model, propose, mode, names }: Helping,
  { item, at }: Entry,
  { statements }: EntryReading,
): Promise<Proposed | null> {
  if (propose !== null && mode === 'first') {
    const context = { names: names(), at };
    return propose({ item, given: givenOf(item, statements, context), ...context });
  }
  const known = await proposals.get(proposalId(item, model));
  return known === null ? null : { kind: 'remembered', proposal: known };
}

/** What the rules read stands alone, and that is said. */
function noPart(
  { log, model }: Helping,
  { item }: Entry,
  { why, message }: Extract<Proposed, { kind: 'none' }>,
): ModelPart {
  log.warn({ page: item.url, model, failure: why, reason: message }, 'read by rules alone');
  return {
    ...{ model, prompt: PROMPT_VERSION, answer: 'none', outcome: null, why, message },
    ...{ tokens: 0, added: 0, lowered: 0, raised: 0, doubted: 0, dropped: [] },
  };
}

function tell({ log }: Assistance, { item }: Entry, part: ModelPart): void {
  if (part.answer !== 'asked') return;
  const { model, outcome, tokens, added, lowered, raised, doubted, dropped } = part;
  const counts: Record<string, number> = {};
  for (const { why } of dropped) counts[why] = (counts[why] ?? 0) + 1;
  const fields = {
    ...{ page: item.url, model, outcome, tokens },
    ...{ added, lowered, raised, doubted, dropped: counts },
  };
  if (outcome === 'answered') log.info(fields, 'read with a model');
  else log.warn(fields, 'read by rules alone');
}
