import type { Catalog } from '../../domain/catalog.ts';
import type { Qualifiers } from '../../domain/claim.ts';
import type { TranslatedRule } from '../../domain/language.ts';
import type { Product, Vendor } from '../../domain/vendor.ts';
import { compileEnglish, type English } from '../language/analysis.ts';
import { literal } from '../text/characters.ts';

/** How a vendor's prose is read: the analysis of English, plain forms of other languages, and the vendor's own products. */
interface VendorWords {
  english: English;
  translated: TranslatedForms;
  places: Places;
}

export type VendorLanguage = (vendor: string | null) => VendorWords;

/** Compiles the analysis once, and the products of each vendor as they are asked for. */
export function vendorLanguage({
  language,
  vendors,
  anyVendor,
}: Pick<Catalog, 'language' | 'vendors' | 'anyVendor'>): VendorLanguage {
  const english = compileEnglish(language);
  const translated = compileTranslated(language.translated, language.words);
  const around = {
    never: language.words['not-places'] ?? [],
    parts: language.words['parts-of-products'] ?? [],
    sold: language.words['all-who-pay'] ?? [],
  };
  const known = new Map<string | null, VendorWords>();
  return (vendor) => {
    const words = known.get(vendor) ?? {
      english,
      translated,
      places: compilePlaces(
        vendors.find((one) => one.vendor === vendor) ?? { name: '', aliases: [], products: [] },
        { ...around, elsewhere: anyVendor.elsewhere },
      ),
    };
    known.set(vendor, words);
    return words;
  };
}

/** A sign that stands for the models a sentence names, which no text holds. */
export const NAMES = '\uE000';

/** One form of a rule, ready to be matched on a sentence whose names are replaced by `NAMES`. */
export interface TranslatedForm {
  rule: string;
  category: TranslatedRule['category'];
  /** Its group `day` is the day of an end, where it has one. */
  pattern: RegExp;
  /** It heads a list of the models it is said of. */
  isOfList: boolean;
}

/** The plain forms of other languages, and what keeps a sentence from being one of them. */
export interface TranslatedForms {
  forms: readonly TranslatedForm[];
  /** Labels that may stand before a sentence: rumors, questions and what others say have labels, too. */
  labels: RegExp;
  /** Words by which a sentence is of a part alone: a preview, some people, one place. */
  limits: RegExp;
}

/** What may stand behind the models: nothing by which they are only what something belongs to, or is done with. */
const NOT_OF = String.raw`(?!\s*(?:的|の|에서|上|中の|预览|系列|プレビュー|シリーズ|미리보기|시리즈|preview|vista previa))`;

/** What may stand behind a form: a sign, or that the model is replaced as well. A place or a purpose narrows what is said. */
const BEHIND = String.raw`(?=\s*(?:$|[,，、(（.。!！:：;；–—]|(?:e|y|et|und|和|并) ))`;

function compileTranslated(
  rules: readonly TranslatedRule[],
  words: Readonly<Record<string, readonly string[]>>,
): TranslatedForms {
  const forms = rules.flatMap(({ id, category, forms: written }) =>
    written.map((form) => {
      const isOfList = form.endsWith('<list>');
      const source = form
        .replaceAll('<names>', `${NAMES}${NOT_OF}`)
        .replaceAll('<day>', `(?<day>[^:${NAMES}]{4,30}?)`)
        .replaceAll('<list>', '');
      const pattern = new RegExp(`^(?:${source})${isOfList ? '' : BEHIND}`, 'u');
      return { rule: id, category, pattern, isOfList };
    }),
  );
  return {
    forms,
    labels: new RegExp(`^(?:${anyOf(words['translated-labels'])})`, 'u'),
    limits: new RegExp(anyOf(words['translated-limits']), 'u'),
  };
}

/** Any of several words, or of their beginnings where they end with a dash; of scripts without blanks, wherever they stand. */
function anyOf(words: readonly string[] = []): string {
  return words
    .map((word) => {
      const isSpaced = /^[\p{Script=Latin}\s-]+$/u.test(word);
      const isStem = word.endsWith('-');
      const stem = word.replace(/-$/, '');
      return isSpaced ? String.raw`(?<!\p{L})${stem}${isStem ? '' : String.raw`(?!\p{L})`}` : stem;
    })
    .join('|');
}

/** The surface by which an API goes; what is there is listed, and not merely available in a product. */
const API = 'api';

/** Weights that everybody may load: what is put out there is out, and hosted by nobody in particular. */
const WEIGHTS = 'weights';

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
  /** The product whose own notes stand at an address; null where they are the API's, or of all that the vendor offers. */
  home(url: string): Place | null;
  /** The API, where the vendor has one. */
  api(): readonly Place[];
}

const USERS =
  'users?|plans?|subscribers?|subscriptions?|members?|customers?|accounts?|workspaces?|seats?|tiers?';

interface Named {
  surface: string;
  pattern: RegExp;
  plans: RegExp | null;
  /** One of its plans beside the people who have it. */
  ofUsers: RegExp | null;
}

/** Words around a product's name: phrases in which it is part of something else ("API key"), and what leaves it what it is ("the app"). */
interface AroundProducts {
  never: readonly string[];
  parts: readonly string[];
  /** Where models of any vendor are offered: clouds, hubs, the apps of others. */
  elsewhere: readonly Pick<Product, 'surface' | 'names'>[];
  /** How all who pay, or do not, are spoken of ("every plan"): they have the product that is sold in plans. */
  sold: readonly string[];
}

function compilePlaces(
  { name, aliases, products }: Pick<Vendor, 'name' | 'aliases' | 'products'>,
  { never, parts, sold: soldAs, elsewhere }: AroundProducts,
): Places {
  const own = new Set([name, ...aliases, ...products.flatMap(({ names }) => names)]);
  const other = never.length === 0 ? null : phrasePattern(never, 'gi');
  const ofOwn = new Set(products.flatMap(({ names }) => names));
  const others = elsewhere
    .map(({ surface, names }) => ({
      surface,
      names: names.filter((one) => !ofOwn.has(one)),
      plans: [],
    }))
    .filter(({ names }) => names.length > 0);
  const named = [...products, ...others].map(({ surface, names, plans }): Named => {
    const ofPlans = plans.length === 0 ? null : phrasePattern(plans, 'g');
    return {
      surface,
      pattern: phrasePattern(names, ''),
      plans: ofPlans,
      ofUsers: ofPlans === null ? null : new RegExp(`${ofPlans.source}\\s+(?:${USERS})`, 'u'),
    };
  });
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
    home: (url) => homeOf(products, url),
    api: () => named.filter(isApi).map(({ surface }) => ({ surface, plans: [] })),
    in(text) {
      const plain = other === null ? text : text.replaceAll(other, '');
      const found = named.filter(({ pattern }) => pattern.test(plain));
      const sold = named.filter(({ plans }) => plans !== null);
      // A plan is named for the product it is sold for: "for Plus, Pro and Team users".
      // Where a product is named, plans are those that it comes with; the API and the clouds of others come with none.
      const byPlan = found.some((one) => isSold(one, products))
        ? []
        : sold.filter(
            (one) =>
              plansIn(one, plain).length > 1 ||
              // One plan alone is named as one beside the people who have it.
              one.ofUsers?.test(plain) === true ||
              plain.search(anyPlan) >= 0,
          );
      return [...found, ...byPlan].map((one) => ({
        surface: one.surface,
        plans: plansIn(one, plain),
      }));
    },
  };
}

function isSold({ surface }: Pick<Place, 'surface'>, products: Vendor['products']): boolean {
  return surface !== API && products.some((one) => one.surface === surface);
}

function homeOf(products: Vendor['products'], url: string): Place | null {
  const path = url.replace(/^https?:\/\/(?:www\.)?/, '');
  const product = products.find(({ home }) => home.some((start) => path.startsWith(start)));
  return product === undefined ? null : { surface: product.surface, plans: [] };
}

function phrasePattern(phrases: readonly string[], flags: string): RegExp {
  const sources = [...phrases]
    .sort((a, b) => b.length - a.length)
    .map((phrase) => literal(phrase).replaceAll(' ', '\\s+'));
  return new RegExp(`(?<![\\p{L}\\d-])(?:${sources.join('|')})s?(?![\\p{L}\\d]|-\\w)`, `u${flags}`);
}

function plansIn({ plans }: Named, text: string): readonly string[] {
  if (plans === null) return [];
  return [...new Set([...text.matchAll(plans)].map(([plan]) => plan.toLowerCase()))];
}

export function isApi({ surface }: Pick<Place, 'surface'>): boolean {
  return surface === API;
}

export function isOfWeights({ surface }: Pick<Place, 'surface'>): boolean {
  return surface === WEIGHTS;
}

/** The claims of availability that a place makes: one for each plan, or one for all. */
export function qualifiersOf({ surface, plans }: Place): readonly Qualifiers[] {
  if (surface === '') return [{}];
  return plans.length === 0 ? [{ surface }] : plans.map((plan) => ({ surface, plan }));
}
