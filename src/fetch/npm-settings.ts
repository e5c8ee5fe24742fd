import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import Config from '@npmcli/config';

/** What the npm client knows of registries, proxies, certificates, credentials and its cache, as its libraries take it. */
export type NpmSettings = Readonly<Record<string, unknown>>;

interface Definitions {
  definitions: Config.DefinitionsObject;
  shorthands: Record<string, string[]>;
  flatten: (from: object, to: object) => object;
}

/** Reads the npm client's own configuration the way the client does: built in, of the machine, of the user, of the folder, of the environment. */
export async function npmSettings(): Promise<NpmSettings> {
  const require = createRequire(import.meta.url);
  // The library carries these without types.
  const { definitions, shorthands, flatten } =
    require('@npmcli/config/lib/definitions') as Definitions;
  const config = new Config({
    npmPath: npmFolder(),
    definitions,
    shorthands,
    flatten,
    argv: [],
    // A copy: loading writes into the environment it is given.
    env: { ...process.env },
    cwd: process.cwd(),
  });
  await config.load();
  return config.flat;
}

/** Where the client is installed, for the settings built into it. */
function npmFolder(): string {
  const running = process.env['npm_execpath'];
  if (running !== undefined) return dirname(dirname(running));
  return join(dirname(dirname(process.execPath)), 'lib', 'node_modules', 'npm');
}
