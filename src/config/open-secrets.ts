import type { Resolved } from './secrets.ts';

export const IS_SECRET = 'is a secret and must not stand in the file';

export const NAME_IT = 'write ${NAME}, in capitals, and set NAME, or NAME_FILE, in the environment';

/** A password before the host, or a key among the questions of an address, that no variable stands for. */
const IN_ADDRESS =
  /:\/\/[^/@\s]*:(?!\$\{)[^/@\s]+@|[?&](?:ssl)?(?:password|api_?key|(?:access_)?token|secret)=(?!\$\{)[^&#\s]/i;

/** Headers that identify somebody, whatever a service calls them. */
const IN_HEADER = /auth|token|secret|cookie|api-?key|password/i;

/** What looks like a variable and is none. */
const NO_VARIABLE = /\$\{(?![A-Z_][A-Z0-9_]*\})/;

/** Secrets written out where no schema expects one, and references that lead nowhere. */
export function openSecrets(value: unknown, path: readonly PropertyKey[] = []): Resolved['faults'] {
  if (typeof value === 'string') return inText(value, path);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    openSecrets(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function inText(text: string, path: readonly PropertyKey[]): Resolved['faults'] {
  if (NO_VARIABLE.test(text)) {
    const suggestion =
      'variables are written ${NAME}, in capitals, and nothing else between the braces';
    return [{ path, message: 'names no variable of the environment', suggestion }];
  }
  const isHeader = path[0] === 'fetch' && path[1] === 'headers' && path.length === 4;
  if (isHeader && IN_HEADER.test(String(path[3])) && !text.includes('${')) {
    return [{ path, message: IS_SECRET, suggestion: NAME_IT }];
  }
  if (!IN_ADDRESS.test(text)) return [];
  return [
    { path, message: 'holds a password, which must not stand in the file', suggestion: NAME_IT },
  ];
}
