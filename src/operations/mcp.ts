import { openLiveDatabase } from '../app/live-database.ts';
import type { AppOptions } from '../app/options.ts';
import { closing } from '../domain/closing.ts';
import { mcpOverStdio } from '../mcp/server.ts';
import { version } from '../package-root.ts';

/** Answers an assistant on standard input and output until it ends or is stopped. */
export async function runMcp(options: AppOptions, stopped: AbortSignal): Promise<void> {
  return closing(await openLiveDatabase(options), async (live) => {
    await mcpOverStdio({ live, clock: live.clock, version: version() }, stopped);
  });
}
