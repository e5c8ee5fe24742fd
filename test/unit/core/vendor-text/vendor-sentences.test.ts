import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  CHANNELS,
  type Channel,
  HIDING,
  MODEL,
  PARAGRAPH,
  SHOWING,
  statedOn,
} from '../../../support/vendor-channels.ts';
import { GENUINE, KEEPING, sentence, TAKING_BACK } from '../../../support/vendor-sentences.ts';

/**
 * The suite reads every sentence on the changelog and one in so many on the other channels; with `FIRSTHAND_SENTENCES=all`
 * it reads all on all, which is what docs/accuracy.md tells of.
 */
const SHARE = process.env['FIRSTHAND_SENTENCES'] === 'all' ? 1 : 6;
const TIMEOUT = 120_000;

function clausesFor(channel: string): readonly string[] {
  const share = channel === 'changelog' ? 1 : SHARE;
  return GENUINE.filter((_, index) => index % share === 0).map((clause) =>
    clause.replaceAll('NAME', MODEL),
  );
}

/** Whether a page of a channel with a paragraph in it states anything that holds of the model. */
async function states(channel: Channel, paragraph: string): Promise<boolean> {
  const said = await statedOn(channel, paragraph.replaceAll('NAME', MODEL));
  return said.some(({ claim, polarity }) => claim.subject === MODEL && polarity === 'support');
}

async function filtered(
  channel: Channel,
  paragraphs: readonly string[],
  isWanted: boolean,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const paragraph of paragraphs) {
    if ((await states(channel, paragraph)) === isWanted) found.push(paragraph);
  }
  return found;
}

type Changes = readonly (readonly [string, (clause: string) => string])[];

describe.each(Object.entries(CHANNELS))('a genuine statement on the %s', (name, channel) => {
  const { markup } = channel;
  const clauses = clausesFor(name);
  const paragraph = PARAGRAPH[markup];
  const inWords = (changes: typeof KEEPING): Changes =>
    Object.entries(changes).map(([what, change]) => [
      what,
      (clause) => paragraph(change(clause.replaceAll(MODEL, 'NAME'))),
    ]);
  const inMarkup = (changes: typeof KEEPING): Changes =>
    Object.entries(changes).map(([what, change]) => [what, (clause) => change(sentence(clause))]);

  test.each([...inWords(TAKING_BACK), ...inMarkup(HIDING[markup])])(
    'a genuine statement confirms nothing when it is %s',
    async (_what, change) => {
      expect(await filtered(channel, clauses.map(change), true)).toEqual([]);
    },
    TIMEOUT,
  );

  test.each([...inWords(KEEPING), ...inMarkup(SHOWING[markup])])(
    'a genuine statement is still stated %s',
    async (_what, change) => {
      expect(await filtered(channel, clauses.map(change), false)).toEqual([]);
    },
    TIMEOUT,
  );
});

test('the report tells how many sentences and changes there are', () => {
  const report = readFileSync(join(import.meta.dirname, '../../../../docs/accuracy.md'), 'utf8');
  const count = (changes: object) => Object.keys(changes).length;
  for (const [name, { markup }] of Object.entries(CHANNELS)) {
    const away = count(TAKING_BACK) + count(HIDING[markup]);
    const kept = count(KEEPING) + count(SHOWING[markup]);
    expect(report).toContain(
      `| ${name} | ${GENUINE.length} | ${away} | 0 of ${away * GENUINE.length} | ${kept} | 0 of ${kept * GENUINE.length} |`,
    );
  }
});
