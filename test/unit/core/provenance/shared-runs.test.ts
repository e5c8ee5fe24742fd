import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  containment,
  ownWords,
  runsOf,
  sharesAny,
  unquoted,
  wordsOf,
} from '../../../../src/core/provenance/shared-runs.ts';

const word = fc.stringMatching(/^[a-z]{2,8}$/);
const text = (min: number, max: number) => fc.array(word, { minLength: min, maxLength: max });
const runs = (lines: readonly string[]) => runsOf(ownWords(lines.map(unquoted)));

it('shared runs of words are found wherever they stand in both texts, at eleven words and more', () => {
  fc.assert(
    fc.property(text(0, 40), text(11, 20), text(0, 40), text(0, 40), (a, shared, b, c) => {
      const one = runsOf([...a, ...shared, ...b]);
      const other = runsOf([...c, ...shared]);
      expect(sharesAny(one.long, other.long)).toBe(true);
      expect(sharesAny(one.short, other.short)).toBe(true);
    }),
  );
});

it('shared runs of words are not found where only ten words follow each other in both', () => {
  const ten = 'one two three four five six seven eight nine ten'.split(' ');
  const [a, b] = [runsOf(['before', ...ten, 'x']), runsOf(['y', ...ten, 'after'])];
  expect(sharesAny(a.long, b.long)).toBe(false);
  expect(sharesAny(a.short, b.short)).toBe(true);
});

it('shared runs of words hash as they would from scratch, whatever came before', () => {
  fc.assert(
    fc.property(text(8, 60), (words) => {
      const whole = runsOf(words).short;
      for (let at = 0; at + 8 <= words.length; at += 1) {
        const [alone] = runsOf(words.slice(at, at + 8)).short;
        expect(whole.has(alone ?? -1)).toBe(true);
      }
    }),
  );
});

it('shared runs of words end at quotations, at lines and where a quotation was', () => {
  const quote = 'this is the next big step for all who draw pictures with words';
  const a = runs([`They said "${quote}" on Tuesday.`]);
  const b = runs([`A voice: “${quote}”.`]);
  expect(sharesAny(a.short, b.short)).toBe(false);
  expect(sharesAny(runs([quote]).short, runs([`He wrote ${quote} again`]).short)).toBe(true);
  expect(runs(['one two three four five', 'six seven eight nine ten']).short.size).toBe(0);
});

it('shared runs of words need twice as many characters where a script writes no spaces', () => {
  const sentence = '画像生成の新しい模型はまだ公開されていないと聞いた';
  const head = [...sentence].slice(0, 15).join('');
  const shares = (other: string) => sharesAny(runs([sentence]).short, runs([other]).short);
  expect(shares(`昨日、${sentence}`)).toBe(true);
  expect(shares(`${head}別の話`)).toBe(false);
  expect(wordsOf('新しい')).toEqual(['新', 'し', 'い']);
});

it('shared runs of words tell how much of the shorter text stands in the longer one', () => {
  const copied = Array.from({ length: 60 }, (_, at) => `copied${at}`);
  const own = Array.from({ length: 200 }, (_, at) => `own${at}`);
  expect(containment(runsOf(copied), runsOf([...copied, ...own]))).toBe(1);
  expect(containment(runsOf(copied), runsOf(own))).toBe(0);
  expect(containment(runsOf([]), runsOf(own))).toBe(0);
});

it('shared runs of words share some of their samples when the texts share most of their runs', () => {
  const copied = Array.from({ length: 300 }, (_, at) => `copied${at}`);
  const a = runsOf(['x', 'y', ...copied]);
  const b = runsOf([...copied, ...Array.from({ length: 60 }, (_, at) => `own${at}`)]);
  const shared = a.sample.filter((run) => b.sample.includes(run));
  expect(a.sample).toHaveLength(48);
  expect(shared.length).toBeGreaterThan(20);
});
