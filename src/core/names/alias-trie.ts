import type { Alias, Subject } from '../../domain/subject.ts';
import type { Vendor } from '../../domain/vendor.ts';
import { foldText } from '../text/characters.ts';
import { atomsOfName } from './runs.ts';

/** What a sequence of atoms names. */
export interface Entry {
  subject: Subject;
  alias: Alias;
}

export interface AliasNode {
  next: Map<string, AliasNode>;
  entry: Entry | null;
  /** A name as slugs write it, dots as dashes: it counts where the whole run is the name. */
  slugOf: Entry | null;
  /** The words that lead here open a vendor's names. */
  opens: boolean;
  /** The words that lead here name a family without its house: the start of the ids they stand for. */
  short: string | null;
}

function emptyNode(): AliasNode {
  return { next: new Map(), entry: null, slugOf: null, opens: false, short: null };
}

/**
 * Every alias of every subject, by its atoms, and the words that open a vendor's names. The first subject to claim an
 * alias keeps it.
 */
export function aliasTrie(subjects: readonly Subject[], vendors: readonly Vendor[]): AliasNode {
  const root = emptyNode();
  for (const subject of subjects) {
    for (const alias of aliasesOf(subject)) {
      const atoms = atomsOfName(foldText(alias.text));
      if (atoms.length === 0) continue;
      const node = grow(root, atoms);
      node.entry ??= { subject, alias };
      const dashed = grow(root, atomsOfName(dotsAsDashes(foldText(alias.text))));
      dashed.slugOf ??= { subject, alias: { ...alias, kind: 'slug' } };
    }
  }
  for (const { ids } of vendors) {
    for (const words of ids.roots) grow(root, atomsOfName(foldText(words))).opens = true;
    for (const [words, start] of Object.entries(ids.short)) {
      grow(root, atomsOfName(foldText(words))).short = start;
    }
  }
  return root;
}

/** `gpt-5.5` as slugs write it: `gpt-5-5`. */
function dotsAsDashes(folded: string): string {
  return folded.replaceAll(/(\d)\.(?=\d)/g, '$1-');
}

/** A model is always known by its own id; the id of a product or codename is a handle of ours. */
function aliasesOf(subject: Subject): readonly Alias[] {
  const named = subject.kind === 'product' || subject.kind === 'codename';
  if (named || subject.aliases.some((alias) => alias.text === subject.id)) return subject.aliases;
  return [{ text: subject.id, kind: 'api_id', status: 'curated' }, ...subject.aliases];
}

function grow(root: AliasNode, atoms: readonly string[]): AliasNode {
  let node = root;
  for (const atom of atoms) {
    let next = node.next.get(atom);
    if (next === undefined) {
      next = emptyNode();
      node.next.set(atom, next);
    }
    node = next;
  }
  return node;
}
