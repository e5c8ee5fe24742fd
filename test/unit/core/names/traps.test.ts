import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseInstant } from '../../../../src/domain/time.ts';
import { LATER, names } from '../../../support/names.ts';

interface Trap {
  text?: string;
  slug?: string;
  at?: string;
  finds: readonly string[];
}

const table = parse(
  readFileSync(new URL('../../../fixtures/names/traps.yaml', import.meta.url), 'utf8'),
) as readonly {
  about: string;
  cases: readonly Trap[];
}[];

describe.each(table)('$about', ({ cases }) => {
  it.each(cases.map((trap) => [trap.text ?? trap.slug ?? '', trap] as const))(
    'the names in %j are read rightly',
    (words, { slug, at, finds }) => {
      const moment = at === undefined ? LATER : (parseInstant(at) ?? '');
      const mentions =
        slug === undefined ? names.find(words, moment) : names.findInSlug(words, moment);
      const named = mentions.map(({ claimed, subject }) => `${claimed ? '~' : ''}${subject}`);
      expect(named).toEqual(finds);
      for (const { span, text } of mentions) expect(words.slice(...span)).toBe(text);
    },
  );
});
