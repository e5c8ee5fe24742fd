import { beforeEach, describe, expect, test } from 'vitest';
import type { VoiceEdge } from '../../src/domain/evidence.ts';
import type { ItemVersionId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { evidenceOn, layGround, minute } from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

const SUBJECT = 'gpt-image-2';

function edge(a: string, b: string, at: number, item: ItemVersionId | null = null): VoiceEdge {
  return { a, b, item, observedAt: minute(at), signals: ['byline 0.4', 'analytics 1.0'] };
}

describe.each(STORES)('the voices in $database', ({ open }) => {
  let store: Store;
  let ground: Awaited<ReturnType<typeof layGround>>;

  beforeEach(async () => {
    store = await open();
    ground = await layGround(store, 'page', SUBJECT);
  });

  const edgesAt = async (at: number) => (await store.claims.record(SUBJECT, minute(at))).edges;

  test('the voices in the database are joined over others that are silent on the subject, from the moment it was seen', async () => {
    await store.claims.addEvidence([evidenceOn(ground, 'one', { group: 'a' })]);
    const [near, far, apart] = [edge('a', 'b', 3), edge('c', 'b', 4), edge('x', 'y', 3)];
    expect(await store.voices.addEdges([near, far, apart])).toEqual([near, far, apart]);
    expect(await edgesAt(4)).toEqual([near, far]);
    expect(await edgesAt(3)).toEqual([near]);
    expect(await edgesAt(2)).toEqual([]);
  });

  test('the voices in the database keep the first moment of an edge and are not told twice that it is new', async () => {
    await store.claims.addEvidence([evidenceOn(ground, 'one', { group: 'a' })]);
    await store.voices.addEdges([edge('a', 'b', 3)]);
    expect(await store.voices.addEdges([edge('a', 'b', 5), edge('a', 'c', 5)])).toEqual([
      edge('a', 'c', 5),
    ]);
    expect(await edgesAt(9)).toEqual([edge('a', 'b', 3), edge('a', 'c', 5)]);
  });

  test('the voices in the database are limited for the pages that speak of the subject and for no others', async () => {
    const piece = evidenceOn(ground, 'one', { group: 'b' });
    await store.claims.addEvidence([piece]);
    const elsewhere = (await layGround(store, 'other', 'gpt-5.5')).item;
    const own = edge('a', 'b', 3, piece.item);
    await store.voices.addEdges([own, edge('a', 'b', 3, elsewhere), edge('a', 'z', 4)]);
    // The house of the source counts too: its other name may speak of the subject.
    expect(await edgesAt(5)).toEqual([own, edge('a', 'z', 4)]);
  });

  test('the voices in the database are looked up by the marks they share, those that share most first', async () => {
    const pages = await Promise.all(
      ['one', 'two', 'three'].map(async (name) => (await layGround(store, name, SUBJECT)).item),
    );
    const [one, two, three] = pages as [ItemVersionId, ItemVersionId, ItemVersionId];
    const origin = { furniture: ['Home', 'a lone \ud83d half'], byline: 'Ada Quill' };
    await store.voices.keep({
      item: one,
      group: 'a',
      marks: ['by ada quill', 'line 1'],
      origin: {},
    });
    await store.voices.keep({
      item: two,
      group: 'b',
      marks: ['line 1', 'line 2', 'by ada quill'],
      origin,
    });
    await store.voices.keep({ item: three, group: 'c', marks: ['line 2'], origin: {} });
    await store.voices.keep({ item: three, group: 'c', marks: ['line 2'], origin: {} });
    const marks = ['by ada quill', 'line 1', 'line 2', 'line 3'];
    expect(await store.voices.sharing(marks, 'a', 10)).toEqual([
      { item: two, group: 'b', origin },
      { item: three, group: 'c', origin: {} },
    ]);
    expect(await store.voices.sharing(marks, 'a', 1)).toHaveLength(1);
    expect(await store.voices.sharing(['line 3'], 'a', 10)).toEqual([]);
    expect(await store.voices.groups()).toBe(3);
    expect(Object.fromEntries(await store.voices.spread(marks))).toEqual({
      'by ada quill': 2,
      'line 1': 2,
      'line 2': 2,
    });
  });

  test('the voices in the database know the subjects that two groups speak of, by any name of their houses', async () => {
    const other = await layGround(store, 'other', 'gpt-5.5');
    await store.claims.addEvidence([
      evidenceOn(ground, 'one', { group: 'a' }),
      evidenceOn(ground, 'two', { group: 'c' }),
      evidenceOn(other, 'three', { group: 'a' }),
    ]);
    expect(await store.voices.subjectsBetween(['a', 'b'])).toEqual([]);
    await store.voices.addEdges([edge('b', 'c', 1)]);
    expect(await store.voices.subjectsBetween(['a', 'b'])).toEqual([SUBJECT]);
  });
});
