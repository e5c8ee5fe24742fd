import type OpenAI from 'openai';
import { asError, FetchError } from '../domain/errors.ts';
import { calledOff } from './faults.ts';
import type { FetchContext } from './fetch-context.ts';
import { bodyOf, faultOfApi, openaiClient } from './openai-client.ts';

/** A language model that can be asked, by the Chat Completions API that most servers of models speak. */
export interface ModelApi {
  /**
   * Asks for an answer in a shape, and returns it whole, as the JSON text that was sent. Throws `FetchError`: nobody is
   * asked twice, for what a question costs is counted by whoever asks.
   */
  ask(question: ChatQuestion, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

export interface ModelApiOptions {
  /** Null: nobody is asked. */
  key: string | null;
  baseUrl: string;
  /** The longest an answer may take, in milliseconds. */
  timeout: number;
}

export interface ChatQuestion {
  model: string;
  /** What is to be done, by us. */
  instructions: string;
  /** What it is to be done with, by anybody. */
  content: string;
  /** The shape of the answer, as a JSON Schema with a name. */
  shape: { name: string; schema: Readonly<Record<string, unknown>> };
  /** The most an answer may take, in tokens. */
  answers: number;
}

/** An answer larger than this, in bytes, is none that was asked for. */
const LARGEST = 1_000_000;

export function modelApi(
  context: FetchContext,
  { key, baseUrl, timeout }: ModelApiOptions,
): ModelApi {
  let client: Promise<OpenAI> | null = null;
  return {
    async ask({ model, instructions, content, shape, answers }, signal) {
      // The client's own limit ends with the head of the answer; this one holds to its last byte.
      const within = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
      try {
        if (key === null)
          throw new FetchError('off', 'No key is set for the model that helps to read pages.');
        client ??= openaiClient(context, { key, baseUrl, timeout, retries: 0 });
        const { chat } = await client;
        const asked = chat.completions.create(
          {
            model,
            messages: [
              { role: 'system', content: instructions },
              { role: 'user', content },
            ],
            response_format: { type: 'json_schema', json_schema: { ...shape, strict: true } },
            max_completion_tokens: answers,
          },
          { signal: within },
        );
        const body = await bodyOf(await asked.asResponse(), LARGEST, baseUrl);
        return new TextDecoder().decode(body);
      } catch (error) {
        throw within.aborted
          ? calledOff(baseUrl, within)
          : faultOfApi(asError(error), baseUrl, context);
      }
    },
    close: () => context.close(),
  };
}
