import { load } from 'cheerio/slim';
import type { Capture } from '../../domain/capture.ts';
import { ExtractError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { PageNode } from '../document/node.ts';
import { isHtml } from '../extract/html.ts';
import { mainText } from '../extract/main-text.ts';
import { textOf } from '../extract/text.ts';
import { originFields } from './origin-fields.ts';

/** A page larger than this, in bytes, is data, and has no author. */
const LARGEST = 2_000_000;

/**
 * What the markup of a page shows of where it comes from, as fields of an item. They are kept beside the item and not
 * in it: what a site puts around a page changes with every visit, and that is no new version of the page.
 */
export function pageOrigin(
  capture: Pick<Capture, 'body' | 'contentType' | 'finalUrl'>,
): Item['fields'] {
  if (capture.body.length > LARGEST) return {};
  const source = sourceOf(capture);
  if (source === null || !isHtml(capture.contentType, source)) return {};
  const document = load(source).root()[0] as unknown as PageNode;
  return originFields(document, capture.finalUrl, mainText(document));
}

function sourceOf({ body, contentType }: Pick<Capture, 'body' | 'contentType'>): string | null {
  try {
    return textOf(body, contentType);
  } catch (error) {
    if (error instanceof ExtractError) return null;
    throw error;
  }
}
