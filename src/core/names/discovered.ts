import type { Discovery, Subject } from '../../domain/subject.ts';
import type { Names } from './names.ts';
import { SIZES } from './scan.ts';

/** Ids that are pointed elsewhere from time to time say so at their end; one with a version is released like any model. */
const MOVING = /^[^\d]*-latest$/;

/** How many siblings a discovered subject takes as its controls. */
const CONTROLS = 2;

/** The subject an id by grammar becomes when it is seen for the first time. */
export function discoveredSubject(
  id: string,
  vendor: string,
  names: Names,
  discovery: Discovery,
): Subject {
  const snapshot = names.dated(id);
  const base = snapshot === null ? null : names.subject(snapshot.base);
  return {
    id,
    vendor,
    kind: snapshot === null ? 'model' : 'snapshot',
    name: displayName(id, names),
    aliases: [{ text: id, kind: 'api_id', status: 'curated' }],
    controls: base?.controls ?? siblings(id, vendor, names),
    moving: MOVING.test(id),
    status: 'claimed',
    discovered: discovery,
  };
}

/** The newest catalogued models of the same root (`gpt-image` of `gpt-image-3`), as controls. */
function siblings(id: string, vendor: string, names: Names): readonly string[] {
  const root = rootOf(id);
  return names
    .subjects()
    .filter((other) => isModelOf(other, vendor) && rootOf(other.id) === root && other.id !== id)
    .sort((a, b) => versionOf(b.id) - versionOf(a.id) || (a.id < b.id ? -1 : 1))
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

/**
 * An id as its vendor would write the name: `GPT-7 Astra`, `GPT Realtime 2.1 mini`, `GPT-5.6 Sol (2026-07-07)`. A root of
 * one word takes its version behind a hyphen, a longer one behind a space; an id without a root stays as it is.
 */
function displayName(id: string, names: Names): string {
  const dated = names.dated(id);
  if (dated !== null) {
    const base = names.subject(dated.base)?.name ?? displayName(dated.base, names);
    return `${base} (${dated.day})`;
  }
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
