import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysisOf } from '../../../../../src/core/talk/document/document.ts';
import { candidatesIn } from '../../../../../src/core/talk/gate/candidates.ts';
import { featuresOf, textFacts } from '../../../../../src/core/talk/gate/features.ts';
import { compileGate } from '../../../../../src/core/talk/gate/gate.ts';
import { proposedIn, readItem } from '../../../../../src/core/talk/read-item.ts';
import type { ClassWeights } from '../../../../../src/domain/language.ts';
import { blogPage, readingContext } from '../../../../support/reading.ts';

const RELEASED = 'OpenAI released GPT-5.5 to everyone today.';
const PLAIN = 'The weather in Leipzig was fine while GPT-5.5 drew its pictures.';

function read(text: string, learned: Partial<ClassWeights>, features = {}) {
  const launch = { class: 'launch+' as const, bias: 0, keep: 0, make: null, ...learned };
  const trained = { corpus: '', rules: '' };
  const gate = compileGate({ trained, classes: [launch], features });
  return readItem(blogPage(text), { ...readingContext, gate });
}

function featuresIn(text: string): readonly (readonly string[])[] {
  const analysis = analysisOf(blogPage(text), readingContext);
  if (analysis === null) return [];
  const proposed = proposedIn(analysis);
  const facts = textFacts(analysis, proposed);
  return candidatesIn(analysis, proposed).map((candidate) => featuresOf(facts, candidate));
}

describe('the gate of the reader of talk', () => {
  it('the gate of the reader of talk keeps what rules propose from a probability on, and drops what is below it', () => {
    expect(read(RELEASED, { keep: 0.4 })).toEqual(read(RELEASED, {}));
    expect(read(RELEASED, { keep: 0.6 })).toEqual([]);
  });

  it('the gate of the reader of talk weighs what stands around the name', () => {
    expect(read(RELEASED, { keep: 0.6 }, { 'says:release': [2] })).toEqual(read(RELEASED, {}));
    expect(read(RELEASED, { keep: 0.4 }, { 'says:release': [-2] })).toEqual([]);
  });

  it('the gate of the reader of talk says what no rule reads only where it may, in the words of the sentence and under its own name', () => {
    expect(read(PLAIN, {})).toEqual([]);
    const [made] = read(PLAIN, { make: 0.5 });
    expect(made).toMatchObject({
      claim: { subject: 'gpt-5.5', facet: 'released' },
      ...{ polarity: 'support', rule: 'gate.launch+', quote: PLAIN },
    });
    expect(blogPage(PLAIN).text.slice(...(made?.span ?? [0, 0]))).toBe(made?.quote);
  });

  it('the gate of the reader of talk says nothing where a condition stands, of the list it sets up, or of the offer of whoever writes', () => {
    const sure = { make: 0.5 };
    expect(read('It is in the menu if GPT-5.5 is.', sure)).toEqual([]);
    const listed = read('It counts when:\n\n- GPT-5.5 draws its pictures there', sure);
    expect(listed.filter(({ quote }) => quote.includes('there'))).toEqual([]);
    const own = 'GPT-5.5 drew pictures all day long. Our studio page for it costs nothing.';
    expect(read(own, sure).map(({ quote }) => quote)).toEqual([
      'GPT-5.5 drew pictures all day long.',
    ]);
  });

  it('the gate of the reader of talk keeps what a label or a row says, however little speaks for it', () => {
    const labelled = 'GPT-5.5 is new.\n\nGPT-5.5 release date: April 3, 2026';
    const kept = read(labelled, { keep: 0.9, bias: -9 }).filter(({ rule }) => rule === 'label');
    expect(kept.length).toBeGreaterThan(0);
  });

  it('the gate of the reader of talk asks no less of the words of a sentence when only known ones are weighed', () => {
    const known = read(RELEASED, { keep: 0.6 }, { 'stem:releas': [1], 'pair:releas <name>': [1] });
    expect(known).toEqual(read(RELEASED, {}));
    expect(read(RELEASED, { keep: 0.6 }, { 'pair:releas <name>': [2] })).toEqual([]);
  });

  it('the gate of the reader of talk lets what was said in a language it has not learned pass', () => {
    const german =
      'OpenAI hat GPT-5.5 heute für alle Nutzer veröffentlicht und im Blog vorgestellt.';
    const item = { ...blogPage(german), fields: { language: 'de' } };
    const gate = compileGate({
      trained: { corpus: '', rules: '' },
      classes: [{ class: 'launch+', bias: -9, keep: 0.9, make: null }],
      features: {},
    });
    const passed = readItem(item, { ...readingContext, gate });
    expect(passed.length).toBeGreaterThan(0);
    expect(passed).toEqual(readItem(item, readingContext));
  });

  it('the gate of the reader of talk sees nothing that tells one model from another', () => {
    const sentences = [
      (name: string) => `OpenAI released ${name} to everyone today.`,
      (name: string) => `Nobody outside has seen ${name} yet. It is said to be fast.`,
      (name: string) => `## ${name}\n\nIt can be used over the API.`,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...sentences),
        fc.constantFrom('GPT-5.5', 'o3', 'gpt-image-1.5', 'GPT-4.5'),
        (sentence, name) => {
          expect(featuresIn(sentence(name))).toEqual(featuresIn(sentence('GPT-5.4')));
        },
      ),
    );
  });

  it('the gate of the reader of talk sees a predicate behind a verb of rejecting as one that is denied', () => {
    const [features = []] = featuresIn('OpenAI denied that GPT-5.5 is out.');
    expect(features).toContain('says:release:not');
  });
});
