import { openPipeline } from '../app/build-pipeline.ts';
import type { AppOptions } from '../app/options.ts';
import { type Verification, type VerifyOptions, verify } from '../maintenance/verify.ts';

/** Proves the database from its bytes up. */
export async function runVerify(
  options: AppOptions,
  how: VerifyOptions = {},
): Promise<Verification> {
  const { context, close } = await openPipeline(options);
  try {
    return await verify(context, how);
  } finally {
    await close();
  }
}
