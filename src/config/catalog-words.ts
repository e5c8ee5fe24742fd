import { z } from 'zod';

/** The sorts of text the files of the catalogue are made of. */
export const text = z.string().trim().min(1);

export const id = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'an id is lower case, without spaces');

export const day = z.iso.date('a day is written YYYY-MM-DD');

export const pattern = text.refine(isRegExp, 'not a regular expression');

export const hostWithPath = z
  .string()
  .regex(/^[a-z0-9.:-]+(\/\S*[^/\s])?$/, 'a host with the start of a path, in lower case');

export function isRegExp(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
