import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** What V8 made of the program when a command ran, and what that run cost. */
export interface CompiledCode {
  data: Buffer;
  /** In milliseconds of the processor. */
  cost: number;
}

/** One file a command; of those that were not written for longest, the rest goes. */
const KEPT = 8;

/** What stands behind the code, which V8 wants to begin where the memory begins: the cost, and a hash of all before it. */
const COST_BYTES = 8;
const HASH_BYTES = 32;

/**
 * Where compiled code is kept, by the variables that Node itself knows for its own (22 and newer); null for nowhere.
 * Never in a folder that others can write to: what lies there is run.
 */
export function cacheFolder(environment: Readonly<NodeJS.ProcessEnv>): string | null {
  const {
    NODE_DISABLE_COMPILE_CACHE: off,
    NODE_COMPILE_CACHE: said,
    XDG_CACHE_HOME: xdg,
    HOME: home,
  } = environment;
  if (off !== undefined && off !== '' && off !== '0') return null;
  if (said !== undefined && said !== '') return join(said, 'firsthand');
  if (xdg?.startsWith('/')) return join(xdg, 'firsthand');
  return home?.startsWith('/') && home !== '/' ? join(home, '.cache', 'firsthand') : null;
}

/** Null where there is none, or none that can be trusted. */
export function readCode(folder: string, name: string): CompiledCode | null {
  try {
    if (!isOurs(folder)) return null;
    const file = readFileSync(join(folder, name));
    const end = file.length - HASH_BYTES - COST_BYTES;
    // V8 believes what it is given, and a file that a power cut left half written would end the process.
    if (end <= 0 || !hashOf(file.subarray(0, -HASH_BYTES)).equals(file.subarray(-HASH_BYTES)))
      return null;
    return { data: file.subarray(0, end), cost: file.readDoubleLE(end) };
  } catch {
    return null;
  }
}

/** Writes it in one move, and clears away what is too much. A folder that cannot be written to is no fault: it is a cache. */
export function writeCode(folder: string, name: string, { data, cost }: CompiledCode): void {
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOurs(folder)) return;
    const costBytes = Buffer.alloc(COST_BYTES);
    costBytes.writeDoubleLE(cost);
    const file = Buffer.concat([data, costBytes]);
    const fresh = join(folder, `${name}.${process.pid}`);
    writeFileSync(fresh, Buffer.concat([file, hashOf(file)]), { mode: 0o600 });
    renameSync(fresh, join(folder, name));
    for (const old of surplus(folder)) rmSync(old, { force: true });
  } catch {
    // The next run compiles again.
  }
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Whether the folder belongs to who runs the program, and nobody else can write to it. */
function isOurs(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}

function surplus(folder: string): readonly string[] {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const byAge = files
    .map((file) => ({ file, at: statSync(file).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  return byAge.slice(KEPT).map(({ file }) => file);
}
