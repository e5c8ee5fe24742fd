import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { exitCodeFor, tell } from '../../../src/cli/print-error.ts';
import { asError } from '../../../src/domain/errors.ts';

function faultOf(work: () => unknown): Error {
  try {
    work();
  } catch (thrown) {
    return asError(thrown);
  }
  throw new Error('It did not fail.');
}

it.each([
  ['a file that is not there', () => readFileSync('/no-such-folder/file')],
  ['a folder below a file', () => mkdirSync('/etc/passwd/copies', { recursive: true })],
  ['a folder where a file is wanted', () => writeFileSync('/', '')],
])('%s is for the person to put right, and said with its place', (_what, work) => {
  const fault = faultOf(work);
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  tell(fault, false);
  const said = written.mock.calls.join('');
  written.mockRestore();
  expect(exitCodeFor(fault)).toBe(2);
  expect(said).toMatch(/^\S*\/\S* cannot be used: name another place/);
});

it('what the file system does not say of a place stays ours to mend', () => {
  expect(exitCodeFor(Object.assign(new Error('EIO'), { code: 'EIO', path: '/a' }))).toBe(70);
  expect(exitCodeFor(Object.assign(new Error('gone'), { code: 'ENOENT' }))).toBe(70);
});
