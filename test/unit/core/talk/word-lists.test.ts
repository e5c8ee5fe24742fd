import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileWordLists } from '../../../../src/core/talk/syntax/word-classes.ts';
import { catalog } from '../../../support/names.ts';
import { PROJECT_ROOT } from '../../../support/planted-tree.ts';

const TALK = join(PROJECT_ROOT, 'src', 'core', 'talk');
/** So many words between bars are a list that people would want to edit. */
const A_LIST = 8;
/** What cuts a text into pieces for callers that have no catalogue, and the closed classes of English words. */
const EXCUSED = [
  ...['context/distance.ts', 'document/sentences.ts'],
  ...['syntax/tokens.ts', 'syntax/word-classes.ts'],
];

/** The regular expressions of a file that are lists of words, a word being two letters or more. */
function listsIn(source: string): readonly string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const expressions = code.match(/\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//g) ?? [];
  return expressions.filter(
    (one) => one.split('|').filter((part) => /[a-z]{2}/.test(part)).length >= A_LIST,
  );
}

describe('lists of words', () => {
  it('stand in the catalogue, and in no file that reads pages of others', () => {
    const files = readdirSync(TALK, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => file.endsWith('.ts'));
    expect(sources.length).toBeGreaterThan(40);
    const holding = sources.filter(
      (file) => listsIn(readFileSync(join(TALK, file), 'utf8')).length > 0,
    );
    expect(holding.sort()).toEqual(EXCUSED);
  });

  it('lists of words are told from an expression of a few words, and from what a comment says', () => {
    const months = '/^(?:january|february|march|april|may|june|july|august)$/';
    expect(listsIn(`const MONTH = ${months};`)).toEqual([months]);
    expect(listsIn('const BE = /^(?:is|are|was|were)$/;')).toEqual([]);
    expect(listsIn(`/** ${months} */\n// ${months}\n`)).toEqual([]);
  });

  it('lists of words hold a word as a whole unless their form says where else it stands', () => {
    const lists = compileWordLists(catalog.wordLists);
    expect(lists['prices.units'].test('tokens')).toBe(true);
    expect(lists['prices.units'].test('tokenize')).toBe(false);
    expect(lists['phrases.open'].test('ask them if it is out')).toBe(true);
    expect(lists['phrases.open'].test('a gift')).toBe(false);
  });
});
