import { describe, expect, test } from 'vitest';
import { compileEnglish } from '../../../../src/core/language/analysis.ts';
import { isAsserted, isPlanned } from '../../../../src/core/vendor-text/assertion.ts';
import { catalog, LATER, names } from '../../../support/names.ts';

const english = compileEnglish(catalog.language);

/** The rules whose frames say something of a model in a text, plans of the vendor included. */
function found(text: string): readonly string[] {
  const ranges = names.find(text, LATER).map(({ span: [start, end] }) => ({ start, end }));
  return english
    .read(text, ranges)
    .flatMap(({ frames }) => frames)
    .filter((frame) => frame.theme.kind === 'names')
    .filter((frame) => {
      const agent = frame.agent?.kind === 'people' ? null : frame.agent;
      const modality = frame.agent?.kind === 'people' ? 'none' : frame.context.modality;
      const said = { ...frame, agent, context: { ...frame.context, modality } } as typeof frame;
      return isAsserted(said) || (isPlanned(said) && said.category === 'retire');
    })
    .filter(({ context, category }) => category !== 'price' && context.aspect !== undefined)
    .map(({ rule }) => rule);
}

const shown = catalog.language.rules.filter(
  ({ examples, not }) => examples.length + not.length > 0,
);

describe.each(shown.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test.each(rule.examples)('a rule of language finds what is said in "%s"', (example) => {
    expect(found(example)).toContain(id);
  });

  test.each(rule.not)('a rule of language finds nothing said in "%s"', (example) => {
    expect(found(example)).not.toContain(id);
  });
});
