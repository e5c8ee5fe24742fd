import { asError } from './domain/errors.ts';

/**
 * A piece of work as whoever looks from outside is shown it: its name, how long it took, and what it is a part of. One
 * span that is nobody's part stands for the process as a whole; what begins in it begins a trace.
 */
export interface Span {
  /**
   * How another process may say that its work goes on from here: a `traceparent` as the W3C defines it. Null where
   * nobody looks, and for the process as a whole.
   */
  readonly context: string | null;
  begin(name: string, beginning?: Beginning): Span;
  add(fields: SpanFields): void;
  end(error?: Error | null): void;
}

export type SpanFields = Readonly<Record<string, string | number | boolean>>;

export interface Beginning {
  fields?: SpanFields;
  /** How many milliseconds ago it began. */
  ago?: number;
  /** The context of the work it goes on from, in place of this span; null begins a trace of its own. */
  from?: string | null;
  /** The contexts of other work that led to it. */
  links?: readonly string[];
}

/** Nobody looks: costs nothing. */
export const untraced: Span = {
  context: null,
  begin: () => untraced,
  add: () => undefined,
  end: () => undefined,
};

/** Does work as a part of a span, and says how it ended. */
export async function traced<T>(
  parent: Span,
  name: string,
  work: (span: Span) => Promise<T>,
  beginning: Beginning = {},
): Promise<T> {
  const span = parent.begin(name, beginning);
  try {
    const result = await work(span);
    span.end();
    return result;
  } catch (thrown) {
    span.end(asError(thrown));
    throw thrown;
  }
}
