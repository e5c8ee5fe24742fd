import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ownTurn } from '../../../src/pipeline/turns.ts';

/** Turns of the event loop so far, counted until they are no longer wanted. */
function countTurns() {
  let [turns, isWanted] = [0, true];
  const count = () => {
    turns += 1;
    if (isWanted) setImmediate(count);
  };
  setImmediate(count);
  return {
    now: () => turns,
    end: () => {
      isWanted = false;
    },
  };
}

it('however many chains of work there are, each of their steps has a turn of the event loop of its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 8 }), async (chains) => {
      const turns = countTurns();
      const begun: number[] = [];
      await Promise.all(
        chains.map(async (steps) => {
          for (let step = 0; step < steps; step += 1) {
            await ownTurn();
            begun.push(turns.now());
            await Promise.resolve();
          }
        }),
      );
      turns.end();
      expect(begun).toHaveLength(chains.reduce((sum, steps) => sum + steps, 0));
      expect(new Set(begun).size).toBe(begun.length);
    }),
  );
});

it('steps begin in the order in which they asked for their turns', async () => {
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      await ownTurn();
      order.push(at);
    }),
  );
  expect(order).toEqual(Array.from({ length: 20 }, (_, at) => at));
});
