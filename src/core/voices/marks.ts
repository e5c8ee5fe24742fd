import { sha256Hex } from '../../domain/ids.ts';
import type { Fingerprint } from './fingerprint.ts';
import { isStock } from './template-lines.ts';

/**
 * A mark is one trait of a fingerprint in a form that can be indexed. Two pages that could be found to have one origin
 * always share a mark by which each can be looked up from the other.
 */

export function personMark(name: string): string {
  return `by ${name}`;
}

export function ownerMark(id: string): string {
  return `owner ${id}`;
}

export function furnitureMark(line: string): string {
  return `line ${digest(line)}`;
}

export function termMark(term: string): string {
  return `term ${term}`;
}

export function sectionMark(section: string): string {
  return `section ${digest(section)}`;
}

function digest(text: string): string {
  return sha256Hex(text).slice(0, 12);
}

/** The marks by which pages of one origin are looked up: every way to reach an edge begins with one of these. */
export function lookupMarks(print: Fingerprint): readonly string[] {
  const lines = print.furniture.filter((line) => !isStock(line));
  return distinct([
    ...print.people.map(personMark),
    ...print.owners.map(ownerMark),
    ...(print.text === null ? [] : [`text ${print.text}`]),
    ...print.runs.sample.map((run) => `run ${run.toString(36)}`),
    ...lines.map(furnitureMark),
  ]);
}

/** All marks that are kept of a page: what it is looked up by, and what is only counted. */
export function marksOf(print: Fingerprint): readonly string[] {
  return distinct([
    ...lookupMarks(print),
    ...print.terms.map(termMark),
    ...print.sections.map(sectionMark),
  ]);
}

function distinct(marks: readonly string[]): readonly string[] {
  return [...new Set(marks)].sort();
}
