import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../scripts/build.mjs';
import { holdsAll, nodeFault } from '../../../scripts/install.mjs';
import { progressOn } from '../../../scripts/progress.mjs';
import { STEPS, testPlan } from '../../../scripts/test-plan.mjs';
import { plantTree } from '../../support/planted-tree.ts';

it.each([
  ['v20.19.0', '>=20.19'],
  ['v20.20.2', '>=20.19'],
  ['v22.0.0', '>=20.19'],
  ['v20.19.0', '>=20.19.0'],
])('the version of Node: %s does for %s', (version, range) => {
  expect(nodeFault(version, range)).toBeNull();
});

it.each(['v20.18.9', 'v18.20.4', 'v9.99.99'])(
  'the version of Node: %s is told apart with both versions',
  (version) => {
    expect(nodeFault(version, '>=20.19')).toBe(`firsthand needs Node >=20.19; this is ${version}.`);
  },
);

describe('an installed tree', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', optional: true },
    },
  };
  const a = (version: string) => ({ 'node_modules/a/package.json': JSON.stringify({ version }) });
  const b = (version: string) => ({ 'node_modules/b/package.json': JSON.stringify({ version }) });

  it('an installed tree is complete with every package in its version, optional ones aside', async () => {
    expect(await holdsAll(await plantTree(a('1.0.0')), lock)).toBe(true);
    expect(await holdsAll(await plantTree({ ...a('1.0.0'), ...b('2.0.0') }), lock)).toBe(true);
  });

  it('an installed tree is not complete when one is missing or in another version', async () => {
    for (const files of [{}, b('2.0.0'), a('1.0.1'), { ...a('1.0.0'), ...b('1.9.0') }]) {
      expect(await holdsAll(await plantTree(files), lock)).toBe(false);
    }
  });
});

it('the fingerprint of the sources changes with a content, a name and a removed file, and with nothing else', async () => {
  const root = await plantTree({ 'src/a.ts': 'a', 'src/deep/b.ts': 'b', 'notes.md': 'n' });
  const now = () => fingerprint(root, ['src', 'watchers', 'tsconfig.json']);
  const first = await now();
  await writeFile(join(root, 'notes.md'), 'other');
  await writeFile(join(root, 'src/a.ts'), 'a');
  expect(await now()).toBe(first);
  await writeFile(join(root, 'src/a.ts'), 'changed');
  const second = await now();
  await writeFile(join(root, 'tsconfig.json'), '{}');
  const third = await now();
  await rm(join(root, 'src/deep/b.ts'));
  expect(new Set([first, second, third, await now()]).size).toBe(4);
});

it('npm test does everything when nothing is asked', () => {
  expect(testPlan([])).toEqual({ install: true, steps: STEPS, vitest: [] });
});

it('npm test takes the tree as it is with --installed', () => {
  const steps = STEPS.filter((step) => step !== 'browser' && step !== 'postgres');
  expect(testPlan(['--installed'])).toEqual({ install: false, steps, vitest: [] });
});

it('npm test runs some steps with --only, in their own order', () => {
  expect(testPlan(['--only=types,lint'])).toMatchObject({ steps: ['lint', 'types'] });
  expect(testPlan(['--only=lint,all'])).toEqual({
    fault:
      'There is no step all; the steps are lint, types, bounds, dead, build, browser, postgres, tests.',
  });
});

it('npm test runs the tests alone when given something for vitest', () => {
  expect(testPlan(['--project', 'e2e', '-t', 'mail'])).toEqual({
    install: true,
    steps: ['build', 'browser', 'postgres', 'tests'],
    vitest: ['--project', 'e2e', '-t', 'mail'],
  });
});

it.each([
  [['--project', 'unit']],
  [['--project=unit', '--project=golden', 'test/unit/log.test.ts']],
])('npm test needs neither build nor browser for %j', (argv) => {
  expect(testPlan(argv)).toEqual({ install: true, steps: ['tests'], vitest: argv });
});

it('the progress of a step stays in place on a terminal and does not flood a file', () => {
  const say = (isTTY: boolean) => {
    const written: string[] = [];
    const progress = progressOn({ isTTY, write: (text) => written.push(text) });
    progress.status('working (1 s)');
    progress.status('working (2 s)');
    progress.line('Done.');
    return written;
  };
  expect(say(true).join('')).toBe(
    '\r\u001b[Kworking (1 s)\r\u001b[Kworking (2 s)\r\u001b[KDone.\n',
  );
  expect(say(false)).toEqual(['Done.\n']);
});
