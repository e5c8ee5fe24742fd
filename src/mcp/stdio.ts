import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { type McpOptions, mcpServer } from './server.ts';

/** Answers MCP on standard input and output until the client ends or `stopped` is aborted. */
export async function mcpOverStdio(options: McpOptions, stopped: AbortSignal): Promise<void> {
  const handle = serveStdio(() => mcpServer(options));
  await new Promise<void>((resolve) => {
    if (stopped.aborted) resolve();
    stopped.addEventListener('abort', () => resolve(), { once: true });
    process.stdin.once('end', () => resolve()).once('close', () => resolve());
  });
  await handle.close();
}
