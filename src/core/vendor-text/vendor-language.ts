import type { Catalog } from '../../domain/catalog.ts';
import { compileEnglish, type English } from '../language/analysis.ts';
import { compilePlaces, type Places } from './places.ts';
import { compileTranslated, type TranslatedForms } from './translated-forms.ts';

/** How a vendor's prose is read: the analysis of English, plain forms of other languages, and the vendor's own products. */
export interface VendorWords {
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
