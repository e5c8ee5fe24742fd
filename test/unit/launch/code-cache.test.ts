import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder, readCode, writeCode } from '../../../src/launch/code-cache.ts';

let above: string;
let folder: string;
beforeEach(() => {
  above = mkdtempSync(join(tmpdir(), 'firsthand-'));
  folder = join(above, 'cache');
});
afterEach(() => rmSync(above, { recursive: true, force: true }));

const code = { data: Buffer.from('what V8 made of it'), cost: 212.5 };

describe('compiled code that is kept', () => {
  it('compiled code that is kept comes out as it went in', () => {
    writeCode(folder, 'status', code);
    expect(readCode(folder, 'status')).toEqual(code);
    expect(readCode(folder, 'check')).toBeNull();
  });

  it('compiled code that is kept is not run when a byte of it is another, or its end is missing', () => {
    writeCode(folder, 'status', code);
    const file = join(folder, 'status');
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at += 1) {
      const harmed = Buffer.from(whole);
      harmed.writeUInt8(harmed.readUInt8(at) ^ 1, at);
      writeFileSync(file, harmed);
      expect(readCode(folder, 'status')).toBeNull();
      writeFileSync(file, whole.subarray(0, at));
      expect(readCode(folder, 'status')).toBeNull();
    }
  });

  it('compiled code that is kept is neither read nor written where others can write', () => {
    writeCode(folder, 'status', code);
    chmodSync(folder, 0o777);
    expect(readCode(folder, 'status')).toBeNull();
    writeCode(folder, 'check', code);
    expect(readdirSync(folder)).toEqual(['status']);
  });

  it('compiled code that is kept takes a bounded number of files, the latest', () => {
    const names = Array.from({ length: 20 }, (_, n) => `command-${n}`);
    for (const name of names) writeCode(folder, name, code);
    expect(readdirSync(folder)).toHaveLength(8);
    expect(readCode(folder, 'command-19')).toEqual(code);
  });

  it('compiled code that is kept is no fault where nothing can be written', () => {
    writeFileSync(folder, 'a file stands in its place');
    expect(() => writeCode(folder, 'status', code)).not.toThrow();
    expect(readCode(folder, 'status')).toBeNull();
  });
});

describe('the folder of compiled code', () => {
  it.each([
    [{ NODE_DISABLE_COMPILE_CACHE: '1', NODE_COMPILE_CACHE: '/c' }, null],
    [{ NODE_COMPILE_CACHE: '/c', XDG_CACHE_HOME: '/x' }, '/c/firsthand'],
    [{ XDG_CACHE_HOME: '/x' }, '/x/firsthand'],
    [{ XDG_CACHE_HOME: 'x', HOME: '/me' }, '/me/.cache/firsthand'],
    [{ HOME: '/' }, null],
    [{ HOME: '' }, null],
  ])('the folder of compiled code is for %j %j', (environment, expected) => {
    expect(cacheFolder(environment)).toBe(expected);
  });
});
