import { openLiveDatabase } from '../app/live-database.ts';
import type { AppOptions } from '../app/options.ts';
import { mcpOverStdio } from '../mcp/server.ts';
import { version } from '../package-root.ts';

/** Answers an assistant on standard input and output until it ends or is stopped. */
export async function runMcp(options: AppOptions, stopped: AbortSignal): Promise<void> {
  const live = await openLiveDatabase(options);
  try {
    await mcpOverStdio({ live, clock: live.clock, version: version() }, stopped);
  } finally {
    await live.close();
  }
}
