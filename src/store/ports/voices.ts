import type { VoiceEdge } from '../../domain/evidence.ts';
import type { ItemVersionId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item.ts';

/** A page of somebody else with the marks by which pages of one origin are looked up. */
export interface MarkedPage {
  item: ItemVersionId;
  group: string;
  marks: readonly string[];
  /** What its markup showed of where it comes from; kept beside the item, whose versions it does not make. */
  origin: Item['fields'];
}

/** A page that shares marks with another. */
export type SharingPage = Omit<MarkedPage, 'marks'>;

/** Where reports come from: the marks of pages, and the edges found by them. */
export interface Voices {
  /** Keeps the marks of a page; keeping it again changes nothing. */
  keep(page: MarkedPage): Promise<void>;
  /** Pages of other groups that share marks, those that share most first, a few of each group. */
  sharing(marks: readonly string[], group: string, limit: number): Promise<readonly SharingPage[]>;
  /** How many groups there are pages of, counted up to 50. */
  groups(): Promise<number>;
  /** How many groups carry each mark; what nobody carries is left out. */
  spread(marks: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Adds edges that are new and returns those; one that is known keeps the moment it was first seen. */
  addEdges(edges: readonly VoiceEdge[]): Promise<readonly VoiceEdge[]>;
  /** Subjects of which two or more of some groups speak, or of the houses they belong to. */
  subjectsBetween(groups: readonly string[]): Promise<readonly string[]>;
}
