import { sha256Hex } from '../../domain/ids.ts';
import { isStock } from './boilerplate-lines.ts';
import type { Fingerprint } from './fingerprint.ts';

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

export function boilerplateMark(line: string): string {
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
  return distinct([
    ...print.people.map(personMark),
    ...print.owners.map(ownerMark),
    ...ownLines(print),
    ...(print.text === null ? [] : [`text ${print.text}`]),
    ...print.runs.sample.map((run) => `run ${run.toString(36)}`),
  ]);
}

/** The marks of which it matters how many groups carry them. */
export function countedMarks(print: Fingerprint): readonly string[] {
  return distinct([
    ...print.people.map(personMark),
    ...print.owners.map(ownerMark),
    ...ownLines(print),
    ...print.terms.map(termMark),
    ...print.sections.map(sectionMark),
  ]);
}

/** All marks that are kept of a page. */
export function marksOf(print: Fingerprint): readonly string[] {
  return distinct([...lookupMarks(print), ...countedMarks(print)]);
}

/** Lines that any site may have lead to every site. */
function ownLines({ boilerplate }: Fingerprint): readonly string[] {
  return boilerplate.filter((line) => !isStock(line)).map(boilerplateMark);
}

function distinct(marks: readonly string[]): readonly string[] {
  return [...new Set(marks)].sort();
}
