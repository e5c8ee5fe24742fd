import { dirname } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../support/planted-tree.ts';
import { projectFiles, textOf } from '../../support/project-files.ts';

const files = await projectFiles();
const BINARY = /\.(br|db|gif|gz|ico|jpe?g|pdf|png|webp|woff2?)$/;
const texts = new Map(
  await Promise.all(
    files
      .filter((path) => !BINARY.test(path))
      .map(async (path) => [path, await textOf(path)] as const),
  ),
);

/** What a check finds in the texts of some files, each with its file. */
function findings(within: RegExp, find: (text: string) => readonly string[]): readonly string[] {
  const read = [...texts].filter(([path]) => within.test(path));
  return read.flatMap(([path, text]) => find(text).map((found) => `${path}: ${found}`));
}

/** Addresses of package registries and of their mirrors. */
function registryHosts(text: string): readonly string[] {
  return (
    text.match(/https?:\/\/[^\s"'`/]*(registry\.|verdaccio|artifactory|nexus)[^\s"'`/]*\//g) ?? []
  );
}

/** Where checkouts commonly lie: a name like these says nothing about one machine. */
const COMMON_PLACES =
  /^\/((app|builds?|code|data|github|home|mnt|opt|repos?|root|src|srv|tmp|usr|var|workspaces?)\/)*$/;

/** Paths that exist on one machine only: people's home folders, this checkout and the folder it lies in. */
function machinePaths(text: string): readonly string[] {
  const homes = String.raw`/Users/\w|/root/|/home/(?!node\b|pwuser\b|runner\b)\w|C:\\Users\\`;
  const parent = dirname(PROJECT_ROOT).replace(/\/?$/, '/');
  const own = COMMON_PLACES.test(parent) ? [] : [parent.replaceAll(/[.+]/g, '\\$&')];
  const absolute = new RegExp(`(^|[\\s"'\`(=:])(${[homes, ...own].join('|')})`, 'gm');
  return text.match(absolute) ?? [];
}

/** `new Date()` and `Date()` read the clock as `Date.now` does, which lint knows. */
function clockReadings(text: string): readonly string[] {
  const found: string[] = [];
  walk(sourceOf(text), (node) => {
    const isReading =
      (ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0) ||
      ts.isCallExpression(node);
    if (isReading && ts.isIdentifier(node.expression) && node.expression.text === 'Date') {
      found.push(node.getText());
    }
  });
  return found;
}

/** What is left to do, or stands in for something. */
function stubs(text: string): readonly string[] {
  return text.match(/\b(TO[D]O|FIX[M]E|XX[X]|not (yet )?implemente[d])\b/g) ?? [];
}

function sourceOf(text: string): ts.SourceFile {
  return ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true);
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The titles of all tests of a file, each with those of the groups it stands in. */
function testTitles(text: string): readonly string[] {
  const titles: string[] = [];
  collect(sourceOf(text), '');
  return titles;

  function collect(node: ts.Node, group: string): void {
    const kind = ts.isCallExpression(node) ? rootName(node.expression) : '';
    const title = ts.isCallExpression(node) ? titleOf(node) : null;
    const isNamed = title !== null && ['describe', 'it', 'test'].includes(kind);
    if (isNamed && kind !== 'describe') titles.push(group + title);
    const inner = isNamed && kind === 'describe' ? `${group}${title} > ` : group;
    ts.forEachChild(node, (child) => collect(child, inner));
  }
}

/** `it` for `it`, `it.skipIf(…)` and `it.each(…)`. */
function rootName(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression) || ts.isCallExpression(expression)) {
    return rootName(expression.expression);
  }
  return '';
}

function titleOf(call: ts.CallExpression): string | null {
  const [first, ...others] = call.arguments;
  if (first === undefined || others.length === 0) return null;
  return ts.isStringLiteralLike(first) || ts.isTemplateExpression(first) ? first.getText() : null;
}

function titleFaults(text: string): readonly string[] {
  const titles = testTitles(text);
  const twice = titles.filter((title, at) => titles.indexOf(title) !== at);
  const wishes = titles.filter((title) => /(^|> )['"`](should|must|test)\b/.test(title));
  return [...twice.map((title) => `twice ${title}`), ...wishes.map((title) => `wish ${title}`)];
}

const EVERYWHERE = /./;

it('the files of the project are seen', () => {
  expect(files).toContain('package.json');
  expect(files.length).toBeGreaterThan(60);
});

it('the files of the project name no package registry', () => {
  expect(findings(EVERYWHERE, registryHosts)).toEqual([]);
  const planted = ['https:/', 'registry.npmjs.org', 'pino'].join('/');
  expect(registryHosts(`"resolved": "${planted}"`)).toHaveLength(1);
  expect(registryHosts('https://example.org/registry/ and src/deliver/registry.ts')).toEqual([]);
});

it('the files of the project name no path of the machine they were written on', () => {
  expect(findings(EVERYWHERE, machinePaths)).toEqual([]);
  expect(machinePaths(['', 'home', 'jo', 'code'].join('/'))).toHaveLength(1);
  expect(machinePaths(`see "${['', 'root', 'notes.md'].join('/')}"`)).toHaveLength(1);
  expect(machinePaths('/home/node/app, /etc/firsthand, a/root/b and /tmp/x')).toEqual([]);
});

it('the files of the project read the clock in one place', () => {
  const rooms = /^(src\/(?!domain\/clock\.ts)|watchers\/)/;
  expect(findings(rooms, clockReadings)).toEqual([]);
  expect(clockReadings('const a = new Date(); const b = Date();')).toHaveLength(2);
  expect(clockReadings('const a = new Date(0); const b = Date.parse("x");')).toEqual([]);
});

it('the files of the project hold no stubs', () => {
  expect(findings(/^(src|watchers|scripts|test)\//, stubs)).toEqual([]);
  expect(stubs(`// ${['TO', 'DO'].join('')} later`)).toHaveLength(1);
});

it('the files of the project export a default in watchers and configuration files only', () => {
  const elsewhere = /^(src|scripts|test)\/.*\.(ts|mjs)$/;
  const find = (text: string) => text.match(/^export default\b.*/gm) ?? [];
  expect(findings(elsewhere, find)).toEqual([]);
});

it('the names of the tests stand once in their file and say what is, not what should be', () => {
  expect(findings(/^test\/.*\.test\.ts$/, titleFaults)).toEqual([]);
});

it('the names of the tests are compared with the groups they stand in', () => {
  const planted = `
      describe('a', () => { it('adds', () => {}); it.each([1])('adds', () => {}); });
      describe('b', () => { it('adds', () => {}); it.skipIf(true)('should add', () => {}); });`;
  expect(titleFaults(planted)).toEqual([`twice 'a' > 'adds'`, `wish 'b' > 'should add'`]);
});
