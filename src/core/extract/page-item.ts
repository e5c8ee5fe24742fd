import type { Capture } from '../../domain/capture.ts';
import type { Item } from '../../domain/item.ts';
import type { Interval } from '../../domain/time.ts';
import { refuseDeepNesting } from '../document/nesting.ts';
import { canonicalUrl } from './canonical-url.ts';
import { type PageText, pageText } from './page-text.ts';
import { textOf } from './text.ts';
import { headline } from './tidy.ts';

/** Any page of somebody else as one item. Throws an `ExtractError` when it has no text. */
export function pageItem(
  capture: Pick<Capture, 'finalUrl' | 'contentType'> & { body: Uint8Array | string },
): Item {
  const { body, contentType } = capture;
  refuseDeepNesting(typeof body === 'string' ? body : textOf(body, contentType));
  const page = pageText(capture.body, capture.contentType, capture.finalUrl);
  const url = canonicalUrl(capture.finalUrl);
  return {
    key: url,
    kind: 'page',
    title: page.title === '' ? headline(page.text) : page.title,
    text: page.text,
    url,
    published: page.published,
    fields: fieldsOf(page),
    document: page.document,
  };
}

function fieldsOf({ byline, language, updated, original }: PageText): Item['fields'] {
  return {
    ...(byline === null ? {} : { byline }),
    ...(language === null ? {} : { language }),
    ...(original === null ? {} : { original }),
    ...(updated === null ? {} : { updated: intervalText(updated) }),
  };
}

/** A day or moment, or the first and last of a stretch. */
function intervalText({ from, to }: Interval): string {
  return to === null ? from : `${from}/${to}`;
}
