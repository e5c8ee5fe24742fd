import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PrimaryStatement } from '../../../../src/core/vendor-text/statement.ts';
import { primaryStatements } from '../../../../src/core/vendor-text/vendor-statements.ts';
import type { Item } from '../../../../src/domain/item.ts';
import type { Publisher } from '../../../../src/domain/publisher.ts';
import type { SourceKind } from '../../../../src/domain/source-kind.ts';
import { dayOf } from '../../../../src/domain/time.ts';
import { language, names } from '../../../support/names.ts';

const FILE = join(import.meta.dirname, '../../../fixtures/vendor-sentences/kinds.txt');
const DAY = '2026-06-15';
const openai: Publisher = {
  ...{ domain: 'openai.com', name: 'OpenAI', class: 'P1', group: 'openai.com', vendor: 'openai' },
};
const CHANNELS: Readonly<Record<string, { kind: SourceKind; item: Item['kind'] }>> = {
  log: { kind: 'changelog', item: 'entry' },
  news: { kind: 'newsroom', item: 'post' },
  help: { kind: 'help', item: 'article' },
  notes: { kind: 'help', item: 'article' },
  guide: { kind: 'guide', item: 'article' },
};

interface Example {
  kind: string;
  isGenuine: boolean;
  channel: string;
  title: string;
  text: string;
  says: readonly string[];
}

function examples(): readonly Example[] {
  const found: Example[] = [];
  let kind = '';
  for (const line of readFileSync(FILE, 'utf8').split('\n')) {
    if (line.startsWith('# ')) kind = line.slice(2);
    const match = /^([+-]) (\w+) \| (.*?) \| (.*?)(?: => (.*))?$/.exec(line);
    if (match === null) continue;
    const [, sign, channel = '', title = '', text = '', says = ''] = match;
    found.push({
      ...{ kind, isGenuine: sign === '+', channel, title, text: text.replaceAll('\\n', '\n') },
      says: says.split('; ').filter((one) => one !== ''),
    });
  }
  return found;
}

function read({ channel, title, text }: Example): readonly PrimaryStatement[] {
  const { kind, item } = CHANNELS[channel] ?? { kind: 'newsroom', item: 'post' };
  const isEntry = item === 'entry';
  const head = isEntry ? 'Feature · API: v1/responses' : title;
  const read: Item = {
    ...{ key: 'k', kind: item, title: isEntry ? (text.split('\n')[0] ?? '') : title },
    ...{ text: `${head}\n\n${text}`.trim(), url: 'https://openai.com/x' },
    published: { from: DAY, to: null, precision: 'day' },
    fields: isEntry ? { models: [], apis: ['v1/responses'], type: 'Feature' } : {},
  };
  const watcher = { kind, vendor: 'openai', coverage: 'rolling' as const };
  const context = { names, publisher: openai, watcher, at: '2026-12-01T00:00:00.000Z' };
  return primaryStatements(read, { ...context, ...language('openai') });
}

/** `not gpt-9 product_available:chatgpt`, as the file writes it. */
function shown({ claim, polarity }: PrimaryStatement): string {
  const qualifiers = Object.values(claim.qualifiers).map((value) => `:${value}`);
  return `${polarity === 'deny' ? 'not ' : ''}${claim.subject} ${claim.facet}${qualifiers.join('')}`;
}

/** Whether a statement would confirm that something is so by now. */
function confirms({ claim, polarity, evidentiality, validTime }: PrimaryStatement): boolean {
  const isPlan = claim.facet === 'retired' && validTime !== null && dayOf(validTime.from) > DAY;
  return (
    polarity === 'support' &&
    evidentiality === 'primary_artefact' &&
    claim.facet !== 'documented' &&
    !isPlan
  );
}

const kinds = new Map<string, Example[]>();
for (const one of examples()) kinds.set(one.kind, [...(kinds.get(one.kind) ?? []), one]);

describe.each([...kinds])('%s', (_kind, some) => {
  test.each(some.filter(({ isGenuine }) => isGenuine).map((one) => [one.text, one] as const))(
    'the vendor states what "%s" says',
    (_text, example) => {
      const said = read(example).map(shown);
      expect(example.says.filter((part) => !said.some((one) => one.startsWith(part)))).toEqual([]);
    },
  );

  test.each(some.filter(({ isGenuine }) => !isGenuine).map((one) => [one.text, one] as const))(
    'nothing is taken for proved from "%s"',
    (_text, example) => {
      const proved = read(example).filter(confirms).map(shown);
      expect(proved.filter((one) => !example.says.some((part) => one.startsWith(part)))).toEqual(
        [],
      );
    },
  );
});
