import type { AnswerShape, ModelAnswer } from '../core/proposals/answer.ts';
import { answerIn, answerShape, checksIn, checksShape } from '../core/proposals/answer.ts';
import type { CheckContext } from '../core/proposals/checked.ts';
import { type Given, keptAnswerOf } from '../core/proposals/given.ts';
import {
  type ModelQuestion,
  PROMPT_VERSION,
  proposalId,
  questionAbout,
} from '../core/proposals/question.ts';
import { keptChecksOf, secondLook } from '../core/proposals/second-look.ts';
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
export interface Asked extends CheckContext {
  item: Item;
  given: Given;
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

/** Takes what the questions about a page may cost from the budget of the day before they are asked, and corrects it after. */
async function askWithin(asking: Asking, asked: Asked, now: Instant): Promise<Proposed> {
  const { model, proposals, tokensPerPage, tokensPerDay } = asking;
  const question = questionAbout(asked.item, asked.given, tokensPerPage);
  if (question === null) {
    return none('page-budget', `No question about it fits in ${tokensPerPage} tokens.`);
  }
  const day = dayOf(now);
  const reserved = MOST_QUESTIONS * (question.asks + question.answers);
  if (!(await proposals.reserve(day, reserved, tokensPerDay))) {
    const message = `It may take ${reserved} tokens, and of the ${tokensPerDay} for ${day} fewer are left.`;
    return none('day-budget', message);
  }
  const spending: Spending = { spent: 0, open: 0 };
  try {
    const { outcome, statements } = await answersOf(asking, asked, question, spending);
    const tokens = spending.spent;
    await proposals.settle(day, tokens - reserved);
    const id = proposalId(asked.item, model);
    const proposal = { id, model, prompt: PROMPT_VERSION, at: now, outcome, statements, tokens };
    await proposals.keep(proposal);
    return { kind: 'asked', proposal };
  } catch (thrown) {
    if (!(thrown instanceof FetchError)) throw thrown;
    return unanswered(asking, thrown, { day, reserved, spending, now });
  }
}

/** One that reads a page, and one that asks back about what was read; the second is never dearer than the first. */
const MOST_QUESTIONS = 2;

/** What was spent on answers, and what the question that is out may cost. */
interface Spending {
  spent: number;
  open: number;
}

/** What a model reads on a page, and what of it that no rule reads it stands by. */
async function answersOf(
  asking: Asking,
  { item, given, names, at }: Asked,
  question: ModelQuestion,
  spending: Spending,
): Promise<Pick<Proposal, 'outcome' | 'statements'>> {
  const first = await answerTo(asking, question, answerShape(), answerIn, spending);
  if (first.content === null) return { outcome: first.outcome, statements: [] };
  const kept = keptAnswerOf(first.content, given, names.resolve);
  const back = secondLook({ item, given, names, at }, kept, question);
  if (back === null) return { outcome: first.outcome, statements: kept };
  const second =
    back.question && (await answerTo(asking, back.question, checksShape(), checksIn, spending));
  const checks = keptChecksOf(back.statements, second?.content ?? []);
  return { outcome: first.outcome, statements: [...checks, ...kept] };
}

async function answerTo<Content>(
  { api, model }: Asking,
  { instructions, page, asks, answers }: ModelQuestion,
  shape: AnswerShape,
  read: (text: string) => ModelAnswer<Content> | null,
  spending: Spending,
): Promise<ModelAnswer<Content>> {
  spending.open = asks + answers;
  // The API keeps a limit of its own.
  const { signal } = new AbortController();
  const answer = read(
    await api.ask({ model, instructions, content: page, shape, answers }, signal),
  );
  if (answer === null)
    throw new FetchError('content', `The server of ${model} sent something that is no answer.`);
  spending.spent += answer.tokens ?? spending.open;
  return answer;
}

/** After a fault that may pass, and after one that somebody must mend: so long nobody is asked, in milliseconds. */
const SHORT_REST = MINUTE;
const LONG_REST = HOUR;

async function unanswered(
  asking: Asking,
  error: FetchError,
  tried: { day: Day; reserved: number; spending: Spending; now: Instant },
): Promise<Proposed> {
  const { day, reserved, spending, now } = tried;
  // What was refused or never arrived costs nothing; what was waited for in vain may have been billed.
  const isFree = error.status !== null || /^(?:off|dns|connect|tls)$/.test(error.kind);
  await asking.proposals.settle(day, spending.spent + (isFree ? 0 : spending.open) - reserved);
  const wait = error.transient ? (error.retryAfter ?? SHORT_REST) : LONG_REST;
  asking.rest = { until: plus(now, Math.min(wait, LONG_REST)), because: error.message };
  return none(error.kind, error.message);
}
