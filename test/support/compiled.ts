import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Compiles the program and one file of test/support, so that a test can start it as a process of its own; returns
 * where that file came to lie. Types are not checked here.
 */
export function compiled(name: string): string {
  // Below node_modules, so that packages are found from there.
  const out = join(ROOT, `node_modules/.cache/compiled-${process.pid}-${name}`);
  afterAll(() => rmSync(out, { recursive: true, force: true }));
  const program = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join('src', file));
  for (const source of [...program, `test/support/${name}.ts`]) {
    const target = join(out, source.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, transpile(readFileSync(join(ROOT, source), 'utf8')));
  }
  writeFileSync(join(out, 'package.json'), '{ "type": "module" }');
  return join(out, `test/support/${name}.js`);
}

function transpile(text: string): string {
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2023,
    rewriteRelativeImportExtensions: true,
    verbatimModuleSyntax: true,
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}
