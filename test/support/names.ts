import { fileURLToPath } from 'node:url';
import { loadCatalog } from '../../src/config/catalog.ts';
import { buildNames, type Names } from '../../src/core/names/names.ts';
import { vendorLanguage } from '../../src/core/vendor-text/vendor-language.ts';
import type { Subject } from '../../src/domain/subject.ts';

const FOLDER = fileURLToPath(new URL('../../data/catalog', import.meta.url));

export const catalog = await loadCatalog(FOLDER);
/** The analysis of English, with the products of each vendor. */
export const language = vendorLanguage(catalog);
export const names: Names = buildNames(catalog.subjects, catalog);

/** Long after every launch the catalogue knows: each alias counts as it stands now. */
export const LATER = '2027-01-01T00:00:00.000Z';

/** The subjects a text names, in order; one named only by an unverified alias is marked with `~`. */
export function found(text: string, at = LATER): readonly string[] {
  return names.find(text, at).map(({ claimed, subject }) => `${claimed ? '~' : ''}${subject}`);
}

/** Every way the catalogue writes a subject. */
export function formsOf(subject: Subject): readonly string[] {
  const isHandle = subject.kind === 'product' || subject.kind === 'codename';
  const forms = subject.aliases.map(({ text }) => text);
  return [...new Set(isHandle ? forms : [subject.id, ...forms])];
}

/** What a text may put around a name without making it another one. */
export const AROUND: readonly (readonly [string, (form: string) => string])[] = [
  ['alone', (form) => form],
  ['in a sentence', (form) => `We tried ${form} today.`],
  ['in brackets', (form) => `A model (${form}) is new.`],
  ['in quotes', (form) => `“${form}”`],
  ['as code', (form) => `\`${form}\``],
  ['in bold', (form) => `**${form}** is new`],
  ['as a link', (form) => `[${form}](https://e.example)`],
  ['in a cell', (form) => `| ${form} | 3 |`],
  ['with a genitive', (form) => `${form}'s price`],
  ['before a comma', (form) => `See ${form}, which is new`],
  ['at the end', (form) => `It is ${form}.`],
  ['before a colon', (form) => `${form}: a first look`],
  ['with hard hyphens', (form) => `We tried ${form.replaceAll('-', '\u2011')} today`],
  ['with dashes', (form) => `We tried ${form.replaceAll('-', '\u2013')} today`],
  ['with minus signs', (form) => `We tried ${form.replaceAll('-', '\u2212')} today`],
  ['with hard spaces', (form) => `We tried ${form.replaceAll(' ', '\u00a0')} today`],
  ['over two lines', (form) => `We tried ${form.replace(' ', '\n')} today`],
  ['between Japanese words', (form) => `新しい${form}が出た`],
  ['at the end of an address', (form) => `https://e.example/models/${form}`],
];

/** What makes another name of an id when it stands right behind it. */
export const BEHIND = [
  ...[
    '.5',
    '-all',
    '0',
    '-mini',
    '_v2',
    '@beta',
    ':batch',
    '/text-to-image@beta',
    'x',
    '-high',
    'é',
  ],
  ...['-2', '.5x', '-official', '-2026-02-03'],
];

/** What makes another name of an id when it stands right before it. */
export const BEFORE = ['x', '3', '.', '_', '-', 'my-', 'é'];
