/** Families of the lexicon that make statements by themselves: whole names, or the part before the dot. */
const PREDICATES = [
  'release',
  'access.state',
  'access.can',
  'access.may',
  'access.cannot',
  'access.noun',
  'announce',
  'document',
  'api.noun',
  'api.state',
  'price',
  'retire',
  'deprecate',
  'test',
  'sight',
  'deny',
  'date',
  'exists',
];

/** Families that are asked for together. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = {
  predicate: PREDICATES,
  /** One of these is in every sentence that says something of a model. */
  telling: [
    ...PREDICATES,
    'access.ask',
    'contact',
    'be',
    'identity',
    'attribution.vendor',
    'recipient',
    'vendor',
  ],
};

/** Families of what a model can be found in. */
export const PLACES = ['surface', 'place', 'api'] as const;
