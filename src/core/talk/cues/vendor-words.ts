import type { CueFamily } from '../../../domain/catalog.ts';
import type { Vendor } from '../../../domain/vendor.ts';
import { foldText, literal } from '../../text/characters.ts';

/** The words by which talk names the watched vendors: rules and cues know them by what they stand for. */
export interface VendorWords {
  /** `@maker`, `@person`, `@product` or `@family` for a word that names one; any other word as it is. */
  standIn(word: string): string;
  /** A folded text with its words replaced by what they stand for. */
  plain(folded: string): string;
  /** What stands for a placeholder of a cue (`<maker>`), as the source of an expression. */
  expand(pattern: string): string;
  /** The sites that are the vendors' own. */
  sites: ReadonlySet<string>;
  /** Cues that a vendor's file gives: its names, its people, its products by surface. */
  families: readonly CueFamily[];
}

type Sort = 'maker' | 'person' | 'product';

const WORD = /[\p{L}\p{N}]+/gu;
/** The surface that is no product to find a model in. */
const API = 'api';

export function vendorWords(vendors: readonly Vendor[]): VendorWords {
  const watched = vendors.filter((one) => one.watched);
  const names: Record<Sort, readonly string[]> = {
    maker: watched.flatMap(({ name, aliases }) => [name, ...aliases]).map(written),
    person: watched.flatMap(({ people }) => people).flatMap(inFullAndLast),
    product: productsOf(watched).flatMap(({ names }) => names.map(written)),
  };
  const standIns = new Map<string, string>([
    ...watched.flatMap(({ ids }) => ids.roots.map((root) => [written(root), '@family'] as const)),
    ...(['product', 'person', 'maker'] as const).flatMap((sort) =>
      names[sort].map((name) => [name, `@${sort}`] as const),
    ),
  ]);
  const standIn = (word: string): string => standIns.get(word) ?? word;
  return {
    standIn,
    plain: (folded) => folded.replaceAll(WORD, standIn),
    expand: (pattern) =>
      pattern.replaceAll(/<(maker|person|product)>/g, (_, sort: Sort) => anyOf(names[sort])),
    sites: new Set(watched.flatMap(({ sites }) => sites)),
    families: familiesOf(watched, names),
  };
}

/** A name as a folded text has it; an account without its sign. */
function written(name: string): string {
  return foldText(name).replace(/^@/, '');
}

function inFullAndLast(person: string): readonly string[] {
  const full = written(person);
  return [full, full.split(' ').at(-1) ?? full];
}

function productsOf(vendors: readonly Vendor[]): Vendor['products'] {
  return vendors.flatMap(({ products }) => products).filter(({ surface }) => surface !== API);
}

function familiesOf(
  watched: readonly Vendor[],
  { maker, person }: Record<Sort, readonly string[]>,
): readonly CueFamily[] {
  return [
    { name: 'vendor', language: 'any', patterns: maker.map(literal) },
    { name: 'vendor', language: 'en', patterns: person.map(literal) },
    ...productsOf(watched).map(({ surface, names }) => ({
      name: `surface.${surface}`,
      language: 'any',
      patterns: names.map((name) => literal(written(name))),
    })),
  ];
}

function anyOf(names: readonly string[]): string {
  return names.length === 0 ? '(?!)' : `(?:${[...new Set(names)].map(literal).join('|')})`;
}
