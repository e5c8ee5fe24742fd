import { createCipheriv, createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { sha256Hex } from '../domain/ids.ts';
import { cacheFolder, readCode, writeCode } from '../launch/code-cache.ts';
import type { Environment } from './secrets.ts';

/** What YAML files hold, by their text: reading some hundred lines costs as much as starting Node. */
export interface KeptDocuments {
  /** Undefined where it is not known. */
  get(text: string): unknown;
  keep(text: string, document: unknown): void;
}

/** Raised when the same text is read as something else. */
const READING = 1;

/** Beside the compiled code of the program, by the same rules; null where nothing is kept. */
export function keptDocuments(environment: Environment): KeptDocuments | null {
  const cache = cacheFolder(environment);
  if (cache === null) return null;
  const folder = `${cache}/config`;
  return {
    get(text) {
      const kept = readCode(folder, nameOf(text));
      return kept === null ? undefined : JSON.parse(sealed(text, kept.data).toString('utf8'));
    },
    keep(text, document) {
      const json = JSON.stringify(document) ?? '';
      // JSON has no `.inf`: such a document is read anew.
      if (json === '' || !isDeepStrictEqual(JSON.parse(json), document)) return;
      writeCode(folder, nameOf(text), { data: sealed(text, Buffer.from(json)), cost: 0 });
    },
  };
}

/** Seals and opens alike. A secret may stand in a file by mistake: what is kept opens to who has the file itself. */
function sealed(text: string, data: Buffer): Buffer {
  const key = createHash('sha256').update(`sealed\n${text}`).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(data);
}

function nameOf(text: string): string {
  return sha256Hex(`${READING}\n${text}`);
}
