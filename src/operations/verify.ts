import { openPipeline } from '../app/build-pipeline.ts';
import type { AppOptions } from '../app/options.ts';
import { type Verification, verify } from '../maintenance/verify.ts';

/** Proves the database from its bytes up. */
export async function runVerify(options: AppOptions): Promise<Verification> {
  const { context, close } = await openPipeline(options);
  try {
    return await verify(context);
  } finally {
    await close();
  }
}
