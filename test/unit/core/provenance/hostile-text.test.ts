import { expect, it } from 'vitest';
import { fingerprintOf } from '../../../../src/core/provenance/fingerprint.ts';
import { processorTime } from '../../../support/processor-time.ts';

/** As long as the text of a page may be. */
const LENGTH = 400_000;

/** Before links were bounded, each of these took more than half a minute. */
const BAITS = ['[](', '[a](https://x', '[a](https://x.org/', '![', '](', '[['];

it.each(BAITS)(
  'the fingerprint of a text that was made to take long is taken in seconds when the text repeats %j',
  async (bait) => {
    const text = `A page about gpt-image-2.\n\n${bait.repeat(LENGTH / bait.length)}`;
    const url = 'https://example.org/post';
    const item = {
      key: url,
      kind: 'page',
      title: '',
      text,
      url,
      published: null,
      fields: {},
    } as const;
    const took = await processorTime(() => expect(fingerprintOf(item, url).url).toBe(url));
    expect(took).toBeLessThan(8_000);
  },
);
