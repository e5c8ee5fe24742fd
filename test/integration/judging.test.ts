import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import type { Store } from '../../src/store/store.ts';
import { type Exchange, openTestLine, play, replayed } from '../support/open-line.ts';
import { article, MODELS, modelList, OLD_MODELS } from '../support/pages.ts';

let open: OpenPipeline;
beforeEach(async () => {
  open = await openTestLine();
});
afterEach(() => open.close());

/** The line over a store that notes whose record is read to be judged. */
function noting(asked: string[]): OpenPipeline {
  const { store } = open;
  const noted: Store = {
    ...store,
    write: (work) =>
      store.write((tx) => {
        const records: Store['claims']['records'] = (subjects, at) => {
          asked.push(...subjects);
          return tx.claims.records(subjects, at);
        };
        return work({ ...tx, claims: { ...tx.claims, records } });
      }),
  };
  return { ...open, store: noted, context: { ...open.context, store: noted } };
}

const page = (at: string, text: string): Exchange => ({
  ...{ at, url: 'https://blog.example/post', body: article('Notes', [text]) },
});

it('one new piece of evidence has nobody judged again but those it is about', async () => {
  await replayed(open, 'data/recordings/gpt-image-2-launch');
  expect((await open.store.claims.verdicts()).length).toBeGreaterThan(100);
  const asked: string[] = [];
  const context = noting(asked);
  await play(context, [page('2026-05-20T09:00:00.000Z', 'OpenAI has released GPT-5.4.')]);
  expect(asked).toEqual(['gpt-5.4']);
  asked.length = 0;
  await play(context, [page('2026-05-20T10:00:00.000Z', 'It rained all morning in the city.')]);
  expect(asked).toEqual(['gpt-5.4']);
  asked.length = 0;
  await play(context, [page('2026-05-20T11:00:00.000Z', 'It rained all day in the city.')]);
  expect(asked).toEqual([]);
});

it('one new piece of evidence of a list is that of the row that came, not of all the rows', async () => {
  const poll = (at: string, ids: readonly string[]) => ({
    at,
    url: MODELS,
    body: modelList(ids),
  });
  await play(open, [
    poll('2026-04-20T09:00:00.000Z', OLD_MODELS),
    poll('2026-04-20T10:00:00.000Z', OLD_MODELS),
  ]);
  const asked: string[] = [];
  await play(noting(asked), [
    poll('2026-04-20T11:00:00.000Z', [...OLD_MODELS, 'gpt-image-2']),
    poll('2026-04-20T12:00:00.000Z', [...OLD_MODELS, 'gpt-image-2']),
  ]);
  expect([...new Set(asked)]).toEqual(['gpt-image-2']);
});
