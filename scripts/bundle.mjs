import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Loaded when they are needed, or with files and native code of their own: they stay outside. */
const OUTSIDE = [
  ...['better-sqlite3', 'playwright', 'cheerio', 'undici', 'openai', 'pacote', '@npmcli/config'],
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
  ],
];

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
 * Puts the command line, the thread that reads pages and the watchers into few files: starting then costs the reading of a dozen files instead of
 * hundreds. What they share stays shared, so that an error of one is the same class in the other.
 * @param {string} root
 * @param {string} dist the fresh build, which holds the compiled files already
 */
export async function bundle(root, dist) {
  // Only here: the set-up imports this file before anything is installed.
  const { build } = await import('esbuild');
  const watchers = (await readdir(join(dist, 'watchers'))).filter((file) => file.endsWith('.js'));
  const entries = watchers.map((file) => [
    `watchers/${file.slice(0, -3)}`,
    join(dist, 'watchers', file),
  ]);
  await build({
    entryPoints: Object.fromEntries([
      ...entries,
      ['main', join(dist, 'src/cli/main.js')],
      ['reading-thread', join(dist, 'src/reader/worker.js')],
    ]),
    outdir: join(dist, 'bin'),
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Names stay, so that a stack still says where it was.
    minifyWhitespace: true,
    minifySyntax: true,
    chunkNames: 'chunks/[name]-[hash]',
    banner: { js: REQUIRE },
    external: OUTSIDE,
    plugins: [ENGLISH_ALONE],
    logLevel: 'error',
  });
  await chmod(join(dist, 'bin/main.js'), 0o755);
  const { compileCatalog } = await import(
    pathToFileURL(join(dist, 'src/config/compiled-catalog.js')).href
  );
  const compiled = await compileCatalog(join(root, 'data/catalog'));
  await writeFile(join(dist, 'catalog.json'), JSON.stringify(compiled));
}
