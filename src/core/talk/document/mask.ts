import { foldText } from '../../text/fold.ts';

/** What Markdown adds to the words: the address behind a link's text, bare addresses, marks for emphasis and code. */
const LINK = /!?\[([^[\]]{0,400})\]\(([^()\s]{0,2000})\)/g;
const ADDRESS = /\bhttps?:\/\/[^\s<>"')\]]+/g;
const MARKS = /\*+|`+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu;

/** A link of a text: where its words stand, and where it leads. */
export interface TextLink {
  start: number;
  end: number;
  address: string;
}

/** A text without its markup, at the same length: every sign keeps its place, markup becomes spaces. */
export interface Masked {
  /** Original letters. */
  text: string;
  /** Folded, in lower case. */
  folded: string;
  links: readonly TextLink[];
}

export function maskMarkup(text: string): Masked {
  const links: TextLink[] = [];
  const words = text
    .replaceAll(LINK, (whole, label: string, address: string, at: number) => {
      const start = at + whole.indexOf('[') + 1;
      links.push({ start, end: start + label.length, address });
      const before = ' '.repeat(start - at);
      return before + label + ' '.repeat(whole.length - before.length - label.length);
    })
    .replaceAll(ADDRESS, (whole) => ' '.repeat(whole.length))
    .replaceAll(MARKS, (whole) => ' '.repeat(whole.length));
  return { text: words, folded: foldText(words), links };
}
