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

export function compileTranslated(
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
