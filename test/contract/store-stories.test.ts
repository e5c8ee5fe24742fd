import { beforeEach, describe, expect, test } from 'vitest';
import { idOf } from '../../src/domain/ids.ts';
import type { Story, StoryEvent } from '../../src/domain/story.ts';
import type { Store } from '../../src/store/store.ts';
import { makeAlert } from '../support/messages.ts';
import { minute } from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

function alertAt(name: string, at: number) {
  return makeAlert({ alert: idOf('al', name), at: minute(at) });
}

function eventAt(at: number, over: Partial<StoryEvent> = {}): StoryEvent {
  return {
    ...{ ref: `tr_${at}`, subject: 'gpt-9', name: 'GPT-9', at: minute(at), weight: 'opens' },
    ...{ rule: null, move: null, change: null, day: null, alert: null, ...over },
  };
}

function storyOf(name: string, events: readonly StoryEvent[], over: Partial<Story> = {}): Story {
  return {
    ...{ id: idOf('st', name), kind: 'launch', vendor: 'openai', family: 'gpt-9', title: name },
    ...{ subjects: ['gpt-9'], thread: name, openedAt: minute(0), updatedAt: minute(0) },
    ...{ dueAt: null, events, ...over },
  };
}

describe.each(STORES)('what people were told of stories in $database', ({ open }) => {
  let store: Store;
  const [opening, growth, other] = [
    alertAt('opening', 1),
    alertAt('growth', 5),
    alertAt('other', 3),
  ];
  const grown = storyOf('grown', [
    eventAt(0, { alert: opening.id }),
    eventAt(4, { alert: growth.id }),
    eventAt(6, { subject: 'gpt-9-mini' }),
  ]);
  const pro = eventAt(2, { subject: 'gpt-9-pro', alert: other.id });
  const second = storyOf('second', [pro], { vendor: 'another', subjects: ['gpt-9-pro'] });
  const quiet = storyOf('quiet', [eventAt(0, { ref: 'tr_quiet', weight: 'notes' })]);

  beforeEach(async () => {
    store = await open();
    for (const alert of [opening, growth, other]) await store.outbox.enqueue(alert, []);
    for (const story of [grown, second, quiet]) await store.stories.put(story);
  });

  const told = async (filter: Partial<Parameters<Store['stories']['toldBy']>[0]> = {}) =>
    (await store.stories.toldBy({ until: minute(9), limit: 9, ...filter })).map(
      ({ id, alerts }) => [id, alerts.map((alert) => alert.id)],
    );

  test('what people were told of stories in the database is listed by when it was told last, with all that told it', async () => {
    expect(await told()).toEqual([
      [grown.id, [growth.id, opening.id]],
      [second.id, [other.id]],
    ]);
    expect(await told({ limit: 1 })).toEqual([[grown.id, [growth.id, opening.id]]]);
  });

  test('what people were told of stories in the database is known for every moment of the past, without what was told later', async () => {
    expect(await told({ until: minute(3) })).toEqual([
      [second.id, [other.id]],
      [grown.id, [opening.id]],
    ]);
    expect(await told({ until: minute(0) })).toEqual([]);
  });

  test('what people were told of stories in the database can be asked for by story, vendor, subject and since when', async () => {
    expect(await told({ id: second.id })).toEqual([[second.id, [other.id]]]);
    expect(await told({ vendor: 'another' })).toEqual([[second.id, [other.id]]]);
    expect(await told({ subject: 'gpt-9-pro' })).toEqual([[second.id, [other.id]]]);
    expect(await told({ subject: 'gpt-9-mini' })).toEqual([]);
    expect((await told({ since: minute(3) })).map(([id]) => id)).toEqual([grown.id]);
  });

  test('what people were told of stories in the database keeps the id of a story that grows', async () => {
    const later = alertAt('later', 7);
    await store.outbox.enqueue(later, []);
    await store.stories.put({ ...second, events: [pro, eventAt(6, { alert: later.id })] });
    expect(await told({ limit: 1 })).toEqual([[second.id, [later.id, other.id]]]);
  });
});
