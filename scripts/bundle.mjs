import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Loaded when they are needed, or with files and native code of their own: they stay outside. */
const OUTSIDE = [
  ...[
    'better-sqlite3',
    'better-sqlite3-napi',
    'playwright',
    'cheerio',
    'undici',
    'openai',
    'pacote',
    '@npmcli/config',
  ],
  ...[
    'pino',
    'pino-pretty',
    'nodemailer',
    'smtp-server',
    'tar',
    'rss-parser',
    'luxon',
    'prom-client',
    'proxy-from-env',
    '@observablehq/plot',
    'linkedom',
    '@aws-sdk/client-s3',
    '@opentelemetry/*',
    'wink-eng-lite-web-model',
  ],
];

/** These every pass loads: in the program their compiled form is kept with it. */
const IN_PROGRAM = new Set([
  ...['undici', 'pino', 'proxy-from-env', 'cheerio', 'rss-parser', 'nodemailer', 'luxon'],
]);

/** These every thread that reads pages loads: of a library it takes what it uses, in one file. */
const IN_THREAD = new Set(['cheerio', 'rss-parser', 'luxon']);

/** Data of some size that few commands read. */
const OUTSIDE_PROGRAM = ['badge-maker'];

/** Packages in the older module form ask for `require`, which modules do not have. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/** Faults are told in English: the fifty other languages of zod are a quarter of what a start would read. */
const ENGLISH_ALONE = {
  name: 'english-alone',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

/**
 * Of the HTTP client, what a check and a message take: its index loads mocks, caches and sockets of the web, too, and by
 * them the client within Node, which nobody uses. What the client of a model takes is loaded with it.
 */
const HTTP_CLIENT = `const Dispatcher = require('./lib/dispatcher/dispatcher');
Object.assign(Dispatcher.prototype, require('./lib/api'));
module.exports = {
  Agent: require('./lib/dispatcher/agent'),
  ProxyAgent: require('./lib/dispatcher/proxy-agent'),
  EnvHttpProxyAgent: require('./lib/dispatcher/env-http-proxy-agent'),
  errors: require('./lib/core/errors'),
  get fetch() { return require('./lib/web/fetch').fetch; },
  get Response() { return require('./lib/web/fetch/response').Response; },
};`;

const HTTP_CLIENT_ALONE = {
  name: 'http-client-alone',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /undici[\\/]index\.js$/ }, () => ({ contents: HTTP_CLIENT }));
  },
};

/**
 * The watchers that come with the program, by file name: the bundle has its own, so that an error of one is of the same
 * class in the other.
 * @param {string} dist
 * @param {readonly string[]} files
 * @returns {import('esbuild').Plugin}
 */
function ownWatchers(dist, files) {
  const lines = files.map((file) => {
    const path = JSON.stringify(join(dist, 'watchers', file));
    return `${JSON.stringify(file)}: () => import(${path}),`;
  });
  return {
    name: 'own-watchers',
    setup(build) {
      build.onLoad({ filter: /src[\\/]watch[\\/]watcher-module\.js$/ }, () => ({
        contents: `import { basename } from 'node:path';
const own = { ${lines.join('\n')} };
export function importWatcher(path) { return own[basename(path)](); }`,
        resolveDir: dist,
      }));
    },
  };
}

/** A function around the program, as Node puts one around every module of the older form. */
const AROUND = {
  banner: {
    js: "(function(require,__import,__filename,__dirname){const module={exports:{}};const __own=require('node:url').pathToFileURL(__filename).href;",
  },
  footer: { js: '})' },
};

/**
 * Puts the program into few files: starting then costs the reading of one file instead of hundreds. The command line is
 * a single script, whose compiled form its launcher keeps; the thread that reads pages has the parts that it needs.
 * @param {string} root
 * @param {string} dist the fresh build, which holds the compiled files already
 */
export async function bundle(root, dist) {
  // Only here: the set-up imports this file before anything is installed.
  const { build } = await import('esbuild');
  const watchers = (await readdir(join(dist, 'watchers'))).filter((file) => file.endsWith('.js'));
  /** @type {import('esbuild').BuildOptions} */
  const common = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    // Names stay, so that a stack still says where it was.
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'error',
  };
  await build({
    ...common,
    entryPoints: Object.fromEntries([
      ...watchers.map((file) => [`watchers/${file.slice(0, -3)}`, join(dist, 'watchers', file)]),
      ['reading-thread', join(dist, 'src/reader/worker.js')],
    ]),
    outdir: join(dist, 'reading'),
    splitting: true,
    format: 'esm',
    chunkNames: 'chunks/[name]-[hash]',
    banner: { js: REQUIRE },
    external: OUTSIDE.filter((name) => !IN_THREAD.has(name)),
    plugins: [ENGLISH_ALONE],
  });
  const program = await buildProgram(build, common, dist, watchers);
  await build({
    ...common,
    entryPoints: { main: join(dist, 'src/launch/main.js') },
    outdir: join(dist, 'bin'),
    format: 'cjs',
    define: { PROGRAM: JSON.stringify(program) },
  });
  await writeFile(join(dist, 'bin/package.json'), '{ "type": "commonjs" }\n');
  await chmod(join(dist, 'bin/main.js'), 0o755);
  const { compileCatalog } = await import(
    pathToFileURL(join(dist, 'src/config/compiled-catalog.js')).href
  );
  const compiled = await compileCatalog(join(root, 'data/catalog'));
  await writeFile(join(dist, 'catalog.json'), JSON.stringify(compiled));
}

/**
 * @param {typeof import('esbuild').build} build
 * @param {import('esbuild').BuildOptions} common
 * @param {string} dist
 * @param {readonly string[]} watchers
 * @returns {Promise<string>} a hash of the file
 */
async function buildProgram(build, common, dist, watchers) {
  await mkdir(join(dist, 'bin'), { recursive: true });
  const { outputFiles } = await build({
    ...common,
    entryPoints: { program: join(dist, 'src/cli/main.js') },
    outdir: join(dist, 'bin'),
    format: 'cjs',
    write: false,
    legalComments: 'linked',
    define: { 'import.meta.url': '__own' },
    ...AROUND,
    external: OUTSIDE.filter((name) => !IN_PROGRAM.has(name)).concat(OUTSIDE_PROGRAM),
    plugins: [ENGLISH_ALONE, HTTP_CLIENT_ALONE, ownWatchers(dist, watchers)],
  });
  const hash = createHash('sha256');
  for (const { path, text } of outputFiles ?? []) {
    const written = path.endsWith('.js') ? asciiOf(await importedByLauncher(text)) : text;
    await writeFile(path, written);
    hash.update(written);
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * Lets the launcher import what the program imports late: Node does not find its loader again from a script whose compiled
 * form was kept.
 * @param {string} source
 */
async function importedByLauncher(source) {
  const { parse } = await import('acorn');
  /** @type {number[]} */
  const places = [];
  /** @type {unknown[]} */
  const open = [parse(source, { ecmaVersion: 'latest' })];
  while (open.length > 0) {
    const node = /** @type {Record<string, unknown>} */ (open.pop());
    if (node['type'] === 'ImportExpression') places.push(/** @type {number} */ (node['start']));
    for (const part of Object.values(node).flat())
      if (typeof part === 'object' && part !== null && !(part instanceof RegExp)) open.push(part);
  }
  const starts = places.sort((a, b) => a - b);
  return [0, ...starts]
    .map((from, index) => {
      const piece = source.slice(from, starts[index]);
      return index === 0 ? piece : piece.replace(/^import/, '__import');
    })
    .join('');
}

/**
 * V8 takes a source in ASCII as it is. What the bundler leaves of other characters stands in patterns, whether as such or
 * as raw texts, and there an escape means the same; where one is escaped already (`\–`), it takes the place of that.
 * @param {string} source
 */
function asciiOf(source) {
  return source.replaceAll(/\\[\0-\x7f]|\\?([^\0-\x7f])/g, (found, unit) =>
    unit === undefined ? found : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
