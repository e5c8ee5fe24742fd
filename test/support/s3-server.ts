import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll } from 'vitest';
import { OWN_ADDRESS } from '../../scripts/own-address.mjs';
import type { BodyPlaceSettings } from '../../src/store/bodies.ts';
import { lastingFolder } from './store.ts';

const BUCKET = 'pages';
/** The only key that this server knows; it is no secret. */
const KEY = 'S3RVER';
const KEY_NAMES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

/** A server on this machine that speaks S3, with one bucket. */
export interface S3UnderTest {
  /** A place of its own for each test. */
  place(): BodyPlaceSettings;
  /** The files in which the server keeps the objects of a place. */
  filesOf(place: BodyPlaceSettings): readonly string[];
  /** Takes it away, and gives it back where it was. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Starts it for all tests of a file, with the key in the environment where every program looks for it. */
export function s3Server(): S3UnderTest {
  const directory = lastingFolder();
  let server: S3rver | null = null;
  let port = 0;
  let places = 0;
  async function start(): Promise<void> {
    const options = { address: OWN_ADDRESS, silent: true, directory };
    server = new S3rver({ ...options, port, configureBuckets: [{ name: BUCKET, configs: [] }] });
    ({ port } = await server.run());
  }
  async function stop(): Promise<void> {
    await server?.close();
    server = null;
  }
  beforeAll(async () => {
    for (const name of KEY_NAMES) process.env[name] = KEY;
    await start();
  });
  afterAll(async () => {
    for (const name of KEY_NAMES) delete process.env[name];
    await stop();
  });
  return {
    ...{ start, stop },
    place() {
      places += 1;
      const endpoint = `http://${OWN_ADDRESS}:${port}`;
      return { address: `s3://${BUCKET}/of-test-${places}`, endpoint };
    },
    filesOf({ address }) {
      const folder = join(directory, address.slice('s3://'.length));
      if (!existsSync(folder)) return [];
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      return files.filter((file) => file.endsWith('_object')).map((file) => join(folder, file));
    },
  };
}
