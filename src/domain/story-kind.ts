/**
 * What a story is about: a model comes out, comes to more places, ends, has another price, has other documentation, is
 * talked about, is taken back, or a source cannot be read. The first of these gives a page edit that is about several
 * its kind.
 */
export const STORY_KINDS = [
  'launch',
  'retirement',
  'availability',
  'withdrawal',
  'price',
  'documentation',
  'rumor',
  'source',
] as const;

export type StoryKind = (typeof STORY_KINDS)[number];

/** Which telling of its story an alert is. */
export type StoryPart = 'opening' | 'growth' | 'follow-up';
