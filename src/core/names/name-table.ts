import type { VendorGrammar } from '../../domain/catalog.ts';
import type { Subject } from '../../domain/subject.ts';
import { type AliasNode, aliasTrie } from './alias-trie.ts';
import { type CompiledGrammar, compileGrammar } from './grammar.ts';

/** Everything a name is matched against, compiled once. */
export interface NameTable {
  trie: AliasNode;
  /** The first two signs of every alias: most words of a text are turned away by them. */
  starts: ReadonlySet<string>;
  grammars: readonly CompiledGrammar[];
  known(id: string): boolean;
}

export function nameTable(
  subjects: readonly Subject[],
  grammars: readonly VendorGrammar[],
): NameTable {
  const trie = aliasTrie(subjects);
  const ids = new Set(subjects.map(({ id }) => id));
  return {
    trie,
    starts: new Set([...trie.next.keys()].map((head) => head.slice(0, 2))),
    grammars: grammars.map(compileGrammar),
    known: (id) => ids.has(id),
  };
}
