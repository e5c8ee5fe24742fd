import type { CompiledGrammar } from './grammar.ts';
import type { NameTable } from './name-table.ts';

/** What a row of a vendor's own list of models names, or why it names none of the vendor's. */
export type Listed = { subject: string } | { held: string };

export interface ListedRow {
  id: string;
  /** Who owns the model, as the row says; null where it does not. */
  owner: string | null;
}

const ID = /^[a-z][a-z0-9.-]{0,63}$/;

/**
 * The subject of a row. The list is the vendor's own, so an id may be of a form that no text would be read by (`gpt-live`,
 * without a number); what is somebody else's, or says that it is for tests, is held.
 */
export function listedIn(vendor: string, { id, owner }: ListedRow, table: NameTable): Listed {
  const grammar = table.grammars.find((one) => one.vendor === vendor);
  if (grammar === undefined) return { held: `no file of the catalogue describes ${vendor}` };
  if (owner !== null && grammar.owners.size > 0 && !grammar.owners.has(owner)) {
    return { held: `it is owned by ${owner}, who is not ${vendor}` };
  }
  if (table.known(id)) return { subject: id };
  const mark = grammar.internalMark(id);
  if (mark !== null) return { held: `"${mark}" in it says that it is not for everybody` };
  if (grammar.isNever(id)) return { held: 'ids of its form are no models' };
  return isLikely(id, grammar) ? { subject: id } : { held: `no id of ${vendor} has its form` };
}

function isLikely(id: string, grammar: CompiledGrammar): boolean {
  return grammar.fits(id) || (ID.test(id) && grammar.roots.has(/^[a-z]+/.exec(id)?.[0] ?? ''));
}

/**
 * Whether an id of a form that nobody foresaw may be a model of the vendor's where its own text says that it is one: nothing
 * in it says that it is another maker's, for tests, or no model at all.
 */
export function isPossible(vendor: string, id: string, table: NameTable): boolean {
  const grammar = table.grammars.find((one) => one.vendor === vendor);
  const isFree = grammar?.isNever(id) === false && grammar.internalMark(id) === null;
  return isFree && ID.test(id) && !grammar.others.has(/^[a-z]+/.exec(id)?.[0] ?? '');
}
