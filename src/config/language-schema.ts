import { z } from 'zod';

const words = z.array(z.string().min(1));

/** `language.yaml`: the rules of the analysis of English, and the classes of words they go by. */
export const languageFile = z.strictObject({
  rules: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z-]+\.[a-z-]+$/),
      category: z.enum([
        'announce',
        'release',
        'list',
        'available',
        'support',
        'use',
        'host',
        'price',
        'deprecate',
        'retire',
        'reschedule',
        'fail',
        'remain',
        'default',
        'access',
        'restore',
      ]),
      construction: z.enum(['transitive', 'intransitive', 'predicative', 'nominal', 'use', 'goal']),
      words,
      denies: z.boolean().default(false),
      ahead: z.boolean().default(false),
      examples: z.array(z.string()).default([]),
      not: z.array(z.string()).default([]),
    }),
  ),
  translated: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z-]+\.[a-z]{2}$/),
      language: z.string().regex(/^[a-z]{2}$/),
      category: z.enum(['release', 'retire']),
      forms: words,
      examples: z.array(z.string()).default([]),
      not: z.array(z.string()).default([]),
    }),
  ),
  words: z.record(z.string(), words),
  irregular: z.record(z.string(), words),
});
