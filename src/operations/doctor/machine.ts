import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { asError, FetchError } from '../../domain/errors.ts';
import { SECOND } from '../../domain/time.ts';
import { openChromium } from '../../fetch/chromium.ts';
import { type Finding, note, ok, wrong } from './finding.ts';
import { inTime } from './network.ts';

const MEGABYTE = 1024 * 1024;

/** Below this much free room the database soon cannot be written, in bytes. */
const TOO_LITTLE = 200 * MEGABYTE;

/** Below this much one should know. */
const LITTLE = 1024 * MEGABYTE;

/** File systems of other machines, by what `statfs` calls them: SQLite's log needs memory that processes share. */
const REMOTE: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
]);

/** The disks that the database (null where a server keeps it), its copies and the browser write to. */
export async function diskFindings(
  config: Pick<Config, 'retention'>,
  database: string | null,
): Promise<readonly Finding[]> {
  const size = database !== null && existsSync(database) ? statSync(database).size : 0;
  const { backup } = config.retention;
  return [
    ...(database === null ? [] : [await diskFinding('disk', dirname(resolve(database)), size)]),
    ...(backup === undefined ? [] : [await diskFinding('backups', resolve(backup.folder), size)]),
    temporaryFinding(),
  ];
}

async function diskFinding(about: string, folder: string, size: number): Promise<Finding> {
  const place = nearest(folder);
  try {
    if (!statSync(place).isDirectory()) throw new Error('it is a file, and no folder');
    accessSync(place, constants.W_OK);
    const { bavail, bsize, type } = await statfs(place);
    const free = bavail * bsize;
    const remote = REMOTE.get(type);
    const says = `${megabytes(free)} free in ${place}`;
    if (remote !== undefined && about === 'disk') {
      return wrong(
        about,
        `${place} lies on another machine (${remote})`,
        'put the database on a disk of this machine: its log does not work over a network',
      );
    }
    if (free < TOO_LITTLE) return wrong(about, says, 'free some space before the database is full');
    if (free < LITTLE || free < size) {
      return note(about, says, 'a copy of the database needs as much room as the database itself');
    }
    return ok(about, says);
  } catch (thrown) {
    const says = `${place} cannot be written: ${asError(thrown).message}`;
    return wrong(about, says, 'check who owns it, and how its disk is mounted');
  }
}

/** The folder itself, or the nearest above it that is there. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

function temporaryFinding(): Finding {
  const folder = tmpdir();
  try {
    accessSync(folder, constants.W_OK);
    return ok('temporary files', `${folder} can be written`);
  } catch {
    const todo = 'mount some memory there (tmpfs), or set TMPDIR: the browser needs it';
    return note('temporary files', `${folder} cannot be written`, todo);
  }
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / MEGABYTE).toLocaleString('en-US')} MB`;
}

/** How long a browser may take to start, in milliseconds. */
const STARTING = 25 * SECOND;

/** Starts the browser and ends it again. */
export async function browserFinding(): Promise<Finding> {
  const chromium = openChromium();
  try {
    const version = await inTime(STARTING, (signal) =>
      chromium.withContext(
        () => ({}),
        async (context) => context.browser()?.version() ?? '',
        { milliseconds: STARTING, signal },
      ),
    );
    if (version !== null) return ok('browser', `Chromium ${version} starts`);
    return wrong('browser', `it did not start within ${STARTING / SECOND} s`, ENOUGH);
  } catch (thrown) {
    const error = asError(thrown);
    if (error instanceof FetchError && error.kind === 'off') {
      return note('browser', error.message, 'without one, pages that need it count as blocked');
    }
    return wrong('browser', error.message, ENOUGH);
  } finally {
    await inTime(5 * SECOND, () => chromium.close());
  }
}

const ENOUGH = 'it needs some 500 MB of memory, and in a container room in /dev/shm and /tmp';
