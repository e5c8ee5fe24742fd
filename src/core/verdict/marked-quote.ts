import type { Evidence } from '../../domain/evidence.ts';

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
