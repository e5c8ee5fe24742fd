import * as z from 'zod';
import { PREDICATES_SAY } from '../domain/catalog.ts';
import { CLAIM_CLASSES } from '../domain/language.ts';
import { PUBLISHER_CLASSES } from '../domain/publisher.ts';
import { ALIAS_KINDS, SUBJECT_KINDS } from '../domain/subject.ts';
import { day, hostWithPath, id, text } from './catalog-words.ts';

const alias = z.union([
  text,
  z.strictObject({
    text,
    kind: z.enum(ALIAS_KINDS),
    from: day.optional(),
    claimed: z.boolean().default(false),
  }),
]);

const subject = z.strictObject({
  id,
  name: text,
  kind: z.enum(SUBJECT_KINDS).default('model'),
  aliases: z.array(alias).default([]),
  snapshots: z.array(day).default([]),
  controls: z.array(id).optional(),
  moving: z.boolean().default(false),
});

/** `models.yaml`. */
export const modelsFile = z.strictObject({
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
      host: hostWithPath,
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

/** `@product` and its like stand for the names of the watched vendors. */
const words = z
  .string()
  .regex(/^(?:@(?:maker|person|product)(?= |$)|[a-z0-9/' -])+$/, 'words in lower case');

/** `gate.yaml`. */
export const gateFile = z.strictObject({
  trained: z.strictObject({ corpus: z.string(), rules: z.string() }),
  classes: z.array(
    z.strictObject({
      class: z.enum(CLAIM_CLASSES),
      bias: z.number(),
      keep: z.number(),
      make: z.number().nullable(),
    }),
  ),
  features: z.record(z.string(), z.array(z.number())),
});

/** `predicates.yaml`. */
export const predicatesFile = z.strictObject({
  predicates: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z]+\.[a-z-]+$/),
      says: z.enum(PREDICATES_SAY),
      subject: z.literal('model').optional(),
      object: z.literal('model').optional(),
      by: z.enum(['maker', 'people', 'place', 'channel']).optional(),
      needs: z.enum(['place', 'channel', 'venue']).optional(),
      only: z.enum(['denied', 'by-itself']).optional(),
      verbs: z.array(words).optional(),
      states: z.array(words).optional(),
    }),
  ),
});

export type ModelsFile = z.output<typeof modelsFile>;
export type SubjectEntry = z.output<typeof subject>;
export type PublishersFile = z.output<typeof publishersFile>;
export type LexiconFile = z.output<typeof lexiconFile>;
