import type { Discovery, Subject } from '../../domain/subject.ts';
import { SIZES } from './name-table.ts';
import type { Names } from './names.ts';

/** Ids that are pointed elsewhere from time to time say so at their end; one with a version is released like any model. */
const MOVING = /^[^\d]*-latest$/;

/** How many siblings a discovered subject takes as its controls. */
const CONTROLS = 2;

/**
 * The subject an id by grammar becomes when it is seen for the first time. `texts` are titles and texts of the vendor that
 * name it, the surest first: the name is written as they write it.
 */
export function discoveredSubject(
  id: string,
  vendor: string,
  names: Names,
  discovery: Discovery,
  texts: readonly string[] = [],
): Subject {
  const snapshot = names.dated(id);
  const base = snapshot === null ? null : names.subject(snapshot.base);
  return {
    id,
    vendor,
    kind: snapshot === null ? 'model' : 'snapshot',
    name: displayName(id, names, texts),
    aliases: [{ text: id, kind: 'api_id', status: 'curated' }],
    controls: base?.controls ?? siblings(id, vendor, names),
    moving: MOVING.test(id),
    status: 'claimed',
    discovered: discovery,
  };
}

/**
 * The models of the same root (`gpt-image` of `gpt-image-3`) whose versions are nearest, the newer first, as controls: what
 * is of its age stands where it stands, on pages and lists, and leaves them about when it does.
 */
function siblings(id: string, vendor: string, names: Names): readonly string[] {
  const root = rootOf(id);
  const version = versionOf(id);
  const apart = (other: Subject): number => Math.abs(versionOf(other.id) - version);
  return names
    .subjects()
    .filter((other) => isModelOf(other, vendor) && rootOf(other.id) === root && other.id !== id)
    .sort(
      (a, b) => apart(a) - apart(b) || versionOf(b.id) - versionOf(a.id) || (a.id < b.id ? -1 : 1),
    )
    .slice(0, CONTROLS)
    .map((other) => other.id);
}

function isModelOf(subject: Subject, vendor: string): boolean {
  return subject.vendor === vendor && subject.kind === 'model' && !subject.moving;
}

/** The letters an id begins with: `gpt`, `gpt-image`, `o`. */
function rootOf(id: string): string {
  return /^[a-z]+(?:-[a-z]+)*/.exec(id)?.[0] ?? id;
}

function versionOf(id: string): number {
  return Number(/\d+(?:\.\d+)?/.exec(id)?.[0] ?? 0);
}

/** What may stand between the parts of a name, and between the digits of a version. */
const JOINT = '[ \\u00a0\\u2010-\\u2012-]';
const VERSION_JOINT = '[.\\u2010-\\u2012-]';

/** The name as one of the texts writes it: the parts of the id in their order, with capitals and not shouted; null for none. */
function spelling(id: string, texts: readonly string[]): string | null {
  const parts = id.split('-');
  const pattern = parts
    .map((part, at) => {
      const isVersion = /^\d+$/.test(part) && /^\d+$/.test(parts[at - 1] ?? '');
      const joint = isVersion ? VERSION_JOINT : JOINT;
      return `${at === 0 ? '' : joint}${part.replace(/[^\w]/g, '\\$&')}`;
    })
    .join('');
  const written = new RegExp(`(?<![\\w.-])${pattern}(?![\\w-]|\\.\\d)`, 'gi');
  for (const text of texts)
    for (const [found] of text.matchAll(written)) {
      if (/\p{Lu}/u.test(found) && !/.[^\p{L}]\p{Lu}{3}/u.test(found)) {
        return found.replaceAll('\u00a0', ' ').replace(/[\u2010-\u2012]/g, '-');
      }
    }
  return null;
}

/**
 * The name of an id: as its vendor writes it in these texts, else by rule, as it would write it: `GPT-7 Astra`, `GPT Realtime 2.1 mini`, `GPT-5.6 Sol (2026-07-07)`. A root of
 * one word takes its version behind a hyphen, a longer one behind a space; an id without a root stays as it is.
 */
function displayName(id: string, names: Names, texts: readonly string[]): string {
  const dated = names.dated(id);
  if (dated !== null) {
    const base = names.subject(dated.base)?.name ?? displayName(dated.base, names, texts);
    return `${base} (${dated.day})`;
  }
  const written = spelling(id, texts);
  if (written !== null) return written;
  const root = names.rootOf(id);
  if (root === null) return id;
  const rest = id.slice(root.length + 1);
  if (rest === '') return root;
  const [version, ...words] = rest.split('-');
  const isVersion = /^\d/.test(version ?? '');
  const joint = isVersion && !root.includes(' ') ? '-' : ' ';
  const first = isVersion ? version : titled(version ?? '');
  return [`${root}${joint}${first}`, ...words.map(titled)].join(' ');
}

function titled(word: string): string {
  return SIZES.has(word) ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
