import type { Names } from '../core/names/names.ts';
import { answerIn, answerShape, type ModelAnswer } from '../core/proposals/answer.ts';
import { type Given, keptAnswerOf } from '../core/proposals/given.ts';
import {
  type ModelQuestion,
  PROMPT_VERSION,
  proposalId,
  questionAbout,
} from '../core/proposals/question.ts';
import type { Clock } from '../domain/clock.ts';
import { FetchError } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import type { Proposal, Unasked } from '../domain/proposal.ts';
import { type Day, dayOf, HOUR, type Instant, MINUTE, plus } from '../domain/time.ts';
import type { ModelApi } from '../fetch/model-api.ts';
import type { Store } from '../store/store.ts';

/** An answer, from the database or fresh; or why there is none, in a word and in a sentence. */
export type Proposed =
  | { kind: 'remembered' | 'asked'; proposal: Proposal }
  | { kind: 'none'; why: Unasked; message: string };

export interface ProposerOptions {
  proposals: Store['proposals'];
  clock: Clock;
  model: string;
  tokensPerPage: number;
  tokensPerDay: number;
  api: ModelApi;
}

/** A text with what was found in it, which the question lists. */
export interface Asked {
  item: Item;
  given: Given;
  names: Pick<Names, 'resolve'>;
}

/** Asks a model about texts, each once, within what may be spent. */
export type Proposer = (asked: Asked) => Promise<Proposed>;

interface Asking extends ProposerOptions {
  /** A server that is down, or that does not take the question, is left alone for a while. */
  rest: { until: Instant; because: string } | null;
}

export function openProposer(options: ProposerOptions): Proposer {
  const asking: Asking = { ...options, rest: null };
  return async (asked) => {
    const known = await options.proposals.get(proposalId(asked.item, options.model));
    if (known !== null) return { kind: 'remembered', proposal: known };
    const now = options.clock.now();
    const { rest } = asking;
    if (rest !== null && now < rest.until) {
      return none('resting', `The model is not asked before ${rest.until}: ${rest.because}`);
    }
    return askWithin(asking, asked, now);
  };
}

function none(why: Unasked, message: string): Proposed {
  return { kind: 'none', why, message };
}

/** Takes what a question may cost from the budget of the day before it is asked, and corrects it after. */
async function askWithin(
  asking: Asking,
  { item, given, names }: Asked,
  now: Instant,
): Promise<Proposed> {
  const { model, proposals, tokensPerPage, tokensPerDay } = asking;
  const question = questionAbout(item, given, tokensPerPage);
  if (question === null) {
    return none('page-budget', `No question about it fits in ${tokensPerPage} tokens.`);
  }
  const day = dayOf(now);
  const reserved = question.asks + question.answers;
  if (!(await proposals.reserve(day, reserved, tokensPerDay))) {
    const message = `It may take ${reserved} tokens, and of the ${tokensPerDay} for ${day} fewer are left.`;
    return none('day-budget', message);
  }
  try {
    const answer = await answerOf(asking, question);
    const { outcome, content } = answer;
    const statements = content === null ? [] : keptAnswerOf(content, given, names.resolve);
    const tokens = answer.tokens ?? reserved;
    await proposals.settle(day, tokens - reserved);
    const id = proposalId(item, model);
    const proposal = { id, model, prompt: PROMPT_VERSION, at: now, outcome, statements, tokens };
    await proposals.keep(proposal);
    return { kind: 'asked', proposal };
  } catch (thrown) {
    if (!(thrown instanceof FetchError)) throw thrown;
    return unanswered(asking, thrown, { day, reserved, now });
  }
}

async function answerOf({ api, model }: Asking, question: ModelQuestion): Promise<ModelAnswer> {
  const { instructions, page, answers } = question;
  // The API keeps a limit of its own.
  const { signal } = new AbortController();
  const asked = { model, instructions, content: page, shape: answerShape(), answers };
  const answer = answerIn(await api.ask(asked, signal));
  if (answer !== null) return answer;
  throw new FetchError('content', `The server of ${model} sent something that is no answer.`);
}

/** After a fault that may pass, and after one that somebody must mend: so long nobody is asked, in milliseconds. */
const SHORT_REST = MINUTE;
const LONG_REST = HOUR;

async function unanswered(
  asking: Asking,
  error: FetchError,
  { day, reserved, now }: { day: Day; reserved: number; now: Instant },
): Promise<Proposed> {
  // What was refused or never arrived costs nothing; what was waited for in vain may have been billed.
  const isFree = error.status !== null || /^(?:off|dns|connect|tls)$/.test(error.kind);
  if (isFree) await asking.proposals.settle(day, -reserved);
  const wait = error.transient ? (error.retryAfter ?? SHORT_REST) : LONG_REST;
  asking.rest = { until: plus(now, Math.min(wait, LONG_REST)), because: error.message };
  return none(error.kind, error.message);
}
