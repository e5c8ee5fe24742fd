import { z } from 'zod';
import { WORD_LISTS } from '../domain/word-lists.ts';
import { isRegExp, pattern } from './catalog-words.ts';

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
