import type { TranslatedRule } from '../../domain/language.ts';

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

/** What may stand behind the models: nothing by which they are only what something belongs to, or is done with. */
const NOT_OF = String.raw`(?!\s*(?:的|の|에서|上|中の|预览|系列|プレビュー|シリーズ|미리보기|시리즈|preview|vista previa))`;

export function compileTranslated(rules: readonly TranslatedRule[]): readonly TranslatedForm[] {
  return rules.flatMap(({ id, category, forms }) =>
    forms.map((form) => {
      const source = form
        .replaceAll('<names>', `${NAMES}${NOT_OF}`)
        .replaceAll('<day>', `(?<day>[^:${NAMES}]{4,30}?)`)
        .replaceAll('<list>', '');
      const pattern = new RegExp(`^(?:${source})`, 'u');
      return {
        ...{ rule: id, category, pattern },
        isOfList: form.endsWith('<list>'),
      };
    }),
  );
}
