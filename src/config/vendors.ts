import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, type Fault } from '../domain/errors.ts';
import type { AnyVendor, Vendor } from '../domain/vendor.ts';
import { anyVendorFile, type VendorFile, vendorFile } from './vendor-schema.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

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
