import { expect, it } from 'vitest';
import { engineFlags } from '../../../src/launch/engine.ts';

it('V8 11 is told to wait longer before it compiles for speed', () => {
  expect(engineFlags('11.3.244.8-node.33')).toEqual([
    expect.stringMatching(/^--interrupt-budget=\d+$/),
  ]);
});

it.each(['12.4.254.21-node.33', '13.6.233.17-node.40'])(
  'V8 %s, which does not know the flag and says so on standard error, is left as it is',
  (v8) => {
    expect(engineFlags(v8)).toEqual([]);
  },
);

it('the tests run under the flags that the program sets', () => {
  expect(process.execArgv).toEqual(expect.arrayContaining([...engineFlags()]));
});
