import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textOf } from '../../../../src/core/extract/text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...values: number[]) => Uint8Array.from(values);
const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

it('textOf reads UTF-8 when nothing is declared', () => {
  expect(textOf(utf8('Café 画像'), 'text/plain')).toBe('Café 画像');
});

it('textOf drops a byte order mark and believes it over the header', () => {
  const body = Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8('naïve')]);
  expect(textOf(body, 'text/html; charset=iso-8859-1')).toBe('naïve');
});

it('textOf reads UTF-16 by its mark, by the header, and by how its markup begins', () => {
  const wide = (text: string) => Uint8Array.from(Buffer.from(text, 'utf16le'));
  expect(textOf(Uint8Array.from([0xff, 0xfe, ...wide('né')]), '')).toBe('né');
  expect(textOf(wide('né'), 'text/plain; charset=UTF-16LE')).toBe('né');
  expect(textOf(wide('<p>né'), 'text/html')).toBe('<p>né');
});

it('textOf follows the charset of the header over the one in the document', () => {
  const body = latin('<meta charset="shift_jis"><p>caf\xe9.');
  expect(textOf(body, 'text/html; charset="ISO-8859-1"')).toContain('café');
});

it('textOf follows a meta tag, old style or new, and an XML declaration', () => {
  expect(textOf(latin('<meta charset=windows-1252><p>\x80 5'), 'text/html')).toContain('€ 5');
  const old = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>\xb1';
  expect(textOf(latin(old), 'text/html')).toContain('ą');
  const xml = '<?xml version="1.0" encoding="windows-1251"?><a>\xcf</a>';
  expect(textOf(latin(xml), 'application/xml')).toContain('П');
});

it('textOf reads Japanese, Chinese and Korean charsets', () => {
  const sjis = bytes(0x89, 0xe6, 0x91, 0x9c);
  expect(textOf(sjis, 'text/html; charset=Shift_JIS')).toBe('画像');
  expect(textOf(bytes(0xcd, 0xbc, 0xcf, 0xf1), 'text/html; charset=gbk')).toBe('图像');
  expect(textOf(bytes(0xc0, 0xcc), 'text/html; charset=euc-kr')).toBe('이');
});

it('textOf does not follow a Latin-1 label on bytes that are plainly UTF-8', () => {
  expect(textOf(utf8('GPT‑image'), 'text/html; charset=iso-8859-1')).toBe('GPT‑image');
});

it('textOf does not follow a UTF-8 label on bytes that are plainly Latin-1', () => {
  expect(textOf(latin('d\xe9j\xe0 vu, caf\xe9'), 'text/html; charset=utf-8')).toBe('déjà vu, café');
});

it('textOf keeps UTF-8 that is damaged in one place', () => {
  const body = Uint8Array.from([...utf8('été, naïve '), 0xff, ...utf8(' déjà')]);
  expect(textOf(body, 'text/html')).toBe('été, naïve \ufffd déjà');
});

it('textOf drops a character that the end of the body cuts in two', () => {
  expect(textOf(utf8('image 画').slice(0, -1), 'text/html')).toBe('image ');
});

it('textOf follows a charset that is declared late in the head, and none in a comment or a body', () => {
  const comment = `<!-- <meta charset="koi8-r"> ${'x'.repeat(5000)} -->`;
  const late = latin(
    `<html><head>${comment}<meta charset="windows-1251"></head><body>\xcd\xe5\xf2`,
  );
  expect(textOf(late, 'text/html')).toContain('Нет');
  const inBody = latin('<html><head></head><body><meta charset="windows-1251">caf\xe9.');
  expect(textOf(inBody, 'text/html')).toContain('café');
});

it('textOf unpacks a gzip file, and refuses one that was cut off', () => {
  const packed = gzipSync(utf8('<urlset/>'.repeat(1000)));
  expect(textOf(packed, 'application/gzip')).toBe('<urlset/>'.repeat(1000));
  expect(() => textOf(packed.subarray(0, packed.length - 12), '')).toThrow(
    expect.objectContaining({ kind: 'binary' }),
  );
});

it('textOf passes over a wide charset that the bytes are not in', () => {
  expect(textOf(utf8('<p>né'), 'text/html; charset=utf-16')).toBe('<p>né');
});

it('textOf reads on over a stray zero byte, as browsers do', () => {
  const page = `<p>${'A page of words. '.repeat(20)}\0</p>`;
  expect(textOf(utf8(page), 'text/html')).toBe(page);
});

it('textOf passes over a charset nobody knows', () => {
  expect(textOf(utf8('né'), 'text/html; charset=utf-9')).toBe('né');
});

it.each([
  ['a picture', latin('\x89PNG\r\n\x1a\n....')],
  ['a PDF', latin('%PDF-1.7\n%....')],
  ['a body that is still compressed', latin('\x1f\x8b\x08aaaaaaa')],
  ['zeros', bytes(60, 104, 0, 0, 1, 2)],
  ['control characters', latin('\x01\x02\x03\x04abc')],
])('textOf refuses %s as binary', (_what, body) => {
  expect(() => textOf(body, 'text/html')).toThrow(expect.objectContaining({ kind: 'binary' }));
});

it.each([
  ['no bytes', bytes()],
  ['white space', utf8(' \n\t ')],
  ['a byte order mark alone', bytes(0xef, 0xbb, 0xbf)],
])('textOf refuses %s as empty', (_what, body) => {
  expect(() => textOf(body, 'text/html')).toThrow(expect.objectContaining({ kind: 'empty' }));
});

it('textOf gives back every text that is sent as UTF-8, whatever single-byte label it carries', () => {
  const printable = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => {
    const isText = !/[\p{Cc}\ufeff]/u.test(text) && text.trim() !== '';
    return isText && /[^\0-\x7f]/.test(text);
  });
  fc.assert(
    fc.property(
      printable,
      fc.constantFrom('', '; charset=utf-8', '; charset=iso-8859-1'),
      (text, label) => textOf(utf8(`<p>${text}`), `text/html${label}`) === `<p>${text}`,
    ),
  );
});

it('textOf ends in a text or a typed error on any bytes at all', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (body, type) => {
      try {
        return typeof textOf(body, type) === 'string';
      } catch (error) {
        return error instanceof Error && error.name === 'ExtractError';
      }
    }),
  );
});
