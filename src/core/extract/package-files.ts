import * as z from 'zod';
import { oneLine, tidyLines } from './tidy.ts';

/** A published package as the package fetcher hands it over: what the registry says of it, and the text of its files. */
export const PackageFiles = z.object({
  name: z.string().min(1),
  version: z.string().min(1),
  /** Of the tarball; what makes this version one artefact. */
  integrity: z.string().nullable(),
  versions: z.array(z.string()).catch([]),
  files: z.record(z.string(), z.string()),
});

export type PackageFiles = z.output<typeof PackageFiles>;

/** A model id that the types of a package know, with the types and what their comments say of it. */
export interface TypedId {
  id: string;
  types: readonly string[];
  notes: readonly string[];
}

/** A type whose name says that it lists models, and a property that takes one. */
const ALIAS = /\btype (\w*Models?)\s*=\s*([^;]+);/g;
const PROPERTY = /^[ \t]*(?:readonly )?(model)\??:\s*([^;]+);/gm;
/** `ChatModel: TypeAlias = Literal[…]` in Python. */
const LITERAL = /^(\w*Models?)\s*:\s*TypeAlias\s*=\s*([\s\S]*?\n?\])\s*$/gm;
const QUOTED = /['"]([a-z][\w.:-]*)['"]/g;
const COMMENT = /\/\*\*([\s\S]*?)\*\//g;
/** Comments of TypeScript and Python to their ends; an address (`https://…`) in a text is none. */
const ANY_COMMENT = /\/\*[\s\S]*?\*\/|(?:^|\s)(?:\/\/|#)[^\n]*/gm;
/** Ids that a union takes out again. */
const TAKEN_OUT = /\b(?:Exclude|Omit)<[^<>]*>/g;
/** Types that list what is no model to be called: an id in one is not typed as one. */
const OUTCAST =
  /unsupported|forbidden|disallowed|prohibited|blocked|banned|denied|excluded|invalid|unavailable|unreleased|removed|unknown/i;
/** `- "a", "b": what is said of them`, up to the next of its kind. */
const NOTE = /- ((?:"[^"]+"(?:,\s*)?)+):\s*([\s\S]*?)(?=\s- "|$)/g;

/** Every id in the types of some files, by id. Comments count for what they say of an id, never as its type. */
export function typedIds(files: Readonly<Record<string, string>>): readonly TypedId[] {
  const types = new Map<string, Set<string>>();
  const notes = new Map<string, Set<string>>();
  for (const path of Object.keys(files).sort()) {
    const source = files[path] ?? '';
    for (const [, comment = ''] of source.matchAll(COMMENT)) takeNotes(notes, comment);
    const code = source.replace(ANY_COMMENT, '\n').replace(TAKEN_OUT, '');
    for (const pattern of [ALIAS, PROPERTY, LITERAL]) takeTypes(types, code, pattern);
  }
  return [...types].map(([id, named]) => ({
    id,
    types: [...named].sort(),
    notes: [...(notes.get(id) ?? [])].sort(),
  }));
}

/** Whether a type or schema lists, by its name, what is no model (`UnsupportedModels`). */
export function listsNoModels(name: string): boolean {
  return OUTCAST.test(name);
}

function takeTypes(types: Map<string, Set<string>>, code: string, pattern: RegExp): void {
  for (const [, name = '', union = ''] of code.matchAll(pattern)) {
    if (listsNoModels(name)) continue;
    for (const [, id = ''] of union.matchAll(QUOTED)) {
      types.set(id, (types.get(id) ?? new Set()).add(name));
    }
  }
}

function takeNotes(notes: Map<string, Set<string>>, comment: string): void {
  const text = comment.replace(/^[ \t]*\* ?/gm, '');
  for (const [, ids = '', said = ''] of text.matchAll(NOTE)) {
    // Where to read more is the same for all of them.
    const note = oneLine(said).replace(/ See (https?:\S+|the )[\s\S]*$/, '');
    for (const [, id = ''] of ids.matchAll(/"([^"]+)"/g)) {
      notes.set(id, (notes.get(id) ?? new Set()).add(note));
    }
  }
}

/** What a change log says of one version, with the day in its heading; null when it has no entry of that version. */
export function changesOf(
  changelog: string,
  version: string,
): { day: string | null; text: string } | null {
  const escaped = version.replace(/[.+]/g, '\\$&');
  const heading = new RegExp(`^#{1,3} \\[?v?${escaped}\\]?(?![\\w.-]).*$`, 'm').exec(changelog);
  if (heading === null) return null;
  const behind = changelog.slice(heading.index + heading[0].length);
  const end = /^#{1,2} \[?v?\d/m.exec(behind)?.index ?? behind.length;
  const day = /\((\d{4}-\d{2}-\d{2})\)/.exec(heading[0])?.[1] ?? null;
  return { day, text: tidyLines(behind.slice(0, end)) };
}
