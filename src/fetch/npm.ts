import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type Config from '@npmcli/config';
import { asError, FetchError } from '../domain/errors.ts';
import { canonicalJson, sha256Hex } from '../domain/ids.ts';
import { abandonable, calledOff, codeOf, faultOf } from './faults.ts';
import type { FetchContext } from './fetch-context.ts';
import type { Fetcher, FetchOutcome, FetchRequest } from './fetcher.ts';
import type { KeptFiles, PackageFiles, PackageLimits } from './npm-package.ts';
import { outcomeOf } from './outcome.ts';

export interface NpmOptions {
  /** Over the npm client's own settings (`registry`, ...). */
  settings?: NpmSettings;
  files?: readonly KeptFiles[];
  limits?: Partial<PackageLimits>;
}

/** The body of a capture by npm, as canonical JSON. */
export interface PackageBody {
  name: string;
  version: string;
  /** Of the tarball, as the registry states it and the download was checked against. */
  integrity: string | null;
  deprecated: string | null;
  distTags: Readonly<Record<string, string>>;
  /** Every version there is, as the registry orders them. */
  versions: readonly string[];
  files: PackageFiles['files'];
  leftOut: PackageFiles['leftOut'];
}

/** Package address -> name and wanted version or tag: `npm:openai`, `npm:openai@7.12.1`, or a page `/package/openai/v/7.12.1`. */
interface Wanted {
  name: string;
  version: string;
}

/** Reads published packages with the npm client's own library and configuration. */
export function npmFetcher(context: FetchContext, options: NpmOptions = {}): Fetcher {
  let settings: Promise<NpmSettings> | null = null;

  async function read(request: FetchRequest, signal: AbortSignal): Promise<FetchOutcome> {
    const wanted = wantedPackage(request.url);
    settings ??= npmSettings();
    const client = {
      ...(await settings),
      // The client's cache would hide a release for minutes, and a disk that takes no cache would hang the download.
      cache: undefined,
      timeout: context.limits.total,
      retry: { retries: 1, minTimeout: 1000 },
      signal,
      ...options.settings,
    };
    const found = await describe(wanted, client);
    const validator = `"${sha256Hex(canonicalJson(found)).slice(0, 32)}"`;
    if (request.validators?.etag === validator) return { kind: 'not-modified' };
    if (signal.aborted) throw calledOff(request.url, signal);
    const kept = await filesOf(found, client, options);
    return captured(request, { ...found, ...kept }, { etag: validator }, 200);
  }

  function captured(
    request: FetchRequest,
    content: object,
    headers: Record<string, string>,
    status: number,
  ): FetchOutcome {
    return outcomeOf(
      {
        url: request.url,
        finalUrl: request.url,
        redirects: [request.url],
        status,
        headers: { 'content-type': 'application/json', ...headers },
        body: new TextEncoder().encode(canonicalJson(content)),
        fetchedAt: context.clock.now(),
        via: 'npm',
      },
      false,
    );
  }

  return {
    async fetch(request, signal) {
      try {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(context.limits.total)]);
        return await abandonable(read(request, limit), request.url, limit);
      } catch (thrown) {
        const error = asError(thrown);
        const code = codeOf(error);
        if (code === 'E404' || code === 'ETARGET') {
          return captured(request, { missing: request.url, because: code }, {}, 404);
        }
        return { kind: 'failed', error: faultOfNpm(error, code, request.url) };
      }
    },
    close: () => Promise.resolve(),
  };
}

function wantedPackage(address: string): Wanted {
  const url = URL.canParse(address) ? new URL(address) : null;
  const path = decodeURIComponent(url?.pathname ?? '');
  const pattern =
    url?.protocol === 'npm:'
      ? /^(?<name>(?:@[^/@]+\/)?[^/@]+)(?:@(?<version>[^/@]+))?$/
      : /\/package\/(?<name>(?:@[^/@]+\/)?[^/@]+)(?:\/v\/(?<version>[^/@]+))?\/?$/;
  const groups = pattern.exec(path)?.groups;
  const name = groups?.['name'];
  if (name === undefined) {
    const message = `${address} names no package; write npm:NAME or npm:NAME@VERSION.`;
    throw new FetchError('forbidden-address', message);
  }
  return { name, version: groups?.['version'] ?? 'latest' };
}

type Described = Omit<PackageBody, 'files' | 'leftOut'>;

/** What the registry says of a package. Throws an error of code ETARGET when the version is not there. */
async function describe(wanted: Wanted, client: NpmSettings): Promise<Described> {
  const { default: pacote } = await import('pacote');
  const packument = await pacote.packument(wanted.name, client);
  const tags: Record<string, string> = { ...packument['dist-tags'] };
  const version = tags[wanted.version] ?? wanted.version;
  const manifest = packument.versions[version];
  if (manifest === undefined) {
    const message = `There is no version ${wanted.version} of ${wanted.name}.`;
    throw Object.assign(new Error(message), { code: 'ETARGET' });
  }
  return {
    name: packument.name,
    version,
    integrity: manifest.dist.integrity ?? null,
    deprecated: typeof manifest.deprecated === 'string' ? manifest.deprecated : null,
    distTags: tags,
    versions: Object.keys(packument.versions),
  };
}

async function filesOf(
  found: Described,
  client: NpmSettings,
  options: NpmOptions,
): Promise<PackageFiles> {
  const { readPackage, USUAL_FILES, USUAL_PACKAGE_LIMITS } = await import('./npm-package.ts');
  const { default: pacote } = await import('pacote');
  const limits = { ...USUAL_PACKAGE_LIMITS, ...options.limits };
  const integrity = found.integrity === null ? {} : { integrity: found.integrity };
  return pacote.tarball.stream(
    `${found.name}@${found.version}`,
    (tarball) => readPackage(tarball, options.files ?? USUAL_FILES, limits),
    { ...client, ...integrity },
  );
}

function faultOfNpm(error: Error, code: string, url: string): FetchError {
  if (error instanceof FetchError) return error;
  if (code === 'EINTEGRITY') {
    const message = `The download of ${url} does not match the integrity its registry states.`;
    return new FetchError('content', message, { cause: error });
  }
  const status = /^E([45]\d\d)$/.exec(code)?.[1];
  if (status === undefined) return faultOf(error, url);
  return new FetchError('status', `The registry answered ${status} for ${url}.`, {
    cause: error,
    status: Number(status),
    transient: Number(status) >= 500 || status === '429',
  });
}

/** What the npm client knows of registries, proxies, certificates, credentials and its cache, as its libraries take it. */
export type NpmSettings = Readonly<Record<string, unknown>>;

interface Definitions {
  definitions: Config.DefinitionsObject;
  shorthands: Record<string, string[]>;
  flatten: (from: object, to: object) => object;
}

/** Reads the npm client's own configuration the way the client does: built in, of the machine, of the user, of the folder, of the environment. */
async function npmSettings(): Promise<NpmSettings> {
  const require = createRequire(import.meta.url);
  // The library carries these without types.
  const { definitions, shorthands, flatten } =
    require('@npmcli/config/lib/definitions') as Definitions;
  const { default: Client } = await import('@npmcli/config');
  const config = new Client({
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
