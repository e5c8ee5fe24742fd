#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { cacheFolder, readCode, writeCode } from './code-cache.ts';
import { engineFlags } from './engine.ts';

/** Which build of the program it is: the build puts a hash of the file here. */
declare const PROGRAM: string;

/** What a run must cost beyond the one that wrote the code, before it is written again: it had more to do. */
const MORE = 1.5;

/** A program that ends so did not do what it was asked for. */
const FAULTS: ReadonlySet<number> = new Set([2, 70, 130]);

/**
 * Runs the command line, which the build puts into one file beside this one. Half of what a command took was compiling:
 * what V8 made of the program in one run is kept for the next run of the same command.
 */
function launch(): void {
  // Before anything is compiled: what is kept of that holds for the flags it was made under.
  for (const flag of engineFlags()) setFlagsFromString(flag);
  const file = join(__dirname, 'program.js');
  // The build writes ASCII alone, which V8 takes as it is.
  const source = readFileSync(file, 'latin1');
  const folder = cacheFolder(process.env);
  const name = folder === null ? '' : nameOf();
  const known = folder === null ? null : readCode(folder, name);
  const script = new Script(source, {
    filename: file,
    ...(known === null ? {} : { cachedData: known.data }),
  });
  if (folder !== null) {
    const before = known === null || script.cachedDataRejected ? 0 : known.cost;
    process.on('exit', (code) => {
      const { user, system } = process.cpuUsage();
      const cost = (user + system) / 1_000;
      if (FAULTS.has(code) || cost < before * MORE) return;
      writeCode(folder, name, { data: script.createCachedData(), cost });
    });
  }
  const program: Program = script.runInThisContext();
  program(require, (path) => import(path), file, __dirname);
}

/** The function that the build puts around the program: with `require` and `import` of this file, which lies beside it. */
type Program = (
  load: NodeJS.Require,
  loadLate: (path: string) => Promise<unknown>,
  path: string,
  folder: string,
) => void;

/** By command, Node and build: what one of them made is of no use to another. */
function nameOf(): string {
  const command = process.argv.slice(2).find((word) => /^[a-z]{1,16}$/.test(word)) ?? 'firsthand';
  return [command, process.version, process.arch, PROGRAM].join('-');
}

launch();
