import type { Capture } from '../../domain/capture.ts';
import type { Item } from '../../domain/item.ts';
import { canonicalUrl } from './canonical-url.ts';
import { unreadable } from './failure.ts';
import { isHtml, openPage } from './html.ts';
import { plainText } from './passages.ts';
import { readPassages } from './read-passages.ts';
import { textOf } from './text.ts';
import { headline, oneLine } from './tidy.ts';

/** Any page of somebody else as one item: its title and its text. Throws an `ExtractError` when it has no text. */
export function pageItem(capture: Capture): Item {
  const passages = readPassages(capture);
  const text = plainText(passages);
  if (text === '') throw unreadable('no-match', 'The page holds no text.');
  const url = canonicalUrl(capture.finalUrl);
  return {
    key: url,
    kind: 'page',
    title: titleOf(capture) ?? headline(text),
    text,
    url,
    published: null,
    fields: {},
  };
}

function titleOf(capture: Capture): string | null {
  const text = textOf(capture.body, capture.contentType);
  if (!isHtml(capture.contentType, text)) return null;
  const page = openPage(text);
  const title = oneLine(page('h1').first().text()) || oneLine(page('title').first().text());
  return title === '' ? null : title;
}
