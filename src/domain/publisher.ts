/**
 * Who speaks, by how much a word of theirs weighs: P0 the vendor's machine artefacts, P1 its prose, P2 its accounts,
 * Q a partner about its own surface, S1 edited press, S2 trackers, S3 blogs and forums, S4 interested parties,
 * X popularity. The authority of each is policy, not part of the class.
 */
export const PUBLISHER_CLASSES = ['P0', 'P1', 'P2', 'Q', 'S1', 'S2', 'S3', 'S4', 'X'] as const;

export type PublisherClass = (typeof PUBLISHER_CLASSES)[number];

export interface Publisher {
  /** The host or account path under which the catalogue knows it, else the registrable domain. */
  domain: string;
  name: string;
  class: PublisherClass;
  /** The independence group: outlets of one group are one voice. */
  group: string;
  /** The vendor this publisher belongs to, for the P classes. */
  vendor: string | null;
}

/** Who is quoted: the page, or whoever it only passes on. */
export function speakerWords(page: string, relays: string | null): string {
  return relays === null ? page : `${relays}, relayed via ${page}`;
}

export function isVendorClass(publisherClass: PublisherClass): boolean {
  return publisherClass === 'P0' || publisherClass === 'P1' || publisherClass === 'P2';
}
