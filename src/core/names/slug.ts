import type { Instant } from '../../domain/time.ts';
import { foldText } from '../text/characters.ts';
import type { AliasNode, Entry } from './alias-trie.ts';
import { isClaimed, type Mention } from './mention.ts';
import type { NameTable } from './name-table.ts';
import { type Atom, atomsOf, isNumber, runsOf } from './runs.ts';

/** Mentions in a slug, the longest name at each place; a number behind a name makes it another one. */
export function mentionsInSlug(slug: string, table: NameTable, at: Instant): readonly Mention[] {
  const folded = foldText(slug);
  const atoms = runsOf(folded).flatMap((run) => atomsOf(folded, run));
  const mentions: Mention[] = [];
  let index = 0;
  while (index < atoms.length) {
    const found = longest(atoms, index, table.trie);
    if (found === null || isNumber(atoms[found.next]?.text ?? '')) {
      index++;
      continue;
    }
    const span = [atoms[index]?.start ?? 0, atoms[found.next - 1]?.end ?? 0] as const;
    const { subject, alias } = found.entry;
    mentions.push({
      ...{ subject: subject.id, span, text: slug.slice(...span), alias: 'slug' },
      ...{ claimed: isClaimed(alias, at), discovered: false },
    });
    index = found.next;
  }
  return mentions;
}

function longest(
  atoms: readonly Atom[],
  from: number,
  trie: AliasNode,
): { entry: Entry; next: number } | null {
  let node: AliasNode | undefined = trie;
  let best: { entry: Entry; next: number } | null = null;
  for (let index = from; index < atoms.length; index++) {
    node = node.next.get(atoms[index]?.text ?? '');
    if (node === undefined) break;
    const entry: Entry | null = node.entry ?? node.slugOf;
    if (entry !== null) best = { entry, next: index + 1 };
  }
  return best;
}
