import { createMcpHandler } from '@modelcontextprotocol/server';
import { type McpOptions, mcpServer } from './server.ts';

/** A question with a hundred model ids is far below it, in bytes. */
const LARGEST_REQUEST = 128 * 1024;

/** Streams that wait for news of the list of tools, which never changes while it runs. */
const MOST_SUBSCRIPTIONS = 32;

/** Answers MCP over streamable HTTP without sessions: clients of the 2026-07-28 revision, and those of 2025. */
export function mcpOverHttp(options: McpOptions): (request: Request) => Promise<Response> {
  const handler = createMcpHandler(() => mcpServer(options), {
    legacy: 'stateless',
    maxRequestBodySize: LARGEST_REQUEST,
    maxSubscriptions: MOST_SUBSCRIPTIONS,
  });
  return (request) => handler.fetch(request);
}
