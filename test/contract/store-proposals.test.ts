import { beforeEach, describe, expect, test } from 'vitest';
import { proposalId } from '../../src/core/proposals/question.ts';
import type { Proposal } from '../../src/domain/proposal.ts';
import type { Store } from '../../src/store/store.ts';
import { blogPage } from '../support/reading.ts';
import { fileStore } from '../support/store.ts';
import { minute } from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

const PROPOSAL: Proposal = {
  id: proposalId(blogPage('gpt-image-2 is out.'), 'a-model'),
  ...{ model: 'a-model', prompt: 1, at: minute(1), outcome: 'answered', tokens: 900 },
  statements: [{ quote: 'a lone \ud83d half, and \u0000' }, 'no object', null],
};

describe.each(STORES)('what models answered in $database', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  test('what models answered in the database is kept as it came, the first answer for good', async () => {
    expect(await store.proposals.get(PROPOSAL.id)).toBeNull();
    await store.proposals.keep(PROPOSAL);
    await store.proposals.keep({ ...PROPOSAL, statements: [], tokens: 1 });
    expect(await store.proposals.get(PROPOSAL.id)).toEqual(PROPOSAL);
  });

  test('what models answered in the database costs no more on a day than it may, however many ask at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: 20 }, () => store.proposals.reserve('2026-04-21', 300, 1_000)),
    );
    expect(asked.filter(Boolean)).toHaveLength(3);
    expect(await store.proposals.spent('2026-04-21')).toBe(900);
    expect(await store.proposals.reserve('2026-04-21', 100, 1_000)).toBe(true);
    expect(await store.proposals.reserve('2026-04-21', 1, 1_000)).toBe(false);
    expect(await store.proposals.reserve('2026-04-22', 300, 1_000)).toBe(true);
    expect(await store.proposals.reserve('2026-04-23', 1, 0)).toBe(false);
  });

  test('what models answered in the database is paid for as it came to', async () => {
    await store.proposals.reserve('2026-04-21', 800, 1_000);
    await store.proposals.settle('2026-04-21', -500);
    expect(await store.proposals.spent('2026-04-21')).toBe(300);
    await store.proposals.settle('2026-04-21', 900);
    expect(await store.proposals.spent('2026-04-21')).toBe(1_200);
    expect(await store.proposals.reserve('2026-04-21', 1, 1_000)).toBe(false);
    expect(await store.proposals.spent('2026-04-20')).toBe(0);
  });
});

test('what was spent is shared by all who open one file, and survives them', async () => {
  const { store, again } = await fileStore();
  await store.proposals.reserve('2026-04-21', 800, 1_000);
  const other = await again();
  expect(await other.proposals.reserve('2026-04-21', 800, 1_000)).toBe(false);
  expect(await other.proposals.spent('2026-04-21')).toBe(800);
});
