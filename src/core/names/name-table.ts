import type { VendorGrammar } from '../../domain/catalog.ts';
import type { Subject } from '../../domain/subject.ts';
import { type AliasNode, aliasTrie } from './alias-trie.ts';
import { type CompiledGrammar, compileGrammar } from './grammar.ts';

/** Everything a name is matched against, compiled once. */
export interface NameTable {
  trie: AliasNode;
  grammars: readonly CompiledGrammar[];
  known(id: string): boolean;
}

export function nameTable(
  subjects: readonly Subject[],
  grammars: readonly VendorGrammar[],
): NameTable {
  const ids = new Set(subjects.map(({ id }) => id));
  return {
    trie: aliasTrie(subjects),
    grammars: grammars.map(compileGrammar),
    known: (id) => ids.has(id),
  };
}
