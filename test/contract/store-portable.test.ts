import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/domain/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { makeAlert, makeDelivery } from '../support/messages.ts';
import { s3Server } from '../support/s3-server.ts';
import { fileStore } from '../support/store.ts';
import {
  checkAt,
  evidenceOn,
  layGround,
  makeCapture,
  makeVersion,
  minute,
} from '../support/store-makers.ts';
import { withBodiesOutside } from '../support/stores.ts';

/** What is hard to carry: bytes, characters that a column cannot hold, nothing at all, many rows of one table. */
async function fill(store: Store): Promise<void> {
  const ground = await layGround(store, 'page', 'gpt-image-2');
  const { id } = await store.snapshots.keep(
    ground.target.id,
    makeCapture(Uint8Array.of(0, 255, 10, 34)),
  );
  const odd = makeVersion(ground.target, id, 'odd');
  const item = { ...odd.item, title: 'NUL \0 and half \ud83d', text: 'two\nlines “quoted”' };
  await store.items.apply({ added: [{ ...odd, item }], ended: [], changes: [] });
  await store.claims.addEvidence([evidenceOn(ground, 'one'), evidenceOn(ground, 'two')]);
  for (let n = 0; n < 40; n++) await store.checks.add(checkAt(ground.target, minute(n)));
  const alert = makeAlert({ at: minute(3) });
  await store.outbox.enqueue(alert, [makeDelivery(alert)]);
}

async function linesOf(store: Store): Promise<{ lines: string[]; rows: number; sha256: string }> {
  const lines: string[] = [];
  const summary = await store.portable.write((line) => void lines.push(line));
  return { lines, ...summary };
}

async function* given(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

describe.each(withBodiesOutside(s3Server()))('the whole of $database', ({ open }) => {
  test('the whole of the database goes into a file and comes back the same, there and back', async () => {
    const source = await open();
    await fill(source);
    const whole = await linesOf(source);
    const { lines, sha256 } = whole;
    const { store: file } = await fileStore();
    expect(await file.portable.read(() => given(lines))).toMatchObject({ sha256 });
    expect(await linesOf(file)).toEqual(whole);
    const target = await open();
    expect(await target.portable.read(() => given(lines))).toMatchObject({ sha256 });
    expect(await linesOf(target)).toEqual(whole);
  });

  test('the whole of the database is taken in only by a database that is empty, and only when it holds', async () => {
    const source = await open();
    await fill(source);
    const { lines, rows } = await linesOf(source);
    await expect(source.portable.read(() => given(lines))).rejects.toThrow(UsageError);
    const target = await open();
    const corrupt = { family: 'store', kind: 'corrupt' };
    for (const faulty of [
      lines.slice(0, -1),
      lines.filter((line) => !line.includes('"cited"') && !line.includes('page')),
      lines.map((line) => line.replace('quoted', 'changed')),
      ['not ours'],
      [],
    ]) {
      await expect(
        target.portable.read(() => given(faulty)),
        `${faulty.length}`,
      ).rejects.toThrow();
    }
    await expect(target.portable.read(() => given(lines.slice(0, -1)))).rejects.toMatchObject(
      corrupt,
    );
    const other = lines.map((line) => line.replace('0001-initial', '0001-other'));
    await expect(target.portable.read(() => given(other))).rejects.toThrow(/another version/);
    expect(await target.targets.list()).toEqual([]);
    expect(await target.portable.read(() => given(lines))).toMatchObject({ rows });
  });
});
