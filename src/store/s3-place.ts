import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import pTimeout from 'p-timeout';
import { asError, StoreError } from '../domain/errors.ts';
import { SECOND } from '../domain/time.ts';
import type { BodyPlace, BodyPlaceSettings } from './bodies.ts';

/** How long one object may take with all tries unless told otherwise, and a server be silent within one, in milliseconds. */
const DEADLINE = 60_000;
const SILENCE = 15_000;

/** Tries of one request; the pauses between them grow to seconds. */
const TRIES = 6;

/** Only tells which part of AWS is meant; what speaks S3 elsewhere takes any. */
const USUAL_REGION = 'us-east-1';

export interface S3Settings extends BodyPlaceSettings {
  bucket: string;
  /** What the names of all objects begin with, with its slash; empty for none. */
  prefix: string;
  /** How long one object may take with all tries, in milliseconds. */
  deadline?: number;
}

function outOfReach(address: string, cause: Error): StoreError {
  const message = `${address} cannot be reached or refuses us: check bucket, region, keys and network (${cause.name}: ${cause.message})`;
  return new StoreError('unavailable', message, { cause });
}

interface InTime {
  abortSignal: AbortSignal;
}

export function s3Place(settings: S3Settings): BodyPlace {
  const { bucket, prefix, deadline = DEADLINE } = settings;
  const address = `s3://${bucket}/${prefix}`;
  const client = openClient(settings);
  const object = (name: string) => ({ Bucket: bucket, Key: `${prefix}${name}` });

  /** Faults become ours, with the place and what to do. */
  async function ask<T>(question: (inTime: InTime) => Promise<T>): Promise<T> {
    try {
      const abortSignal = AbortSignal.timeout(deadline);
      const message = `no answer within ${deadline / SECOND} s`;
      // The rest of an answer is no longer under the signal.
      return await pTimeout(question({ abortSignal }), { milliseconds: deadline, message });
    } catch (thrown) {
      throw outOfReach(address, asError(thrown));
    }
  }

  return {
    address,
    put: (name, bytes) =>
      ask(async (inTime) => {
        await client.send(new PutObjectCommand({ ...object(name), Body: bytes }), inTime);
      }),
    get: (name) =>
      ask(async (inTime) => {
        try {
          const { Body } = await client.send(new GetObjectCommand(object(name)), inTime);
          return (await Body?.transformToByteArray()) ?? null;
        } catch (thrown) {
          if (thrown instanceof NoSuchKey) return null;
          throw thrown;
        }
      }),
    remove: (name) =>
      ask(async (inTime) => {
        await client.send(new DeleteObjectCommand(object(name)), inTime);
      }),
    close: () => client.destroy(),
  };
}

function openClient({ endpoint, region }: S3Settings): S3Client {
  const { env } = process;
  // It asks for a newer Node a year ahead, at every start; which one is ours to say.
  env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const isElsewhere = [endpoint, env['AWS_ENDPOINT_URL_S3'], env['AWS_ENDPOINT_URL']].some(Boolean);
  return new S3Client({
    ...(endpoint === undefined ? {} : { endpoint }),
    region: region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? USUAL_REGION,
    // Buckets as names of hosts take a domain that points all of them there.
    forcePathStyle: isElsewhere,
    maxAttempts: TRIES,
    requestHandler: { connectionTimeout: SILENCE, requestTimeout: SILENCE },
    // The body is checked by our own hash; not everything that speaks S3 knows the newer sums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}
