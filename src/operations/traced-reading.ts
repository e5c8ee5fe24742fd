import { isOwnChannel } from '../core/claims/ownership.ts';
import type { Names } from '../core/names/names.ts';
import { compileLexicon } from '../core/talk/cues/lexicon.ts';
import { compilePredicates } from '../core/talk/frames/predicates.ts';
import { compileGate } from '../core/talk/gate/gate.ts';
import { compileWordLists } from '../core/talk/syntax/word-classes.ts';
import { tracedTalk } from '../core/talk/traced-frames.ts';
import { tracedFrames } from '../core/vendor-text/traced-frames.ts';
import { vendorLanguage } from '../core/vendor-text/vendor-language.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { FrameTrace } from '../domain/frame-trace.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Entry } from '../pipeline/context.ts';

/** How the frames of an entry were read; none of a row, whose fields say all. */
export type FrameTracer = (watcher: Watcher, entry: Entry) => readonly FrameTrace[];

/** Reads in this thread, beside the reader: what is shown to a person costs nobody else anything. */
export function openTracer(catalog: Catalog, names: () => Names): FrameTracer {
  const language = vendorLanguage(catalog);
  const talk = {
    lexicon: compileLexicon(catalog.lexicon, catalog.vendors),
    predicates: compilePredicates(catalog.predicates),
    lists: compileWordLists(catalog.wordLists),
    gate: compileGate(catalog.gate),
  };
  return (watcher, { item, publisher, at }) =>
    isOwnChannel(publisher, watcher)
      ? tracedFrames(item, {
          ...{ names: names(), publisher, watcher, at },
          ...language(watcher.vendor),
        })
      : tracedTalk(item, { names: names(), publisher, at, ...talk });
}
