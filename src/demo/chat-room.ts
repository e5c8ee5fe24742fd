import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A chat that takes webhooks the way Slack does, and keeps what was posted. */
export interface ChatRoom {
  webhook: string;
  /** The JSON bodies, the oldest first. */
  posts: readonly string[];
  close(): Promise<void>;
}

export async function openChatRoom(): Promise<ChatRoom> {
  const posts: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      posts.push(Buffer.concat(parts).toString('utf8'));
      response.writeHead(200, { 'content-type': 'text/html' }).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    webhook: `http://127.0.0.1:${port}/services/demo`,
    posts,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
