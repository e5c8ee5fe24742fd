import { z } from 'zod';
import { CONSTRUCTIONS, FRAME_CATEGORIES } from '../domain/language.ts';
import { WORD_LISTS } from '../domain/word-lists.ts';

/** The sorts of text the files of the catalogue are made of. */
export const text = z.string().trim().min(1);

export const id = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'an id is lower case, without spaces');

export const day = z.iso.date('a day is written YYYY-MM-DD');

export const pattern = text.refine(isRegExp, 'not a regular expression');

export const hostWithPath = z
  .string()
  .regex(/^[a-z0-9.:-]+(\/\S*[^/\s])?$/, 'a host with the start of a path, in lower case');

export function isRegExp(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

const words = z.array(z.string().min(1));

/** `language.yaml`: the rules of the analysis of English, and the classes of words they go by. */
export const languageFile = z.strictObject({
  rules: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z-]+\.[a-z-]+$/),
      category: z.enum(FRAME_CATEGORIES),
      construction: z.enum(CONSTRUCTIONS),
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

/** What stands in a form for any of the words. */
const PLACE = '<words>';

const wordList = z
  .strictObject({
    name: z.enum(WORD_LISTS),
    words: z.array(pattern).min(1),
    form: z
      .string()
      .default('^<words>$')
      .refine((form) => form.split(PLACE).length === 2, `a form has ${PLACE} once`),
    anyCase: z.boolean().default(false),
  })
  .refine(
    ({ form, words }) => isRegExp(form.replace(PLACE, () => `(?:${words.join('|')})`)),
    'its form and words make no regular expression',
  );

/** `word-lists.yaml`: every list that the code asks for, once. */
export const wordListsFile = z.strictObject({
  lists: z.array(wordList).superRefine((lists, context) => {
    for (const name of WORD_LISTS) {
      const count = lists.filter((list) => list.name === name).length;
      if (count === 1) continue;
      const message = count === 0 ? `the list ${name} is missing` : `${name} is listed twice`;
      context.addIssue({ code: 'custom', message });
    }
  }),
});
