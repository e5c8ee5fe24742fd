import { expect, it } from 'vitest';
import { bylineIn, personIn } from '../../../../src/core/provenance/boilerplate-lines.ts';

it.each([
  ['By Ada Quill', ['ada quill']],
  ['✍ Penned by Ada Quill', ['ada quill']],
  ['5 April 2026, posted by Ilse de Vries', ['ilse de vries']],
  ['Written by Ada Quill and Ben O’Roe · 4 min', ['ada quill', 'ben oroe']],
  ['Von Jürgen Weiß', ['jürgen weiß']],
  ['Author: Mei Lin Zhou', ['mei lin zhou']],
  ['作者：王小明', ['王小明']],
])('a byline is read in "%s"', (line, people) => {
  expect(bylineIn(line)?.people).toEqual(people);
});

it.each([
  'Photo by Ada Quill',
  'Powered by Quick Press',
  'by admin',
  'By Example News Staff',
  'Written by an AI correspondent',
  'Images by now look real',
  'Stand by',
])('a byline is not read in "%s"', (line) => {
  expect(bylineIn(line)).toBeNull();
});

it('a byline names a person without the words around the name', () => {
  expect(personIn('By Ada  Quill, senior writer')).toBe('ada quill');
  expect(personIn('Editorial Team')).toBeNull();
  expect(personIn('ada')).toBeNull();
});
