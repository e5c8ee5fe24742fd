import fc from 'fast-check';
import { expect, it } from 'vitest';

it('the drawing of properties takes its seed from the run, so that a failure can be drawn again', () => {
  const drawn = () => fc.sample(fc.integer(), 5);
  expect(process.env['FIRSTHAND_SEED']).toMatch(/^\d+$/);
  expect(drawn()).toEqual(drawn());
  expect(fc.readConfigureGlobal()?.seed).toBe(Number(process.env['FIRSTHAND_SEED']));
});

it('the drawing of properties says seed and path when a property does not hold', () => {
  const failing = () =>
    fc.assert(
      fc.property(fc.integer(), () => {
        throw new Error('never holds');
      }),
    );
  expect(failing).toThrow(new RegExp(`seed: ${process.env['FIRSTHAND_SEED']}, path: "[\\d:]+"`));
});

it('the drawing of properties draws at least a hundred times', () => {
  let draws = 0;
  fc.assert(
    fc.property(fc.integer(), () => {
      draws += 1;
    }),
  );
  expect(draws).toBeGreaterThanOrEqual(100);
});
