/** Families of what a model can be found in. */
export const PLACES = ['surface', 'place', 'api'] as const;
