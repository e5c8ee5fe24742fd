/**
 * What kind of channel a watcher reads. Authority and silence are said by source kind, so that a second vendor's
 * newsroom needs no new policy.
 */
export const SOURCE_KINDS = [
  'newsroom',
  'article',
  'developer-blog',
  'sitemap',
  'changelog',
  'model-page',
  'model-index',
  'guide',
  'pricing',
  'deprecations',
  'help',
  'model-list',
  'package',
  'spec',
  'status',
  'community',
  'report',
  'tracker',
  'arena',
  'forum',
  'social',
  'search',
] as const;

export type SourceKind = (typeof SOURCE_KINDS)[number];
