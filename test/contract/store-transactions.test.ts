import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { Bug } from '../../src/domain/errors.ts';
import { idOf, targetId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { checkAt, evidenceOn, layGround, makeTarget, minute } from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

const [news, help] = [makeTarget('news'), makeTarget('help')];

describe.each(STORES)('a transaction in $database', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  test('a transaction in the database writes everything, and gives back what its work made', async () => {
    const made = await store.write(async (tx) => {
      await tx.targets.register([news], minute(0));
      await tx.checks.add(checkAt(news, minute(1)));
      return 'done';
    });
    expect(made).toBe('done');
    expect(await store.checks.list(news.id, 9)).toHaveLength(1);
  });

  test('a transaction in the database writes nothing when its work fails', async () => {
    const fault = new Error('a fault half-way');
    const writing = store.write(async (tx) => {
      await tx.targets.register([news], minute(0));
      throw fault;
    });
    await expect(writing).rejects.toBe(fault);
    expect(await store.targets.list()).toEqual([]);
  });

  test('a transaction in the database reads what it has written before anybody else does', async () => {
    await store.write(async (tx) => {
      await tx.targets.register([news], minute(0));
      expect(await tx.targets.get(news.id)).toMatchObject({ id: news.id });
      expect(await tx.claims.record('gpt-9', minute(1))).toMatchObject({ evidence: [] });
    });
  });

  test('a transaction in the database has parts that can fail alone', async () => {
    await store.write(async (tx) => {
      await tx.targets.register([news], minute(0));
      const part = tx.write(async (inner) => {
        await inner.targets.register([help], minute(0));
        throw new Error('only the part');
      });
      await expect(part).rejects.toThrow('only the part');
      await tx.write((inner) => inner.checks.add(checkAt(news, minute(1))));
    });
    expect((await store.targets.list()).map(({ id }) => id)).toEqual([news.id]);
    expect(await store.checks.list(news.id, 9)).toHaveLength(1);
  });

  test('a transaction in the database writes nothing once a statement failed, even when its work goes on', async () => {
    await store.targets.register([news], minute(0));
    const writing = store.write(async (tx) => {
      await tx.targets.register([help], minute(0));
      const faulty = checkAt(news, 'no moment');
      await tx.checks.add(faulty).catch(() => 'as if nothing had happened');
    });
    await expect(writing).rejects.toThrow(Bug);
    expect(await store.targets.get(help.id)).toBeNull();
    await store.write((tx) => tx.checks.add(checkAt(news, minute(1))));
  });

  test('a transaction in the database refuses the store itself inside its work instead of waiting for ever', async () => {
    const reading = store.write(async (tx) => {
      await tx.targets.register([news], minute(0));
      await store.targets.list();
    });
    await expect(reading).rejects.toThrow(Bug);
    await expect(reading).rejects.toThrow(/only its `tx`/);
    const writing = store.write(() => store.write((tx) => tx.targets.list()));
    await expect(writing).rejects.toThrow(Bug);
    expect(await store.targets.list()).toEqual([]);
  });

  test('a transaction in the database lets what its work started use the store once it is over', async () => {
    let later: Promise<unknown> = Promise.resolve();
    await store.write(async (tx) => {
      await tx.targets.register([news], minute(0));
      later = pause(20).then(() => store.targets.list());
    });
    expect(await later).toHaveLength(1);
  });

  test('a transaction in the database cannot be used, or closed, beyond its end', async () => {
    let leaked: Store | null = null;
    await store.write(async (tx) => {
      leaked = tx;
      await expect(tx.close()).rejects.toThrow(Bug);
    });
    expect(leaked).not.toBeNull();
    const late = leaked as unknown as Store;
    await expect(late.targets.register([news], minute(0))).rejects.toThrow();
    expect(await store.targets.list()).toEqual([]);
  });

  test('a transaction in the database ends before the store is closed, which its own work cannot do', async () => {
    const closing = store.write(() => store.close());
    await expect(closing).rejects.toThrow(Bug);
    const other = await open();
    const writing = other.write(async (tx) => {
      await pause(20);
      return tx.targets.register([news], minute(0));
    });
    await pause(5);
    await other.close();
    expect(await writing).toHaveLength(1);
    await expect(other.targets.list()).rejects.toThrow();
  });

  test('a transaction in the database takes its turn when many write and read at once', async () => {
    await store.targets.register([news], minute(0));
    const count = 40;
    await Promise.all(
      Array.from({ length: count }, (_, n) =>
        store
          .write(async (tx) => {
            const before = (await tx.targets.get(news.id))?.failures ?? 0;
            await tx.targets.lease(news.id, minute(n), minute(n + 1), `${n}`);
            await tx.targets.settle(news.id, `${n}`, { failures: before + 1 });
          })
          .then(() => store.targets.get(news.id)),
      ),
    );
    expect(await store.targets.get(news.id)).toMatchObject({ failures: count });
  });

  test('a transaction in the database holds no evidence whose claim, item or snapshot is not there', async () => {
    const ground = await layGround(store, 'page', 'gpt-image-2');
    const orphans = [
      evidenceOn(ground, 'a', { snapshot: idOf('sn', 'none') }),
      evidenceOn(ground, 'b', { item: idOf('iv', 'none') }),
      evidenceOn(ground, 'c', { target: targetId('none', 'https://example.org') }),
    ];
    for (const orphan of orphans) {
      const writing = store.write(async (tx) => {
        await tx.targets.register([help], minute(0));
        await tx.claims.addEvidence([orphan]);
      });
      await expect(writing).rejects.toThrow(Bug);
    }
    expect(await store.targets.get(help.id)).toBeNull();
    expect(await store.claims.standing(ground.target.id)).toEqual([]);
  });

  test('a transaction in the database refuses a moment that is not written in full, which would sort wrongly', async () => {
    const short = '2026-04-21T13:59:00Z';
    await expect(store.targets.register([news], short)).rejects.toThrow(Bug);
    await expect(store.claims.record('gpt-image-2', short)).rejects.toThrow(Bug);
    await expect(store.checks.latest([news.id], short)).rejects.toThrow(Bug);
    await expect(store.targets.leaseDue(short, minute(1), 'me', 1)).rejects.toThrow(Bug);
  });
});
