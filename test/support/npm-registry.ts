import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import type { HttpSite } from './http-site.ts';

/** A package as npm packs it. */
function pack(files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const body = Buffer.from(text);
    const header = new Header({
      path: `package/${path}`,
      type: 'File',
      size: body.length,
      mode: 0o644,
    });
    const block = Buffer.alloc(512);
    header.encode(block, 0);
    return [block, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

export interface Published {
  latest: string;
  versions: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Serve other bytes than the ones the registry vouches for. */
  tampered?: boolean;
}

/** Makes a site answer as a registry that has published these versions. */
export function publishOn(site: HttpSite, name: string, published: Published): void {
  const versions = Object.entries(published.versions).map(([version, files]) => {
    const tarball = pack(files);
    const file = `/tarballs/${version}.tgz`;
    const body = published.tampered ? pack({ ...files, 'evil.d.ts': 'evil' }) : tarball;
    site.answer(file, { type: 'application/octet-stream', body });
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    const dist = { tarball: `${site.origin}${file}`, integrity };
    return [version, { name, version, dist }] as const;
  });
  const packument = {
    name,
    'dist-tags': { latest: published.latest },
    versions: Object.fromEntries(versions),
  };
  site.answer(`/${name}`, { type: 'application/json', body: JSON.stringify(packument) });
}
