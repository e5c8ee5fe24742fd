import type { Statement } from '../../../domain/evidence.ts';
import type { Clause } from '../document/clause.ts';
import type { Scene } from '../document/document.ts';

const VENUES = ['lmarena', 'designarena', 'analysis'] as const;
const SURFACES = ['chatgpt', 'codex', 'playground', 'azure', 'copilot'] as const;

/** A test, where it is held: at a venue the clause or its sentence names, or in a product. */
export function limitedTest(
  scene: Scene,
  clause: Clause,
): Pick<Statement['claim'], 'facet' | 'qualifiers'> {
  for (const range of [clause, clause.sentence]) {
    const venue = VENUES.find((one) => scene.hits.has(range, `venue.${one}`));
    if (venue !== undefined) return { facet: 'limited_test', qualifiers: { venue } };
  }
  const surface = SURFACES.find((one) => scene.hits.has(clause, `surface.${one}`));
  return { facet: 'limited_test', qualifiers: surface === undefined ? {} : { surface } };
}
