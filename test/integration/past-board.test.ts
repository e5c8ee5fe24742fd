import { expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import type { BoardView } from '../../src/read/views.ts';
import { asked } from '../support/command-line.ts';
import { openPassStage } from '../support/vendor-stage.ts';

const CHANGELOG = 'developers.openai.com/api/docs/changelog.md';

it('the board of a moment in the past says of sources what was so then, and nothing that came later', async () => {
  const stage = await openPassStage();
  const ask = <T>(...args: string[]) => asked<T>([...args, '--config', stage.config]);
  const board = (asOf: string) => ask<BoardView>('status', '--as-of', asOf);
  const before = systemClock.now();
  await ask('check');
  const well = systemClock.now();
  stage.site.answer(CHANGELOG, { status: 404, body: 'gone' });
  await ask('check');
  const broken = systemClock.now();
  await ask('check');
  stage.release();
  await ask('check');
  expect(await board(before)).toMatchObject({ addresses: 0, trouble: [] });
  expect(await board(well)).toMatchObject({ addresses: 1, trouble: [] });
  const { addresses, trouble } = await board(broken);
  expect(addresses).toBe(1);
  expect(trouble).toMatchObject([{ health: 'failing', atHost: 1 }]);
  const since = trouble[0]?.since ?? '';
  expect(since > well && since <= broken).toBe(true);
  expect(await ask<BoardView>('status')).toMatchObject({ addresses: 1, trouble: [] });
});
