import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../../../../src/core/talk/cues/lexicon.ts';
import { vendorWords } from '../../../../../src/core/talk/cues/vendor-words.ts';
import type { Vendor } from '../../../../../src/domain/vendor.ts';

const NIMBUS: Vendor = {
  vendor: 'nimbus',
  name: 'Nimbus Labs',
  aliases: ['Nimbus', '@nimbus_ai'],
  people: ['Ada Sky'],
  sites: ['nimbus.example'],
  watched: true,
  products: [
    { surface: 'cirrus', names: ['Cirrus', 'Cirrus app'], plans: [], home: [] },
    { surface: 'api', names: ['Nimbus API'], plans: [], home: [] },
  ],
  ids: {
    ...{ roots: ['Stratus'], short: {}, tiers: [], versions: 'dots', snapshots: [] },
    ...{ patterns: ['stratus-\\d'], plain: [], never: [] },
  },
  list: null,
  talk: { forums: [] },
};

describe('the words by which talk names a vendor', () => {
  it('stand for what they name, whichever vendor it is', () => {
    const { standIn, plain } = vendorWords([NIMBUS]);
    expect(['nimbus', 'sky', 'cirrus', 'stratus', 'weather'].map(standIn)).toEqual([
      ...['@maker', '@person', '@product', '@family', 'weather'],
    ]);
    expect(plain('nimbus puts it in cirrus')).toBe('@maker puts it in @product');
  });

  it('the words by which talk names a vendor are those of watched vendors alone', () => {
    expect(vendorWords([{ ...NIMBUS, watched: false }]).standIn('nimbus')).toBe('nimbus');
  });

  it('the words by which talk names a vendor take the place of the marks in a cue', () => {
    const { expand } = vendorWords([NIMBUS]);
    expect(expand('<maker> says')).toBe('(?:nimbus labs|nimbus|nimbus_ai) says');
    expect(vendorWords([]).expand('<person> says')).toBe('(?!) says');
  });

  it('the words by which talk names a vendor make cues of the vendor and of the places it offers models in', () => {
    const cues = [
      { name: 'vendor.word', language: 'en', patterns: ['<maker> (?:says|said)'] },
      { name: 'surface.app', language: 'en', patterns: ['mobile app'] },
      { name: 'surface.cloud', language: 'en', patterns: ['their cloud'] },
    ];
    const lexicon = compileLexicon(cues, [NIMBUS]);
    const found = lexicon.scan('nimbus labs said so, and cirrus has it', 'en');
    expect(found.map(({ family }) => family)).toEqual(['vendor.word', 'vendor', 'surface.cirrus']);
    expect(lexicon.surfaces).toEqual(['cirrus', 'cloud']);
  });
});
