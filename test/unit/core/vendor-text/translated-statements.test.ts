import { describe, expect, it, test } from 'vitest';
import { blocksOfMarkdown } from '../../../../src/core/document/markdown.ts';
import { itemText } from '../../../../src/core/document/text.ts';
import { primaryStatements } from '../../../../src/core/vendor-text/vendor-statements.ts';
import type { Publisher } from '../../../../src/domain/publisher.ts';
import { catalog, language, names } from '../../../support/names.ts';

const DAY = { from: '2027-01-22', to: null, precision: 'day' } as const;
const OPENAI: Publisher = {
  ...{ domain: 'openai.com', name: 'OpenAI', class: 'P1', group: 'openai.com', vendor: 'openai' },
};
const context = {
  ...{ names, publisher: OPENAI, at: '2027-01-23T00:00:00.000Z' },
  watcher: { kind: 'changelog', vendor: 'openai', coverage: 'rolling' } as const,
  ...language('openai'),
};

/** Subject and facet of all that an entry of the vendor's changelog states, with the day of an end. */
function entry(markdown: string): readonly string[] {
  const item = {
    ...({ key: 'k', kind: 'entry', title: 'January 22', url: 'https://openai.com/x' } as const),
    ...itemText(blocksOfMarkdown(markdown)),
    ...{ published: DAY, fields: {} },
  };
  const said = primaryStatements(item, context).map(
    ({ claim: { subject, facet }, validTime }) =>
      `${subject} ${facet}${facet === 'retired' ? ` ${validTime?.from}` : ''}`,
  );
  return [...new Set(said)].sort();
}

describe.each(catalog.language.translated.map((rule) => [rule.id, rule] as const))(
  'the rule %s',
  (_, { category, examples, not }) => {
    const facet = category === 'release' ? 'announced' : 'retired';

    test.each(examples)('a translated rule says it of the model in "%s"', (example) => {
      expect(entry(example).map((one) => one.split(' ').slice(0, 2).join(' '))).toContain(
        `gpt-9 ${facet}`,
      );
    });

    test.each(not)('a translated rule says nothing of the model in "%s"', (example) => {
      expect(entry(example).filter((one) => one.startsWith(`gpt-9 ${facet}`))).toEqual([]);
    });
  },
);

describe('an entry in another language', () => {
  it('an entry in another language says of every model of a list when it ends', () => {
    expect(
      entry(
        'Anuncio de baja: Los siguientes modelos se cerrarán el 17 de febrero de 2027:\n\n- `gpt-9`\n- `gpt-9-mini`\n\nUsa `gpt-10`.',
      ),
    ).toEqual([
      'gpt-9 deprecated',
      'gpt-9 retired 2027-02-17',
      'gpt-9-mini deprecated',
      'gpt-9-mini retired 2027-02-17',
    ]);
  });

  it('an entry in another language tells of several models in a row, by the ids behind them', () => {
    expect(entry('发布了 GPT-9（`gpt-9`）和 GPT-9 mini（`gpt-9-mini`），供所有人使用。')).toEqual([
      'gpt-9 announced',
      'gpt-9 api_listed',
      'gpt-9-mini announced',
      'gpt-9-mini api_listed',
    ]);
  });

  it('an entry in another language tells of the models it is said of, and of none that stands further on', () => {
    expect(entry('Se cerró `gpt-9`. Migra a `gpt-10`.')).toEqual(['gpt-9 retired 2027-01-22']);
    expect(
      entry(
        'Ritiro di GPT-9:\n`gpt-9` è stato ritirato e sostituito da `gpt-10`. Tutte le richieste',
      ),
    ).toEqual(['gpt-9 retired 2027-01-22']);
    expect(entry('Se lanzó `gpt-9`, que reemplaza a `gpt-8`.')).toEqual([
      'gpt-9 announced',
      'gpt-9 api_listed',
    ]);
  });

  it('an entry in another language tells of no place in the API where the sentence names an app', () => {
    expect(entry('Lanzamos `gpt-9`, que ya está en ChatGPT para todos.')).toEqual([
      'gpt-9 announced',
    ]);
  });

  it.each([
    '发布了 GPT-9 预览版 `gpt-9-preview`，这是下一代版本。',
    'Os seguintes modelos foram desativados? `gpt-9`',
    'Se `gpt-9` se cerró, avisa al equipo.',
    'Se cambiaron los alias: `gpt-9` cambió a `gpt-10`.',
    '推出了 `gpt-9` 的电脑使用工具，现在可以使用。',
    'Rumor: se lanzó `gpt-9`, según los usuarios.',
    'Ein Nutzer fragt: `gpt-9` wurde veröffentlicht.',
    'Lanzamos `gpt-9` en vista previa privada.',
    'Lanzamos `gpt-9`, pero solo para socios.',
    'Nous avons lancé `gpt-9` en Suisse.',
    'Se cerró `gpt-9` en Azure.',
    'Il modello `gpt-9` è stato chiuso nella regione europea.',
    'Nous avons lancé `gpt-9`, mais par erreur.',
    'GPT-9 发布会定于五月举行，敬请期待。',
    'GPT-9 发布，但仅限合作伙伴使用。',
  ])('an entry in another language says nothing in any other form: %s', (text) => {
    expect(entry(text)).toEqual([]);
  });
});
