/** Hyphens and minus signs that stand for `-` inside a name. Em dashes part sentences and stay. */
const HYPHENS = /[\u2010-\u2013\u2212\ufe63\uff0d]/g;
const SPACES = /[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const APOSTROPHES = /[\u2018\u2019\u201b\u2032\u02bc\uff07`\u00b4]/g;
const QUOTES = /[\u201c\u201d\u201e\u201f\u2033\uff02]/g;
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_SHIFT = 0xfee0;

/**
 * A text with the many ways to write one sign made one, in lower case, at the same length: an offset in the folded
 * text is an offset in the text itself.
 */
export function foldText(text: string): string {
  return foldSigns(text).toLowerCase();
}

/** As `foldText`, with capitals kept. */
export function foldSigns(text: string): string {
  return (
    text
      .replace(HYPHENS, '-')
      .replace(SPACES, ' ')
      .replace(APOSTROPHES, "'")
      .replace(QUOTES, '"')
      .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_SHIFT))
      // The one letter whose lower case is longer than itself.
      .replace(/\u0130/g, 'I')
  );
}
