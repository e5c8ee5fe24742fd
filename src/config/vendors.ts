import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError, type Fault } from '../domain/errors.ts';
import type { AnyVendor, Vendor } from '../domain/vendor.ts';
import { SNAPSHOT_FORMS } from '../domain/vendor.ts';
import { id, pattern, text } from './catalog-words.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

const product = z.strictObject({
  surface: id,
  names: z.array(text).min(1),
  plans: z.array(text).default([]),
  home: z.array(text).default([]),
});

const ids = z.strictObject({
  roots: z.array(text).default([]),
  short: z.record(text, id).default({}),
  tiers: z.array(text).default([]),
  versions: z.enum(['dots', 'dashes']).default('dots'),
  snapshots: z.array(z.enum(SNAPSHOT_FORMS)).default([]),
  patterns: z.array(pattern).min(1),
  plain: z.array(id).default([]),
  never: z.array(pattern).default([]),
});

/** A part of a path on Reddit (`r/OpenAI`), without its `r/`. */
const forum = z.string().regex(/^\w{2,21}$/, 'the name of a forum, without r/');

const site = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a domain in lower case');

/** One file of `vendors/`. */
const vendorFile = z.strictObject({
  vendor: id,
  name: text,
  aliases: z.array(text).default([]),
  people: z.array(text).default([]),
  sites: z.array(site).default([]),
  watched: z.boolean().default(true),
  products: z.array(product).default([]),
  ids,
  list: z
    .strictObject({ url: z.url(), owners: z.array(text).default([]) })
    .nullable()
    .default(null),
  talk: z.strictObject({ forums: z.array(forum).default([]) }).default({ forums: [] }),
});

const word = z.string().regex(/^[a-z0-9-]+$/, 'a word in lower case');

/** `any-vendor.yaml`. */
const anyVendorFile = z.strictObject({
  makers: z.array(word),
  elsewhere: z.array(z.strictObject({ surface: id, names: z.array(text).min(1) })).default([]),
  lures: z.array(word).default([]),
  internal: z.array(word),
});

export type VendorFile = z.output<typeof vendorFile>;

export interface LoadedVendors {
  vendors: readonly Vendor[];
  anyVendor: AnyVendor | null;
  faults: readonly Fault[];
}

/** The vendors of a catalogue, one file each, named after the vendor; and what holds for all of them. */
export async function loadVendors(folder: string): Promise<LoadedVendors> {
  const names = await vendorFiles(join(folder, 'vendors'));
  const [common, ...files] = await Promise.all([
    readYaml(join(folder, 'any-vendor.yaml'), anyVendorFile),
    ...names.map((name) => readYaml(join(folder, 'vendors', name), vendorFile)),
  ]);
  return {
    vendors: files.flatMap(({ content }) => content ?? []),
    anyVendor: common.content,
    faults: [...common.faults, ...files.flatMap((file, index) => faultsOf(file, names[index]))],
  };
}

async function vendorFiles(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  } catch (cause) {
    const message = 'The folder of vendors cannot be read.';
    const fault = { file: folder, path: '', line: null, message, suggestion: null };
    throw new ConfigError([fault], { cause });
  }
}

function faultsOf(file: YamlFile<VendorFile>, name = ''): readonly Fault[] {
  const { content } = file;
  if (content === null || `${content.vendor}.yaml` === name) return file.faults;
  return [
    ...file.faults,
    {
      file: file.file,
      path: 'vendor',
      line: file.lineOf(['vendor']),
      message: `the file of ${content.vendor} is called ${name}`,
      suggestion: `call it ${content.vendor}.yaml`,
    },
  ];
}
