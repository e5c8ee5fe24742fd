import { expect, it } from 'vitest';
import { facetLabel } from '../../../../src/domain/claim.ts';

it('a claim has one label, in whatever order its qualifiers were stored', () => {
  const claim = { facet: 'product_available', value: null } as const;
  const stored = { plan: 'plus', region: 'eu', surface: 'chatgpt' };
  const written = { surface: 'chatgpt', plan: 'plus', region: 'eu' };
  expect(facetLabel({ ...claim, qualifiers: stored })).toBe('product_available:chatgpt.plus.eu');
  expect(facetLabel({ ...claim, qualifiers: written })).toBe('product_available:chatgpt.plus.eu');
});
