/** Frequent small words of the languages written in Latin letters that are told apart. */
const SMALL_WORDS: Readonly<Record<string, string>> = {
  en: 'the and of to in is that for it with has was on as by this not are from be',
  de: 'der die das und ist nicht von zu mit den für auf ein eine im auch sich wird noch es',
  es: 'el la de que y en los las un una por con para del se no es su más',
  pt: 'o a de que e em os as um uma por com para do da não se é mais',
  fr: 'le la les de des et un une est que dans pour pas sur du au ne ce avec',
  it: 'il la di che e un una per non con del della è sono nel più',
  nl: 'de het een van en is dat niet op te voor met zijn aan er',
  vi: 'và của là không được cho các một có đã trong với này chưa những',
  pl: 'i w nie na się z do jest że to jak od po',
  tr: 've bir bu için ile da de çok daha olarak',
  id: 'yang dan di untuk dengan ini dari pada tidak adalah',
};
const WORDS = new Map(
  Object.entries(SMALL_WORDS).map(([language, words]) => [language, new Set(words.split(' '))]),
);
const SAMPLE = 6000;

/** The language of a text by its script and its small words; null when nothing stands out. */
export function languageIn(text: string): string | null {
  const sample = text.slice(0, SAMPLE);
  return byScript(sample) ?? byWords(sample);
}

/** Letters of no script but the Latin one, its accents and the punctuation between. */
const LATIN_ONLY = /^[\0-\u024f\u1e00-\u2bff]*$/;

function byScript(text: string): string | null {
  if (LATIN_ONLY.test(text)) return null;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const share = (script: RegExp) => (text.match(script)?.length ?? 0) / Math.max(1, letters);
  if (share(/\p{Script=Hangul}/gu) > 0.2) return 'ko';
  if (share(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu) > 0.1) return 'ja';
  if (share(/\p{Script=Han}/gu) > 0.2) return 'zh';
  if (share(/\p{Script=Cyrillic}/gu) > 0.3) return 'ru';
  return share(/\p{Script=Arabic}/gu) > 0.3 ? 'ar' : null;
}

function byWords(text: string): string | null {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  let best: { language: string; count: number } | null = null;
  for (const [language, small] of WORDS) {
    const count = words.filter((word) => small.has(word)).length;
    if (best === null || count > best.count) best = { language, count };
  }
  return best !== null && best.count >= Math.max(2, words.length * 0.08) ? best.language : null;
}
