import * as z from 'zod';
import { unreadable } from './failure.ts';

/** A body as JSON in the shape a schema describes. Only the fields that are needed should stand in the schema. */
export function readJson<Schema extends z.ZodType>(
  source: string,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(jsonIn(source));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place =
      issue === undefined || issue.path.length === 0 ? 'the document' : issue.path.join('.');
    throw unreadable(
      'schema',
      `The answer has another shape than expected at ${place}: ${issue?.message ?? 'unknown'}.`,
      parsed.error,
    );
  }
  return parsed.data;
}

const PAGE = z.object({ has_more: z.boolean().nullish() });

/**
 * The pages of a list, each in the shape a schema describes: one as it was sent, or several as they were joined. A list
 * whose end is not there is refused, for what stands on its missing pages would look withdrawn.
 */
export function readPages<Schema extends z.ZodType>(
  source: string,
  schema: Schema,
): readonly z.output<Schema>[] {
  const whole = readJson(source, z.unknown());
  const pages = Array.isArray(whole) ? whole : [whole];
  const last = PAGE.safeParse(pages.at(-1));
  if (last.success && last.data.has_more === true) {
    throw unreadable(
      'shape',
      'The list says that it goes on behind this page: what stands on the next one would look withdrawn.',
    );
  }
  return Array.isArray(whole) ? readJson(source, z.array(schema)) : [readJson(source, schema)];
}

/** The rows of a collection that fit a schema; a bad row is left out, a collection without one good row is an error. */
export function goodRows<Schema extends z.ZodType>(
  rows: readonly unknown[],
  schema: Schema,
): readonly z.output<Schema>[] {
  const good: z.output<Schema>[] = [];
  for (const row of rows) {
    const parsed = schema.safeParse(row);
    if (parsed.success) good.push(parsed.data);
  }
  if (rows.length > 0 && good.length === 0) {
    throw unreadable('schema', `None of the ${rows.length} rows has the shape expected.`);
  }
  return good;
}

function jsonIn(source: string): unknown {
  if (source.trim() === '') throw unreadable('empty', 'The answer is empty.');
  try {
    return JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const looksLikePage = source.trimStart().startsWith('<');
    throw unreadable(
      'malformed',
      looksLikePage
        ? 'A page came where JSON was expected.'
        : 'The answer is not JSON, or it was cut off.',
      cause,
    );
  }
}
