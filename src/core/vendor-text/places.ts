import type { Qualifiers } from '../../domain/claim.ts';
import type { Vendor } from '../../domain/vendor.ts';

/** The surface by which an API goes; what is there is listed, and not merely available in a product. */
const API = 'api';

/** Where a clause says that a model is to be had. */
export interface Place {
  surface: string;
  plans: readonly string[];
}

/** Finds a vendor's products in a text, by the names its file gives them. */
export interface Places {
  in(text: string): readonly Place[];
  /** Whether a text is the vendor, or one of its products, and nothing else. */
  isOwn(text: string): boolean;
  /** Whether it is one of its products, with its plans, apps and workspaces, and nothing else. */
  isProduct(text: string): boolean;
  /** The API, where the vendor has one. */
  api(): readonly Place[];
}

interface Named {
  surface: string;
  pattern: RegExp;
  plans: RegExp | null;
}

/** Words around a product's name: phrases in which it is part of something else ("API key"), and what leaves it what it is ("the app"). */
export interface AroundProducts {
  never: readonly string[];
  parts: readonly string[];
  /** How all who pay, or do not, are spoken of ("every plan"): they have the product that is sold in plans. */
  sold: readonly string[];
}

export function compilePlaces(
  { name, aliases, products }: Pick<Vendor, 'name' | 'aliases' | 'products'>,
  { never, parts, sold: soldAs }: AroundProducts,
): Places {
  const own = new Set([name, ...aliases, ...products.flatMap(({ names }) => names)]);
  const other = never.length === 0 ? null : phrasePattern(never, 'gi');
  const named = products.map(
    ({ surface, names, plans }): Named => ({
      surface,
      pattern: phrasePattern(names, ''),
      plans: plans.length === 0 ? null : phrasePattern(plans, 'g'),
    }),
  );
  const plans = products.flatMap((product) => product.plans);
  const anyProduct = phrasePattern(
    products.flatMap(({ names }) => names),
    'gi',
  );
  const anyPlan = soldAs.length === 0 ? /(?!)/ : phrasePattern(soldAs, 'i');
  const anyPart = phrasePattern([...parts, ','], 'gi');
  const anyOfPlans = plans.length === 0 ? /(?!)/g : phrasePattern(plans, 'g');
  return {
    isOwn: (text) => own.has(text.trim()),
    isProduct: (text) =>
      text.search(anyProduct) >= 0 &&
      text.replaceAll(anyProduct, '').replaceAll(anyOfPlans, '').replaceAll(anyPart, '').trim() ===
        '',
    api: () => named.filter(isApi).map(({ surface }) => ({ surface, plans: [] })),
    in(text) {
      const plain = other === null ? text : text.replaceAll(other, '');
      const found = named.filter(({ pattern }) => pattern.test(plain));
      const sold = named.filter(({ plans }) => plans !== null);
      // A plan is named for the product it is sold for: "for Plus, Pro and Team users".
      const byPlan =
        found.length > 0
          ? []
          : sold.filter(
              (one) =>
                plansIn(one, plain).length > 1 ||
                isPlanOfUsers(one, plain) ||
                plain.search(anyPlan) >= 0,
            );
      return [...found, ...byPlan].map((one) => ({
        surface: one.surface,
        plans: plansIn(one, plain),
      }));
    },
  };
}

function phrasePattern(phrases: readonly string[], flags: string): RegExp {
  const sources = [...phrases]
    .sort((a, b) => b.length - a.length)
    .map((phrase) => phrase.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+'));
  return new RegExp(`(?<![\\p{L}\\d-])(?:${sources.join('|')})s?(?![\\p{L}\\d]|-\\w)`, `u${flags}`);
}

function plansIn({ plans }: Named, text: string): readonly string[] {
  if (plans === null) return [];
  return [...new Set([...text.matchAll(plans)].map(([plan]) => plan.toLowerCase()))];
}

/** One plan alone is named as one: beside the people who have it. */
function isPlanOfUsers({ plans }: Named, text: string): boolean {
  return (
    plans !== null &&
    new RegExp(
      `${plans.source}\\s+(?:users?|plans?|subscribers?|subscriptions?|members?|customers?|accounts?|workspaces?|seats?|tiers?)`,
      'u',
    ).test(text)
  );
}

export function isApi({ surface }: Pick<Place, 'surface'>): boolean {
  return surface === API;
}

/** The claims of availability that a place makes: one for each plan, or one for all. */
export function qualifiersOf({ surface, plans }: Place): readonly Qualifiers[] {
  if (surface === '') return [{}];
  return plans.length === 0 ? [{ surface }] : plans.map((plan) => ({ surface, plan }));
}
