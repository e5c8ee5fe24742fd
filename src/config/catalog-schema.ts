import * as z from 'zod';
import { PUBLISHER_CLASSES } from '../domain/publisher.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'an id is lower case, without spaces');
const day = z.iso.date('a day is written YYYY-MM-DD');
const pattern = text.refine(isRegExp, 'not a regular expression');

export function isRegExp(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

const aliasKinds = ['api_id', 'display', 'codename', 'product', 'slug'] as const;

const alias = z.union([
  text,
  z.strictObject({
    text,
    kind: z.enum(aliasKinds),
    from: day.optional(),
    claimed: z.boolean().default(false),
  }),
]);

const subject = z.strictObject({
  id,
  name: text,
  kind: z.enum(['model', 'snapshot', 'product', 'family', 'codename']).default('model'),
  aliases: z.array(alias).default([]),
  snapshots: z.array(day).default([]),
  controls: z.array(id).optional(),
  moving: z.boolean().default(false),
});

/** `models.yaml`. */
export const modelsFile = z.strictObject({
  vendors: z.array(
    z.strictObject({
      vendor: id,
      name: text,
      ids: z.array(pattern),
      never: z.array(pattern),
      tiers: z.array(text),
      others: z.array(text).default([]),
    }),
  ),
  families: z.array(
    z.strictObject({
      family: text,
      vendor: id,
      controls: z.array(id),
      subjects: z.array(subject),
    }),
  ),
});

/** `publishers.yaml`. */
export const publishersFile = z.strictObject({
  publishers: z.array(
    z.strictObject({
      host: z
        .string()
        .regex(/^[a-z0-9.:-]+(\/\S*[^/\s])?$/, 'a host with the start of a path, in lower case'),
      name: text,
      class: z.enum(PUBLISHER_CLASSES),
      group: text.optional(),
      vendor: id.optional(),
    }),
  ),
});

/** Patterns as a block of text, one a line: a regular expression needs no quoting there. */
const patterns = text.transform((block) => block.split('\n').filter((line) => line.trim() !== ''));

/** `lexicon.yaml`: families of cues, and under each language its patterns. */
export const lexiconFile = z.strictObject({
  families: z.array(
    z.strictObject({
      family: z.string().regex(/^[a-z]+(\.[a-z]+)?$/, 'a name like `release` or `release.past`'),
      patterns: z.record(z.string().regex(/^([a-z]{2}|any)$/), patterns),
    }),
  ),
});

export type ModelsFile = z.output<typeof modelsFile>;
export type SubjectEntry = z.output<typeof subject>;
export type PublishersFile = z.output<typeof publishersFile>;
export type LexiconFile = z.output<typeof lexiconFile>;
